package dev.discount.nn;

import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;

/**
 * Encoded rows of a log with what is learnt from them, by column: a whole log, or the window of one
 * that is in memory. The arrays are live.
 *
 * @param rows the encoded fields
 * @param outcomes whether each row was a purchase, 0 or 1
 * @param weights the weight of each row, mean 1 over the rows trained on
 * @param levels the level of each row in the schema's ladder; 0 without a discount column
 * @param depths the depth of each row's level; 0 for named arms
 */
record TrainingData(
    EncodedRows rows, float[] outcomes, float[] weights, int[] levels, float[] depths) {

  /** Makes room for rows. */
  static TrainingData ofCapacity(FeatureEncoder encoder, int capacity) {
    return new TrainingData(
        encoder.newRows(Math.max(1, capacity)),
        new float[capacity],
        new float[capacity],
        new int[capacity],
        new float[capacity]);
  }
}
