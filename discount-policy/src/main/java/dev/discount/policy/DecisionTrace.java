package dev.discount.policy;

/**
 * One decision as it was made: what was known, what was read, which levels were closed by what, and
 * what was drawn. A view of a session that changes with its next decision. Confined to one thread.
 */
public final class DecisionTrace {

  /** The mark of an open level in {@link #closedBy}. */
  public static final int OPEN = DecisionTerms.OPEN;

  /** The mark of a level that the request did not allow. */
  public static final int BY_REQUEST = DecisionTerms.BY_REQUEST;

  /** The mark of a level that was given up because guardrails' state kept changing. */
  public static final int CONTENDED = DecisionTerms.CONTENDED;

  /** The smallest mark; those below {@link #CONTENDED} say what a {@link KillSwitch} stopped. */
  public static final int LAST_MARK = DecisionTerms.STOPPED_LEVEL;

  private final DecisionContext context;
  private final ChoiceRule choice;
  private long allowedLevels;
  private int place;
  private int levelIndex;

  DecisionTrace(DecisionContext context, ChoiceRule choice) {
    this.context = context;
    this.choice = choice;
  }

  void chosen(long newAllowedLevels, int newPlace, int newLevelIndex) {
    this.allowedLevels = newAllowedLevels;
    this.place = newPlace;
    this.levelIndex = newLevelIndex;
  }

  /**
   * Returns the offer, the row, the curve, the values, the open levels and the state that was read.
   */
  public DecisionContext context() {
    return context;
  }

  /** Returns the levels that the request allowed, one bit each, level 0 always set. */
  public long allowedLevels() {
    return allowedLevels;
  }

  /** Returns the decision's place in its batch, part of the draw; 0 outside batches. */
  public int place() {
    return place;
  }

  /** Returns the chosen level's place in the ladder. */
  public int levelIndex() {
    return levelIndex;
  }

  /**
   * Returns what closed a level: the guardrail's place in its order, {@link #OPEN}, {@link
   * #BY_REQUEST} or another mark.
   */
  public int closedBy(int level) {
    return choice.closedBy(level);
  }

  /**
   * Returns the code that a mark stands for, such as {@code request}.
   *
   * @param mark a mark other than {@link #OPEN}, in [{@link #LAST_MARK}, {@link #BY_REQUEST}]
   */
  public static String markCode(int mark) {
    if (mark < LAST_MARK || mark > BY_REQUEST) {
      throw new IllegalArgumentException(
          "mark must be in [" + LAST_MARK + ", " + BY_REQUEST + "], got " + mark);
    }
    return DecisionTerms.markCode(mark);
  }

  /** Returns the probability with which a level was drawn, in [0, 1]. */
  public double chance(int level) {
    return choice.chance(level);
  }
}
