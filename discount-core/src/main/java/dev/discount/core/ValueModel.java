package dev.discount.core;

/**
 * What a purchase is worth: its expected value at each level of a ladder, given that it is made.
 * The second part of a {@link ResponseModel}, for rows of that model's schema. Immutable and
 * thread-safe.
 *
 * <p>Times the purchase probability it is the expected value of an offer: the two-part model of
 * amounts that are mostly 0 [1].
 *
 * <p>[1] N. Duan, W. G. Manning, C. N. Morris and J. P. Newhouse, A Comparison of Alternative
 * Models for the Demand for Medical Care, JBES 1 (1983), 115-126
 */
@FunctionalInterface
public interface ValueModel {

  /**
   * Returns a new scorer for the levels of a ladder, confined to one thread at a time.
   *
   * @param ladder the levels, of a kind this model was trained for
   * @throws IllegalArgumentException if this model cannot score the ladder's levels
   */
  ValueScorer newValueScorer(DiscountLadder ladder);
}
