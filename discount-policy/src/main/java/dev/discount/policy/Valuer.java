package dev.discount.policy;

import dev.discount.core.data.Rows;

/**
 * Computes the terms of a {@link Valuation} for one model and ladder. Confined to one thread at a
 * time; allocates nothing once the largest batch has been seen.
 */
public interface Valuer {

  /**
   * Prepares a batch. Called before the rows are valued one by one.
   *
   * @param rows the rows that were scored, of the model's schema
   */
  default void prepare(Rows rows) {}

  /**
   * Computes the terms of every level of one decision.
   *
   * @param context the offer, the row and the purchase probabilities; what is open is not yet known
   * @param out the terms, shape {@code [ladder.size(), terms]}, row-major
   */
  void termsInto(DecisionContext context, double[] out);
}
