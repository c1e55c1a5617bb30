package dev.discount.policy.budget;

/**
 * The proof of how good a choice is: what it reaches, and what no choice can exceed, both added up
 * over the population after the choice was made. Immutable.
 *
 * @param primalValue the value of the choice, one whole level for each customer
 * @param dualBound what no choice within the limits can exceed, not even one that splits customers
 *     between levels: the Lagrangian at the reported prices
 * @param largestExcess by how much the worst limit is exceeded, in its own unit; 0 if all are kept
 */
public record Certificate(double primalValue, double dualBound, double largestExcess) {

  /*
   * Weak duality: for any prices >= 0, max over all choices of (value - prices * (use - limits)) is
   * at least the value of every choice whose use is within the limits. The maximum falls apart
   * into one per customer. Both numbers are sums in twice double precision of products rounded
   * once, so a gap of some 1e-15 of the sum of the sizes of the terms means nothing.
   */

  /** Returns whether every limit is kept. */
  public boolean feasible() {
    return largestExcess <= 0;
  }

  /** Returns by how much the best choice could be better: at most this, 0 or more. */
  public double gap() {
    return Math.max(0, dualBound - primalValue);
  }

  /** Returns the gap as a share of the dual bound's size, 0 where the gap is 0. */
  public double relativeGap() {
    return gap() == 0 ? 0 : gap() / Math.abs(dualBound);
  }
}
