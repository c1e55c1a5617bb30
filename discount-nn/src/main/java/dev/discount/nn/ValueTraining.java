package dev.discount.nn;

import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.util.Arrays;

/**
 * The purchases of a log with their values standardised, as a {@link ValueNet} is trained on.
 * Immutable.
 *
 * @param log the purchases
 * @param mean the weighted mean value of those to train on, in major units
 * @param deviation their weighted standard deviation, 1 if all are equal
 */
record ValueTraining(MemoryLog log, float mean, float deviation) {

  /**
   * Selects and standardises.
   *
   * @throws IllegalArgumentException if the schema has no value, no row to train on is a purchase
   *     with a value, or a value is negative or infinite
   */
  static ValueTraining of(Rows rows, FeatureEncoder encoder, int[] train, int[] validation) {
    if (rows.schema().slot(Field.Role.VALUE) == Schema.NONE) {
      throw new IllegalArgumentException(
          "rows must have a field of role value to learn values from, got " + rows.schema());
    }
    int[] bought = purchases(rows, train);
    if (bought.length == 0) {
      throw new IllegalArgumentException(
          "train must hold a purchase with a value, got " + train.length + " rows without");
    }
    MemoryLog log = MemoryLog.of(rows, encoder, bought, purchases(rows, validation));
    TrainingData data = log.data();
    double sum = 0;
    double squares = 0;
    for (int row : log.train()) {
      double value = rows.schema().value(rows, row);
      sum += data.weights()[row] * value;
      squares += data.weights()[row] * value * value;
    }
    double mean = sum / log.train().length;
    double variance = Math.max(0, squares / log.train().length - mean * mean);
    float deviation = (float) Math.sqrt(variance);
    ValueTraining training = new ValueTraining(log, (float) mean, deviation > 0 ? deviation : 1);
    training.standardise(rows, log.train());
    training.standardise(rows, log.validation());
    return training;
  }

  private void standardise(Rows rows, int[] selection) {
    for (int row : selection) {
      log.data().outcomes()[row] = (float) ((rows.schema().value(rows, row) - mean) / deviation);
    }
  }

  private static int[] purchases(Rows rows, int[] selection) {
    Schema schema = rows.schema();
    return Arrays.stream(selection)
        .filter(row -> schema.outcome(rows, row) == 1 && hasValue(schema.value(rows, row), row))
        .toArray();
  }

  private static boolean hasValue(double value, int row) {
    if (value < 0 || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "value of row " + row + " must be >= 0 and finite, got " + value);
    }
    return !Double.isNaN(value);
  }
}
