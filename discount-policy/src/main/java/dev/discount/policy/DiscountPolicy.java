package dev.discount.policy;

import dev.discount.core.DiscountLadder;

/**
 * States with which probability each level of a ladder is chosen for one customer and one offer.
 * Immutable and safe for concurrent use.
 *
 * <p>A policy never draws. It fills a probability distribution over the open levels; the engine
 * draws one level from it, so that the reported propensity is the probability of the choice by
 * construction and logged decisions can be re-weighted by its inverse [1].
 *
 * <p>[1] D. G. Horvitz and D. J. Thompson, A Generalization of Sampling Without Replacement from a
 * Finite Universe, JASA 47 (1952), 663-685
 */
public interface DiscountPolicy {

  /**
   * Fills the probability of each level.
   *
   * <p>Closed levels get 0 and the open ones sum to 1. Where two levels are equally good the
   * smallest discount gets the probability. A policy whose wanted level is closed takes {@link
   * DecisionContext#nearestOpen}. Nothing is allocated and the context is not kept.
   *
   * @param context the offer, the open levels and their purchase probabilities
   * @param out the probabilities, shape {@code [ladder.size()]}, all 0 on entry
   */
  void distributeInto(DecisionContext context, double[] out);

  /** Returns a short stable text for logs, such as {@code expected-profit}. */
  String code();

  /**
   * Returns a short text that names this policy's exact settings, for logs: the code where there
   * are none.
   */
  default String version() {
    return code();
  }

  /** Returns one sentence that says why this policy chooses what it chooses. */
  String reason();

  /**
   * Checks that this policy can serve a ladder. An engine calls it before the policy comes into
   * force.
   *
   * @param ladder the levels of the engine
   * @throws IllegalArgumentException if this policy names a level that the ladder does not have
   */
  default void checkLadder(DiscountLadder ladder) {}

  /**
   * Returns what this looks at, so that decisions can say which kinds of fields could have moved
   * them; everything, if it does not say.
   */
  default Inputs inputs() {
    return Inputs.anything();
  }
}
