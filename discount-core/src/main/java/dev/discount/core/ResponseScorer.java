package dev.discount.core;

import dev.discount.core.data.Rows;

/**
 * Scores rows for one {@link ResponseModel} and one {@link DiscountLadder}. Confined to one thread
 * at a time: it owns its scratch memory, and scoring allocates nothing once the largest batch has
 * been seen.
 */
public interface ResponseScorer {

  /** Returns the levels that are scored. */
  DiscountLadder ladder();

  /**
   * Computes the purchase probability of every row at every level.
   *
   * <p>Unknown ids, missing values and numbers that are not finite have a defined encoding; nothing
   * is thrown for them. Where levels are amounts, a row's price gives their depth.
   *
   * @param rows the rows, of the model's schema; not changed
   * @param out the probabilities in [0, 1], shape {@code [rows.size(), ladder.size()]}, row-major
   * @throws IllegalArgumentException if {@code rows} is of another schema or {@code out} too short
   */
  void scoreInto(Rows rows, float[] out);
}
