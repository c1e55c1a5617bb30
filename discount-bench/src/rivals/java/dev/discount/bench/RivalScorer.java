package dev.discount.bench;

import dev.discount.core.data.EncodedRows;

/**
 * A network with our weights in a rival's runtime. Confined to one thread, but for {@link #twin},
 * whose scorer another thread may use at the same time.
 */
interface RivalScorer extends AutoCloseable {

  /**
   * Scores rows; the number of rows is the same in every call of one scorer.
   *
   * @param rows the encoded rows
   * @param out the probabilities, shape {@code [rows.size(), levels]}
   * @throws Exception if the runtime fails
   */
  void scoreInto(EncodedRows rows, float[] out) throws Exception;

  /**
   * Returns a scorer of the same loaded network with buffers of its own.
   *
   * @throws Exception if the runtime fails
   */
  RivalScorer twin() throws Exception;

  @Override
  void close();
}
