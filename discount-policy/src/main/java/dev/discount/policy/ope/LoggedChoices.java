package dev.discount.policy.ope;

import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;

/**
 * What a log says of each decision: the level that was offered, the probability with which it was
 * chosen, and what it earned. Immutable; the arrays are copied.
 */
public final class LoggedChoices {

  private final int levelCount;
  private final int[] levels;
  private final double[] propensities;
  private final double[] rewards;

  private LoggedChoices(int levelCount, int[] levels, double[] propensities, double[] rewards) {
    this.levelCount = levelCount;
    this.levels = levels.clone();
    this.propensities = propensities.clone();
    this.rewards = rewards.clone();
  }

  /**
   * Returns a log.
   *
   * @param levelCount the number of levels of the ladder
   * @param levels the offered level of each row, in [0, levelCount)
   * @param propensities the probability with which it was offered, in (0, 1]
   * @param rewards what the row earned, finite; profit for instance
   * @throws IllegalArgumentException if a value is out of its range or the lengths differ
   */
  public static LoggedChoices of(
      int levelCount, int[] levels, double[] propensities, double[] rewards) {
    if (levels.length == 0) {
      throw new IllegalArgumentException("levels must have length >= 1, got 0");
    }
    checkLength("propensities", propensities.length, levels.length);
    checkLength("rewards", rewards.length, levels.length);
    for (int row = 0; row < levels.length; row++) {
      checkLevel(levels[row], row, levelCount);
      if (!(propensities[row] > 0 && propensities[row] <= 1)) {
        throw new IllegalArgumentException(
            "propensities[" + row + "] must be in (0, 1], got " + propensities[row]);
      }
      if (!Double.isFinite(rewards[row])) {
        throw new IllegalArgumentException(
            "rewards[" + row + "] must be finite, got " + rewards[row]);
      }
    }
    return new LoggedChoices(levelCount, levels, propensities, rewards);
  }

  /**
   * Returns how often each level occurs, the propensities of a log whose levels were drawn at
   * random without regard to the customer.
   *
   * @param levelCount the number of levels of the ladder
   * @param levels the offered levels, each in [0, levelCount); at least one
   * @return the shares, shape {@code [levelCount]}, summing to 1
   */
  public static double[] frequencies(int levelCount, int[] levels) {
    if (levels.length == 0) {
      throw new IllegalArgumentException("levels must have length >= 1, got 0");
    }
    double[] shares = new double[levelCount];
    for (int row = 0; row < levels.length; row++) {
      checkLevel(levels[row], row, levelCount);
      shares[levels[row]]++;
    }
    for (int level = 0; level < levelCount; level++) {
      shares[level] /= levels.length;
    }
    return shares;
  }

  /**
   * Returns the profits of a log's rows, in minor units: net price minus cost where the customer
   * bought, else 0.
   *
   * @param rows rows with level, outcome, price, cost and propensity, as fields or constants
   * @param selection the rows to use, by index
   * @throws IllegalArgumentException if a row lacks one of them
   */
  public static LoggedChoices ofProfits(Rows rows, int[] selection) {
    double[] propensities = new double[selection.length];
    for (int i = 0; i < selection.length; i++) {
      propensities[i] = rows.schema().propensity(rows, selection[i]);
    }
    return ofProfits(rows, selection, levelsOf(rows, selection), propensities);
  }

  /**
   * Returns the profits of a log's rows whose propensities depend on the level alone, in minor
   * units: net price minus cost where the customer bought, else 0.
   *
   * @param rows rows with level, outcome, price and cost, as fields or constants
   * @param selection the rows to use, by index
   * @param propensityByLevel the probability of each level, such as {@link #frequencies} of the
   *     training rows
   * @throws IllegalArgumentException if a row lacks one of them, or its level has no propensity
   */
  public static LoggedChoices ofProfits(Rows rows, int[] selection, double[] propensityByLevel) {
    int[] levels = levelsOf(rows, selection);
    checkLength("propensityByLevel", propensityByLevel.length, rows.schema().ladder().size());
    double[] propensities = new double[selection.length];
    for (int i = 0; i < selection.length; i++) {
      propensities[i] = propensityByLevel[levels[i]];
    }
    return ofProfits(rows, selection, levels, propensities);
  }

  private static LoggedChoices ofProfits(
      Rows rows, int[] selection, int[] levels, double[] propensities) {
    Schema schema = rows.schema();
    double[] profitsMinor = new double[selection.length];
    for (int i = 0; i < selection.length; i++) {
      long priceMinor = schema.priceMinor(rows, selection[i]);
      long costMinor = schema.costMinor(rows, selection[i]);
      if (priceMinor < 0 || costMinor < 0) {
        throw new IllegalArgumentException(
            "price and cost of row " + selection[i] + " must be stated, got a row without");
      }
      long netMinor = schema.ladder().level(levels[i]).netPriceMinor(priceMinor);
      profitsMinor[i] = schema.outcome(rows, selection[i]) * (netMinor - costMinor);
    }
    return of(schema.ladder().size(), levels, propensities, profitsMinor);
  }

  /**
   * Returns the offered level of some rows.
   *
   * @param rows rows with a level
   * @param selection the rows to use, by index
   * @return the levels' places in the schema's ladder, shape {@code [selection.length]}
   * @throws IllegalArgumentException if a row has no level of the ladder
   */
  public static int[] levelsOf(Rows rows, int[] selection) {
    int[] levels = new int[selection.length];
    for (int i = 0; i < selection.length; i++) {
      levels[i] = rows.schema().level(rows, selection[i]);
      if (levels[i] < 0) {
        throw new IllegalArgumentException(
            "level of row " + selection[i] + " must be of the ladder, got none");
      }
    }
    return levels;
  }

  private static void checkLevel(int level, int row, int levelCount) {
    if (level < 0 || level >= levelCount) {
      throw new IllegalArgumentException(
          "levels[" + row + "] must be in [0, " + levelCount + "), got " + level);
    }
  }

  private static void checkLength(String parameter, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          parameter + " must have length " + expected + ", got " + length);
    }
  }

  /** Returns the number of rows. */
  public int size() {
    return levels.length;
  }

  /** Returns the number of levels of the ladder. */
  public int levelCount() {
    return levelCount;
  }

  /** Returns the level a row was offered. */
  public int level(int row) {
    return levels[row];
  }

  /** Returns the probability with which a row's level was chosen. */
  public double propensity(int row) {
    return propensities[row];
  }

  /** Returns what a row earned. */
  public double reward(int row) {
    return rewards[row];
  }

  /** Returns the number of rows of each level, shape {@code [levelCount]}. */
  public int[] rowsPerLevel() {
    int[] rows = new int[levelCount];
    for (int level : levels) {
      rows[level]++;
    }
    return rows;
  }

  /**
   * Returns the levels that occur in at least some rows, one bit each, level 0 the lowest. A policy
   * can be evaluated on these only.
   *
   * @param smallestRows the number of rows, at least 1
   */
  public long supportedLevels(int smallestRows) {
    if (smallestRows < 1) {
      throw new IllegalArgumentException("smallestRows must be >= 1, got " + smallestRows);
    }
    int[] rows = rowsPerLevel();
    long mask = 0;
    for (int level = 0; level < levelCount; level++) {
      mask |= rows[level] >= smallestRows ? 1L << level : 0;
    }
    return mask;
  }
}
