package dev.discount.nn;

/**
 * What a network is trained and validated on, window by window, wherever the rows are kept. Rows
 * are counted by their position among those to train on, or those to validate on, in the order of
 * the log. Confined to one thread.
 */
interface TrainingLog {

  /** Returns what is known of all rows. */
  LogSummary summary();

  /** Returns the columns that row numbers refer to; loading a window may change their content. */
  TrainingData data();

  /**
   * Loads rows to train on.
   *
   * @param blocks the numbers of the blocks to load, rising
   * @param blockRows the rows of every block but the last of the log
   * @return the row numbers in {@link #data}, by position; a new array
   */
  int[] loadTrain(int[] blocks, int blockRows);

  /**
   * Loads rows to validate on.
   *
   * @param from the first position
   * @param count the number of rows
   * @return the row numbers in {@link #data}, by position
   */
  int[] loadValidation(int from, int count);
}
