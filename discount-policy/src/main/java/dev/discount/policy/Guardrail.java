package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Schema;

/**
 * Closes levels that must not be chosen, before a policy chooses. Safe for concurrent use.
 *
 * <p>Guardrails are asked in the order in which an engine was given them; a level closed by two is
 * reported as closed by the first. Level 0 stays open whatever a guardrail says.
 *
 * <p>A guardrail without state is immutable and needs the first three methods alone. One that keeps
 * state (a window, a cap, a ledger) takes part in a decision in three steps:
 *
 * <ol>
 *   <li>{@link #readStateInto} reads what it keeps, once, into numbers that the engine holds;
 *   <li>{@link #closedLevels} closes levels from those numbers, {@link DecisionContext#state}, and
 *       never from what it keeps, so that a decision can be made again from its record;
 *   <li>{@link #commit} takes what the chosen level uses up, unless what it keeps has changed so
 *       that the level would now be closed. If one guardrail refuses, those before it {@linkplain
 *       #giveBack give back}, and the engine reads and chooses again with the same draw.
 * </ol>
 */
public interface Guardrail {

  /**
   * Returns the levels to close, one bit each, level 0 the lowest bit; bit 0 and the bits beyond
   * the ladder are ignored. A pure function of the context. Nothing is allocated and the context is
   * not kept.
   *
   * @param context the offer, the levels with their prices, and the state that was read
   */
  long closedLevels(DecisionContext context);

  /** Returns a short stable text for logs, such as {@code minimum-margin}. */
  String code();

  /**
   * Returns a short text that names this guardrail's exact settings, for logs, so that two that
   * close other levels never share one: the code where there are no settings. The same on every
   * JDK.
   */
  default String version() {
    return code();
  }

  /** Returns one sentence that says why a level is closed. */
  String reason();

  /**
   * Checks that this guardrail fits a ladder.
   *
   * @param ladder the levels of the engine
   * @throws IllegalArgumentException if this guardrail names a level that the ladder does not have
   */
  default void checkLadder(DiscountLadder ladder) {}

  /**
   * Checks that this guardrail finds what it reads in the rows of a model.
   *
   * @param schema the fields of the model's rows
   * @throws IllegalArgumentException if a field is not there or of another kind
   */
  default void checkSchema(Schema schema) {}

  /**
   * Returns the nearest change that would open a level that this guardrail closed.
   *
   * @param context what {@link #closedLevels} was given
   * @param level a level that it closed
   */
  default Opening opening(DecisionContext context, int level) {
    return Opening.BY_OTHER_RULE;
  }

  /**
   * Returns the price that an announced reduction has to be measured against, in minor units, or -1
   * if this guardrail knows none.
   *
   * @param context what {@link #closedLevels} was given
   */
  default long referencePriceMinor(DecisionContext context) {
    return -1;
  }

  /**
   * Returns the level that an earlier decision promised, or -1. If no guardrail has closed it, it
   * is chosen with probability 1 and the policy is not asked; among several promises the first
   * counts.
   *
   * @param context what {@link #closedLevels} was given
   */
  default int promisedLevel(DecisionContext context) {
    return -1;
  }

  /** Returns how many numbers {@link #readStateInto} writes; always the same. */
  default int stateLongs() {
    return 0;
  }

  /**
   * Reads what this guardrail keeps about the customer and the offer. Nothing is allocated and the
   * context is not kept.
   *
   * @param context the offer and the row; its state is not read yet
   * @param out where the numbers go, {@link #stateLongs()} of them
   * @param from the place of the first
   */
  default void readStateInto(DecisionContext context, long[] out, int from) {}

  /**
   * Takes what a level uses up, or changes nothing.
   *
   * @param context what {@link #closedLevels} was given
   * @param level the chosen level, 0 included
   * @return whether it was taken; false if the state has changed so that it must be read again;
   *     where this throws it must have taken nothing, and those before it give back
   */
  default boolean commit(DecisionContext context, int level) {
    return true;
  }

  /**
   * Gives back what {@link #commit} took for this context and level, because a later guardrail
   * refused.
   *
   * @param context what {@link #commit} was given
   * @param level what {@link #commit} was given
   */
  default void giveBack(DecisionContext context, int level) {}

  /**
   * Returns the handle of what {@link #commit} reserved, which the host settles later, or 0.
   *
   * @param context what {@link #commit} was given, with what it {@linkplain DecisionContext#keep
   *     kept}
   */
  default long reservation(DecisionContext context) {
    return 0;
  }

  /**
   * Returns whether {@link #commit} may reserve what the host settles later. An engine has one such
   * guardrail at most, because a decision carries one {@linkplain #reservation handle}.
   */
  default boolean reserves() {
    return false;
  }

  /**
   * Returns what this looks at, so that decisions can say which kinds of fields could have moved
   * them; everything, if it does not say.
   */
  default Inputs inputs() {
    return Inputs.anything();
  }
}
