package dev.discount.policy;

import dev.discount.core.DiscountLadder;

/**
 * Closes levels that must not be chosen, before a policy chooses. Immutable and safe for concurrent
 * use.
 *
 * <p>Guardrails are asked in the order in which an engine was given them; a level closed by two is
 * reported as closed by the first. Level 0 stays open whatever a guardrail says.
 */
public interface Guardrail {

  /**
   * Returns the levels to close, one bit each, level 0 the lowest bit; bit 0 and the bits beyond
   * the ladder are ignored. Nothing is allocated and the context is not kept.
   *
   * @param context the offer and the levels with their prices
   */
  long closedLevels(DecisionContext context);

  /** Returns a short stable text for logs, such as {@code minimum-margin}. */
  String code();

  /** Returns one sentence that says why a level is closed. */
  String reason();

  /**
   * Checks that this guardrail fits a ladder.
   *
   * @param ladder the levels of the engine
   * @throws IllegalArgumentException if this guardrail names a level that the ladder does not have
   */
  default void checkLadder(DiscountLadder ladder) {}
}
