package dev.discount.nn;

import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Rows;
import java.util.Arrays;

/**
 * A log encoded once and kept in memory.
 *
 * @param data all rows of the log
 * @param train the rows to train on
 * @param validation the rows to validate on
 * @param summary what is known of all of them
 */
record MemoryLog(TrainingData data, int[] train, int[] validation, LogSummary summary)
    implements TrainingLog {

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
  static MemoryLog of(Rows rows, FeatureEncoder encoder, int[] train, int[] validation) {
    TrainingData data = TrainingData.ofCapacity(encoder, rows.size());
    encoder.encodeInto(rows, data.rows());
    int[] usableTrain = usable(rows, train, data);
    RowLabels.checkTrainRows(usableTrain.length, train.length);
    int[] usableValidation = usable(rows, validation, data);
    normalise(data.weights(), usableTrain);
    TrainTotals totals = new TrainTotals();
    for (int row : usableTrain) {
      totals.add(data.outcomes()[row], data.weights()[row], data.depths()[row]);
    }
    int skipped = train.length + validation.length - usableTrain.length - usableValidation.length;
    LogSummary summary =
        new LogSummary(
            usableTrain.length,
            usableValidation.length,
            skipped,
            totals,
            DataHash.of(data, usableTrain, usableValidation));
    return new MemoryLog(data, usableTrain, usableValidation, summary);
  }

  /** Reads the labels of selected rows and returns those that have a level. */
  private static int[] usable(Rows rows, int[] selection, TrainingData data) {
    RowLabels labels = new RowLabels(rows.schema());
    int[] usable = new int[selection.length];
    int count = 0;
    for (int row : selection) {
      if (labels.read(rows, row, row)) {
        data.levels()[row] = labels.level();
        data.depths()[row] = labels.depth();
        data.outcomes()[row] = labels.outcome();
        data.weights()[row] = labels.weight();
        usable[count++] = row;
      }
    }
    return Arrays.copyOf(usable, count);
  }

  private static void normalise(float[] weights, int[] train) {
    double sum = 0;
    for (int row : train) {
      sum += weights[row];
    }
    double scale = RowLabels.weightScale(sum, train.length);
    for (int row = 0; row < weights.length; row++) {
      weights[row] = (float) (weights[row] * scale);
    }
  }

  @Override
  public int[] loadTrain(int[] blocks, int blockRows) {
    int[] order = new int[(int) Math.min(train.length, (long) blocks.length * blockRows)];
    int count = 0;
    for (int block : blocks) {
      int from = block * blockRows;
      int rows = Math.min(blockRows, train.length - from);
      System.arraycopy(train, from, order, count, rows);
      count += rows;
    }
    return count == order.length ? order : Arrays.copyOf(order, count);
  }

  @Override
  public int[] loadValidation(int from, int count) {
    return Arrays.copyOfRange(validation, from, from + count);
  }
}
