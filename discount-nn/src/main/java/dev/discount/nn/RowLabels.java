package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;

/**
 * Reads what is learnt from a row: its level, the level's depth, outcome and weight. Holds those of
 * the row last read; confined to one thread.
 */
final class RowLabels {

  private final Schema schema;
  private final DiscountLadder ladder;
  private final boolean discounted;
  private final boolean priced;
  private final boolean weighted;
  private int level;
  private float depth;
  private float outcome;
  private float weight;

  RowLabels(Schema schema) {
    this.schema = schema;
    this.ladder = schema.ladder();
    this.discounted = schema.slot(Field.Role.DISCOUNT) != Schema.NONE;
    this.priced = discounted && LevelInput.needsPrice(ladder);
    this.weighted = schema.slot(Field.Role.WEIGHT) != Schema.NONE;
  }

  /**
   * Reads a row's level, and what else there is if it has one.
   *
   * @param rows holds the row
   * @param row its index
   * @param number its number in the log, for messages
   * @return whether the row has a level, and the price that it needs
   * @throws IllegalArgumentException if it has, and its outcome is not 0 or 1, or its weight is
   *     negative or not finite
   */
  boolean read(Rows rows, int row, int number) {
    readLevel(rows, row);
    if (level < 0) {
      return false;
    }
    double bought = schema.outcome(rows, row);
    if (!(bought == 0 || bought == 1)) {
      throw new IllegalArgumentException(
          "outcome of row " + number + " must be 0 or 1, got " + bought);
    }
    double stated = weighted ? schema.weight(rows, row) : 1;
    if (!(stated >= 0 && stated <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "weight of row " + number + " must be >= 0 and finite, got " + stated);
    }
    outcome = (float) bought;
    weight = (float) stated;
    return true;
  }

  private void readLevel(Rows rows, int row) {
    level = 0;
    depth = 0;
    if (!discounted) {
      return;
    }
    level = schema.level(rows, row);
    long priceMinor = priced ? schema.priceMinor(rows, row) : 0;
    if (priced && level > 0 && priceMinor <= 0) {
      level = Schema.NONE;
    }
    if (level >= 0 && ladder.ordered()) {
      depth = LevelInput.depth(ladder.level(level), priceMinor);
    }
  }

  /** Returns the level. */
  int level() {
    return level;
  }

  /** Returns the level's depth, 0 for named arms. */
  float depth() {
    return depth;
  }

  /** Returns the outcome, 0 or 1. */
  float outcome() {
    return outcome;
  }

  /** Returns the weight as the log states it. */
  float weight() {
    return weight;
  }

  /**
   * Returns what stated weights are multiplied by to have the mean 1.
   *
   * @param sum the sum over the rows to train on
   * @param rows their number
   * @throws IllegalArgumentException if the sum is 0
   */
  static double weightScale(double sum, int rows) {
    if (!(sum > 0)) {
      throw new IllegalArgumentException("weight must be above 0 for a row of train, got none");
    }
    return rows / sum;
  }

  /**
   * Checks that there is a row to train on.
   *
   * @param usable the rows with a level
   * @param skipped those without
   * @throws IllegalArgumentException if there is none
   */
  static void checkTrainRows(int usable, int skipped) {
    if (usable == 0) {
      throw new IllegalArgumentException(
          "train must hold a row with a level, got " + skipped + " rows without");
    }
  }
}
