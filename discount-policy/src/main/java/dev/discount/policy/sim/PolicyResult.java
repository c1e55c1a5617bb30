package dev.discount.policy.sim;

import dev.discount.policy.ope.Estimate;

/**
 * What a policy truly earns from a population of a {@link Shop}, one visit of each customer; sums
 * of probabilities, not of draws. Immutable.
 */
public final class PolicyResult {

  private static final double PER = 1000;

  private final String name;
  private final double[] profitsMinor;
  private final Totals totals;

  /** Sums over the visits. */
  record Totals(
      double depth, double purchases, double revenueMinor, double discountMinor, double order) {

    Totals plus(Totals other) {
      return new Totals(
          depth + other.depth,
          purchases + other.purchases,
          revenueMinor + other.revenueMinor,
          discountMinor + other.discountMinor,
          order + other.order);
    }
  }

  PolicyResult(String name, double[] profitsMinor, Totals totals) {
    this.name = name;
    this.profitsMinor = profitsMinor;
    this.totals = totals;
  }

  /** Returns the policy's name. */
  public String name() {
    return name;
  }

  /** Returns the number of customers. */
  public int customers() {
    return profitsMinor.length;
  }

  /** Returns the profit per customer, in minor units, with its standard error over customers. */
  public Estimate valueMinor() {
    return Estimate.ofMean(profitsMinor);
  }

  /** Returns the mean depth of the offered discounts, in [0, 1]. */
  public double meanDepth() {
    return totals.depth() / customers();
  }

  /** Returns the expected purchases per 1000 customers. */
  public double purchasesPer1000() {
    return PER * totals.purchases() / customers();
  }

  /** Returns the expected sum of prices paid per 1000 customers, in minor units. */
  public double revenuePer1000Minor() {
    return PER * totals.revenueMinor() / customers();
  }

  /** Returns the expected profit per 1000 customers, in minor units. */
  public double profitPer1000Minor() {
    return PER * valueMinor().value();
  }

  /** Returns the expected sum of discounts on purchases per 1000 customers, in minor units. */
  public double discountCostPer1000Minor() {
    return PER * totals.discountMinor() / customers();
  }

  /** Returns the expected profit of whole orders per customer, in units, as {@link Visits} says. */
  public double orderProfit() {
    return totals.order() / customers();
  }

  /**
   * Returns how much more this policy earns per customer than another on the same customers, in
   * minor units, with the standard error of the paired difference.
   *
   * @param other a result over the same visits
   */
  public Estimate minus(PolicyResult other) {
    if (other.customers() != customers()) {
      throw new IllegalArgumentException(
          "other must be over " + customers() + " customers, got " + other.customers());
    }
    double[] differences = new double[profitsMinor.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = profitsMinor[i] - other.profitsMinor[i];
    }
    return Estimate.ofMean(differences);
  }

  /**
   * Returns the share of the oracle's gain over a baseline that this policy reaches: 0 for the
   * baseline, 1 for the oracle, NaN if the oracle gains nothing.
   *
   * @param baseline the best flat level, over the same visits
   * @param oracle the oracle, over the same visits
   */
  public double shareOfGain(PolicyResult baseline, PolicyResult oracle) {
    double gain = oracle.minus(baseline).value();
    return gain > 0 ? minus(baseline).value() / gain : Double.NaN;
  }

  /** Returns the result over this population followed by another. */
  public PolicyResult and(PolicyResult other) {
    double[] both = new double[customers() + other.customers()];
    System.arraycopy(profitsMinor, 0, both, 0, customers());
    System.arraycopy(other.profitsMinor, 0, both, customers(), other.customers());
    return new PolicyResult(name, both, totals.plus(other.totals));
  }
}
