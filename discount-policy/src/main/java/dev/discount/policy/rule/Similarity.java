package dev.discount.policy.rule;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.Inputs;

/**
 * How near the customer of a decision is to its item. Immutable and safe for concurrent use; {@link
 * VectorTable} is one from vectors, a host may bring its own.
 */
@FunctionalInterface
public interface Similarity {

  /**
   * Returns the cosine between the customer's and the item's vector, in [-1, 1], or NaN if one of
   * them is not known. Allocates nothing.
   *
   * @param context the decision, whose row names the customer and the item
   */
  double cosine(DecisionContext context);

  /** Returns what this looks at; everything, if it does not say. */
  default Inputs inputs() {
    return Inputs.anything();
  }
}
