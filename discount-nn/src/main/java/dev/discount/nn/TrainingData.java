package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.util.Arrays;

/**
 * A log encoded once and kept in memory by column. Immutable.
 *
 * @param rows the encoded fields
 * @param outcomes whether each row was a purchase, 0 or 1
 * @param weights the weight of each row, mean 1 over the rows trained on
 * @param levels the level of each row in the schema's ladder; 0 without a discount column
 * @param depths the depth of each row's level; 0 for named arms
 * @param train the rows to train on
 * @param validation the rows to validate on
 * @param skipped the rows of both that were left out
 */
record TrainingData(
    EncodedRows rows,
    float[] outcomes,
    float[] weights,
    int[] levels,
    float[] depths,
    int[] train,
    int[] validation,
    int skipped) {

  /**
   * Encodes a log.
   *
   * @param rows the log
   * @param encoder the encoder, fitted on its training rows
   * @param train the rows to train on
   * @param validation the rows to validate on
   * @throws IllegalArgumentException if an outcome is not 0 or 1, a weight negative or not finite,
   *     or no row has a level
   */
  static TrainingData of(Rows rows, FeatureEncoder encoder, int[] train, int[] validation) {
    EncodedRows encoded = encoder.newRows(Math.max(1, rows.size()));
    encoder.encodeInto(rows, encoded);
    int[] levels = new int[rows.size()];
    float[] depths = new float[rows.size()];
    readLevels(rows, levels, depths);
    int[] usableTrain = usable(train, levels);
    int[] usableValidation = usable(validation, levels);
    if (usableTrain.length == 0) {
      throw new IllegalArgumentException(
          "train must hold a row with a level, got " + train.length + " rows without");
    }
    float[] outcomes = new float[rows.size()];
    float[] weights = new float[rows.size()];
    readOutcomes(rows, usableTrain, outcomes, weights);
    readOutcomes(rows, usableValidation, outcomes, weights);
    normalise(weights, usableTrain);
    int skipped = train.length + validation.length - usableTrain.length - usableValidation.length;
    return new TrainingData(
        encoded, outcomes, weights, levels, depths, usableTrain, usableValidation, skipped);
  }

  private static void readLevels(Rows rows, int[] levels, float[] depths) {
    Schema schema = rows.schema();
    if (schema.slot(Field.Role.DISCOUNT) == Schema.NONE) {
      return;
    }
    DiscountLadder ladder = schema.ladder();
    boolean priced = LevelInput.needsPrice(ladder);
    for (int row = 0; row < levels.length; row++) {
      int level = schema.level(rows, row);
      long priceMinor = priced ? schema.priceMinor(rows, row) : 0;
      if (priced && level > 0 && priceMinor <= 0) {
        level = Schema.NONE;
      }
      levels[row] = level;
      if (level >= 0 && ladder.ordered()) {
        depths[row] = LevelInput.depth(ladder.level(level), priceMinor);
      }
    }
  }

  private static int[] usable(int[] selection, int[] levels) {
    return Arrays.stream(selection).filter(row -> levels[row] >= 0).toArray();
  }

  private static void readOutcomes(Rows rows, int[] selection, float[] outcomes, float[] weights) {
    Schema schema = rows.schema();
    boolean weighted = schema.slot(Field.Role.WEIGHT) != Schema.NONE;
    for (int row : selection) {
      double outcome = schema.outcome(rows, row);
      if (!(outcome == 0 || outcome == 1)) {
        throw new IllegalArgumentException(
            "outcome of row " + row + " must be 0 or 1, got " + outcome);
      }
      double weight = weighted ? schema.weight(rows, row) : 1;
      if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "weight of row " + row + " must be >= 0 and finite, got " + weight);
      }
      outcomes[row] = (float) outcome;
      weights[row] = (float) weight;
    }
  }

  private static void normalise(float[] weights, int[] train) {
    double sum = 0;
    for (int row : train) {
      sum += weights[row];
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("weight must be above 0 for a row of train, got none");
    }
    double scale = train.length / sum;
    for (int row = 0; row < weights.length; row++) {
      weights[row] = (float) (weights[row] * scale);
    }
  }

  /** Returns the SHA-256 of the rows trained and validated on, in hexadecimal. */
  String sha256() {
    return DataHash.of(this);
  }

  /** Returns the weighted share of purchases among the rows trained on, inside (0, 1). */
  double baseRate() {
    double bought = 0.5;
    double all = 1;
    for (int row : train) {
      bought += weights[row] * outcomes[row];
      all += weights[row];
    }
    return bought / all;
  }
}
