package shop.quickstart;

import java.util.stream.IntStream;

/**
 * The levels that a log shows often enough to say anything about: at least {@value #LEAST_ROWS}
 * training rows and as many test rows. Immutable.
 */
final class Support {

  /** The least number of training rows, and of test rows, of a level. */
  static final int LEAST_ROWS = 30;

  private final boolean[] supported;

  private Support(boolean[] supported) {
    this.supported = supported;
  }

  /**
   * Returns the support of a log.
   *
   * @throws UserError if no level has any
   */
  static Support of(LoggedOffers train, LoggedOffers test) {
    int[] trainRows = train.countsByLevel();
    int[] testRows = test.countsByLevel();
    boolean[] supported = new boolean[trainRows.length];
    boolean any = false;
    for (int level = 0; level < supported.length; level++) {
      supported[level] = trainRows[level] >= LEAST_ROWS && testRows[level] >= LEAST_ROWS;
      any |= supported[level];
    }
    if (!any) {
      throw new UserError(
          "the log must show at least one level in "
              + LEAST_ROWS
              + " training and "
              + LEAST_ROWS
              + " test rows, got none");
    }
    return new Support(supported);
  }

  boolean has(int level) {
    return supported[level];
  }

  /** Returns the shallowest supported level. */
  int first() {
    return levels().findFirst().orElseThrow();
  }

  /** Returns the deepest supported level. */
  int last() {
    return levels().reduce((a, b) -> b).orElseThrow();
  }

  /** Returns the supported levels, rising. */
  IntStream levels() {
    return IntStream.range(0, supported.length).filter(level -> supported[level]);
  }

  /** Returns the supported levels, the deepest first. */
  int[] deepestFirst() {
    int[] rising = levels().toArray();
    int[] falling = new int[rising.length];
    for (int i = 0; i < rising.length; i++) {
      falling[i] = rising[rising.length - 1 - i];
    }
    return falling;
  }

  /** Returns the supported levels, one bit each, level 0 the lowest. */
  long mask() {
    return levels().mapToLong(level -> 1L << level).reduce(0, (a, b) -> a | b);
  }
}
