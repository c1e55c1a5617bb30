package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;

/**
 * What is known when a level is chosen: the offer, the row as the model saw it, and for each level
 * its price, its purchase probability and whether it is open. Policies and guardrails read it and
 * do not keep it; the engine reuses it for the next decision. Confined to one thread.
 */
public final class DecisionContext {

  private final DiscountLadder ladder;
  private final double[] purchaseProbabilities;
  private final long[] netPricesMinor;
  private final double[] values;
  private double[] terms;
  private Rows rows;
  private int row;
  private String itemId = "";
  private long listPriceMinor;
  private long unitCostMinor;
  private long decisionId;
  private long timeMillis;
  private String campaign = "";
  private long openLevels;
  private long stoppedLevels;
  private byte stoppedBy = DecisionTerms.OPEN;
  private long[] state = {};
  private int stateFrom;

  DecisionContext(DiscountLadder ladder, Rows rows) {
    this.ladder = ladder;
    this.rows = rows;
    this.purchaseProbabilities = new double[ladder.size()];
    this.netPricesMinor = new long[ladder.size()];
    this.values = new double[ladder.size()];
    this.terms = values;
    this.openLevels = ladder.allLevels();
  }

  /**
   * Returns a context with all levels open and valued by their expected profit, for the unit tests
   * of a policy or guardrail. Its row has the item alone.
   *
   * @param ladder the levels
   * @param offer the item and its price
   * @param purchaseProbabilities the probability of a purchase at each level, each in [0, 1]
   * @throws IllegalArgumentException if there is not one probability in [0, 1] for each level
   */
  public static DecisionContext of(
      DiscountLadder ladder, Offer offer, double... purchaseProbabilities) {
    if (purchaseProbabilities.length != ladder.size()) {
      throw new IllegalArgumentException(
          "purchaseProbabilities must have length "
              + ladder.size()
              + ", got "
              + purchaseProbabilities.length);
    }
    Field item = Field.of("item", Field.Kind.ID, Field.Role.ITEM);
    Rows rows = new Rows(Schema.builder().field(item).build(), 1);
    rows.setText(rows.add(), 0, offer.itemId());
    DecisionContext context = new DecisionContext(ladder, rows);
    context.offer(offer.itemId(), offer.listPriceMinor(), offer.unitCostMinor());
    for (int level = 0; level < purchaseProbabilities.length; level++) {
      double p = purchaseProbabilities[level];
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "purchaseProbabilities[" + level + "] must be in [0, 1], got " + p);
      }
      context.purchaseProbabilities[level] = p;
    }
    ProfitAlone.INSTANCE.termsInto(context, context.values);
    return context;
  }

  /**
   * Returns this context with other values, for unit tests; each is its level's only term.
   *
   * @param newValues the value of each level, each finite
   */
  public DecisionContext withValues(double... newValues) {
    if (newValues.length != values.length) {
      throw new IllegalArgumentException(
          "newValues must have length " + values.length + ", got " + newValues.length);
    }
    for (int level = 0; level < newValues.length; level++) {
      if (!Double.isFinite(newValues[level])) {
        throw new IllegalArgumentException(
            "newValues[" + level + "] must be finite, got " + newValues[level]);
      }
    }
    DecisionContext copy = withOpenLevels(openLevels);
    System.arraycopy(newValues, 0, copy.values, 0, newValues.length);
    copy.terms = copy.values;
    return copy;
  }

  /**
   * Returns this context's offer and probabilities with other open levels, for unit tests.
   *
   * @param newOpenLevels one bit for each open level, at least one of the ladder
   */
  public DecisionContext withOpenLevels(long newOpenLevels) {
    if ((newOpenLevels & ladder.allLevels()) == 0) {
      throw new IllegalArgumentException(
          "newOpenLevels must have a level of the ladder, got " + newOpenLevels);
    }
    DecisionContext copy = new DecisionContext(ladder, rows);
    copy.at(rows, row);
    copy.offer(itemId, listPriceMinor, unitCostMinor);
    copy.decision(decisionId, timeMillis, campaign);
    System.arraycopy(
        purchaseProbabilities, 0, copy.purchaseProbabilities, 0, purchaseProbabilities.length);
    System.arraycopy(values, 0, copy.values, 0, values.length);
    copy.terms = terms.length == values.length ? copy.values : terms.clone();
    copy.state = state.clone();
    copy.openLevels = newOpenLevels & ladder.allLevels();
    return copy;
  }

  /** Returns the values to fill, shape {@code [ladder.size()]}. */
  double[] values() {
    return values;
  }

  /** Returns the terms to fill, shape {@code [ladder.size(), count]}. */
  double[] termsFor(int count) {
    if (terms.length != values.length * count) {
      terms = count == 1 ? values : new double[values.length * count];
    }
    return terms;
  }

  /**
   * Returns this context at another time and with the numbers that one guardrail has read, for its
   * unit tests.
   *
   * @param newTimeMillis the time in milliseconds since 1970
   * @param newState the numbers, as the guardrail's {@link Guardrail#readStateInto} writes them
   */
  public DecisionContext withState(long newTimeMillis, long... newState) {
    DecisionContext copy = withOpenLevels(openLevels);
    copy.timeMillis = newTimeMillis;
    copy.state = newState.clone();
    return copy;
  }

  /**
   * Returns this context with another row, for unit tests.
   *
   * @param newRows rows that hold what the model saw
   * @param newRow the row's index
   */
  public DecisionContext withRow(Rows newRows, int newRow) {
    DecisionContext copy = withOpenLevels(openLevels);
    copy.at(newRows, newRow);
    return copy;
  }

  /** Returns the array for the numbers that all guardrails read. */
  long[] stateFor(int longs) {
    if (state.length != longs) {
      state = new long[longs];
    }
    return state;
  }

  /** Says where the numbers of the guardrail begin that is asked next. */
  void stateFrom(int newStateFrom) {
    stateFrom = newStateFrom;
  }

  void at(Rows newRows, int newRow) {
    this.rows = newRows;
    this.row = newRow;
  }

  void decision(long newDecisionId, long newTimeMillis, String newCampaign) {
    this.decisionId = newDecisionId;
    this.campaign = newCampaign;
    this.timeMillis = newTimeMillis;
  }

  void offer(String newItemId, long newListPriceMinor, long newUnitCostMinor) {
    this.itemId = newItemId;
    this.listPriceMinor = newListPriceMinor;
    this.unitCostMinor = newUnitCostMinor;
    for (int level = 0; level < netPricesMinor.length; level++) {
      netPricesMinor[level] = ladder.level(level).netPriceMinor(newListPriceMinor);
    }
  }

  /** Puts in what a kill switch stops: levels, and the mark of why. */
  void stopped(long levels, byte mark) {
    this.stoppedLevels = levels;
    this.stoppedBy = mark;
  }

  long stoppedLevels() {
    return stoppedLevels;
  }

  byte stoppedBy() {
    return stoppedBy;
  }

  void openLevels(long newOpenLevels) {
    this.openLevels = newOpenLevels;
  }

  void purchaseProbability(int level, double probability) {
    purchaseProbabilities[level] = probability;
  }

  /** Copies the purchase probabilities to a place of an array. */
  void copyInto(double[] out, int from) {
    System.arraycopy(purchaseProbabilities, 0, out, from, purchaseProbabilities.length);
  }

  /** Returns the levels. */
  public DiscountLadder ladder() {
    return ladder;
  }

  /** Returns the open levels, one bit each, level 0 the lowest. */
  public long openLevels() {
    return openLevels;
  }

  /** Returns whether a level may be chosen. */
  public boolean isOpen(int level) {
    return (openLevels >>> level & 1) != 0;
  }

  /** Returns the probability of a purchase at a level, in [0, 1]. */
  public double purchaseProbability(int level) {
    return purchaseProbabilities[level];
  }

  /** Returns the price to pay at a level, in minor units. */
  public long netPriceMinor(int level) {
    return netPricesMinor[level];
  }

  /** Returns the expected profit of a level: purchase probability times (net price - cost). */
  public double expectedProfitMinor(int level) {
    return purchaseProbabilities[level] * (netPricesMinor[level] - unitCostMinor);
  }

  /**
   * Returns what a level is worth to the engine's {@link Valuation}, in its unit: the expected
   * profit in minor units where none is stated.
   */
  public double value(int level) {
    return values[level];
  }

  /**
   * Returns what one term contributes to a level's value.
   *
   * @param level the level
   * @param term the term's place in {@link Valuation#terms()}
   */
  public double term(int level, int term) {
    return terms[level * (terms.length / values.length) + term];
  }

  /** Copies all terms, shape {@code [ladder.size(), terms]}, to a place of an array. */
  void copyTermsInto(double[] out, int from) {
    System.arraycopy(terms, 0, out, from, terms.length);
  }

  /** Returns the list price in minor units. */
  public long listPriceMinor() {
    return listPriceMinor;
  }

  /** Returns the cost of one unit in minor units. */
  public long unitCostMinor() {
    return unitCostMinor;
  }

  /** Returns the item's id as text, empty if the schema has no item and none was given. */
  public String itemId() {
    return itemId;
  }

  /** Returns the id of the decision. */
  public long decisionId() {
    return decisionId;
  }

  /** Returns the time of the decision in milliseconds since 1970, as the host stated it. */
  public long timeMillis() {
    return timeMillis;
  }

  /**
   * Returns a number that the guardrail which is being asked has read.
   *
   * @param index its place among the guardrail's own numbers
   */
  public long state(int index) {
    return state[stateFrom + index];
  }

  /**
   * Puts a number in the place of one that the guardrail which commits has read, so that the log
   * has it: what it took, for {@link Guardrail#giveBack} and {@link Guardrail#reservation}.
   *
   * @param index its place among the guardrail's own numbers, one that closes no level
   * @param value the number
   */
  public void keep(int index, long value) {
    state[stateFrom + index] = value;
  }

  /** Returns how many numbers all guardrails have read. */
  public int stateLongs() {
    return state.length;
  }

  /**
   * Copies the numbers that all guardrails have read, in the order of the guardrails.
   *
   * @param out where the numbers go, {@link #stateLongs()} of them
   * @param from the place of the first
   */
  public void copyStateInto(long[] out, int from) {
    System.arraycopy(state, 0, out, from, state.length);
  }

  /** Puts recorded numbers in the place of those that guardrails would read. */
  void restoreState(long[] recorded, int from, int longs) {
    System.arraycopy(recorded, from, stateFor(longs), 0, longs);
  }

  /** Returns the campaign the decision belongs to, empty if it has none. */
  public String campaign() {
    return campaign;
  }

  /** Returns the rows that hold what the model saw, of the model's schema; not to be changed. */
  public Rows rows() {
    return rows;
  }

  /** Returns the index of this decision's row in {@link #rows()}. */
  public int row() {
    return row;
  }

  /**
   * Returns the level to take where a certain one is wanted: itself if open, else the nearest open
   * level before it in the ladder, else the nearest after it. On a ladder of named arms, which have
   * no order, level 0 takes the place of the nearest before.
   *
   * @param level the wanted level's index
   */
  public int nearestOpen(int level) {
    if (isOpen(level)) {
      return level;
    }
    long before = openLevels & ((1L << level) - 1);
    if (before == 0) {
      return Long.numberOfTrailingZeros(openLevels);
    }
    if (!ladder.ordered() && isOpen(0)) {
      return 0;
    }
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(before);
  }
}
