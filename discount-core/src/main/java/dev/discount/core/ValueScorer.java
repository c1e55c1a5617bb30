package dev.discount.core;

import dev.discount.core.data.Rows;

/**
 * Predicts for one {@link ValueModel} and one {@link DiscountLadder} what purchases are worth.
 * Confined to one thread at a time; allocates nothing once the largest batch has been seen.
 */
@FunctionalInterface
public interface ValueScorer {

  /**
   * Computes the expected value of a purchase, given that it is made, for every row and level.
   *
   * @param rows the rows, of the model's schema; not changed
   * @param out the values in major units, 0 or more, shape {@code [rows.size(), levels]}, row-major
   * @throws IllegalArgumentException if {@code rows} is of another schema or {@code out} too short
   */
  void scoreInto(Rows rows, float[] out);
}
