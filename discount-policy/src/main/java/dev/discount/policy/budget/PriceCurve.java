package dev.discount.policy.budget;

import java.util.Arrays;

/**
 * What some customers would cost at every price of money, each taking the level of the largest
 * {@code value - price * cost}: a falling function of the price, and its inverse, the shadow price
 * of a budget. A forecast of a {@link DemandForecast}, or what a {@link DemandMeter} has seen;
 * curves are subtracted, added and scaled. Immutable and safe for concurrent use.
 *
 * <p>Kept on a grid of 4096 prices from 2^-32 to 2^32, less than 1.6 % apart, and straight in
 * between. A query takes some microseconds.
 */
public final class PriceCurve {

  /*
   * With a forecast F of all customers and the curve A of those who have come, F - A is the demand
   * of those still to come, whatever the order in which they come: sorted, trending or random. The
   * price at which F - A spends what is left of the budget is the shadow price of the problem that
   * remains; choosing by it and solving again is the re-solving policy, whose regret is bounded [1]
   * or logarithmic [2] where arrivals are random. Without a forecast no online choice is better
   * than 1 / (1 + ln(U / L)) of the best in the worst order, U / L being the range of returns [3],
   * and multipliers that learn from arrivals alone reach a fixed fraction [4].
   *
   * [1] G. Li, Z. Wang and J. Zhang, Infrequent Resolving Algorithm for Online Linear Programming,
   *     arXiv 2408.00465 (2024)
   * [2] X. Li and Y. Ye, Online Linear Programming: Dual Convergence, New Algorithms, and Regret
   *     Bounds, Operations Research 70 (2022)
   * [3] Y. Zhou, D. Chakrabarty and R. Lukose, Budget Constrained Bidding in Keyword Auctions and
   *     Online Knapsack Problems, WINE 2008
   * [4] S. Balseiro, H. Lu and V. Mirrokni, The Best of Many Worlds: Dual Mirror Descent for Online
   *     Allocation Problems, Operations Research 71 (2023)
   */

  private final double customers;
  private final double leastCost;

  /** The cost of the steps whose slope is in each cell, shape {@code [PriceGrid.CELLS]}. */
  private final double[] costs;

  /** Takes the numbers; the array is kept. */
  PriceCurve(double customers, double leastCost, double[] costs) {
    this.customers = customers;
    this.leastCost = leastCost;
    this.costs = costs;
  }

  /** Returns the curve of nobody. */
  public static PriceCurve empty() {
    return new PriceCurve(0, 0, new double[PriceGrid.CELLS]);
  }

  /** Returns the number of customers, which a factor may have made a fraction. */
  public double customers() {
    return customers;
  }

  /**
   * Returns the cost if every customer takes the best level at a price.
   *
   * @param price the price of a unit of money, at least 0
   */
  public double spend(double price) {
    if (!(price >= 0)) {
      throw new IllegalArgumentException("price must be at least 0, got " + price);
    }
    double sum = leastCost;
    int cell = PriceGrid.cell(Math.min(price, PriceGrid.HIGHEST));
    for (int c = PriceGrid.CELLS - 1; c > cell; c--) {
      sum += costs[c];
    }
    double low = PriceGrid.low(cell);
    double high = PriceGrid.low(cell + 1);
    double above = (high - Math.max(low, Math.min(high, price))) / (high - low);
    return sum + above * costs[cell];
  }

  /**
   * Returns the price at which a budget is spent, 0 if it buys everything that is worth anything.
   *
   * @param budget the budget, finite
   */
  public double shadowPrice(double budget) {
    Requirements.finite("budget", budget);
    return shadowPriceOfMix(1, this, 0, budget);
  }

  /**
   * Returns this curve without customers who have come: what is left to come. No part of it is
   * below 0, even if more came than this curve has.
   *
   * @param others the customers to leave out
   */
  public PriceCurve minus(PriceCurve others) {
    double[] left = new double[costs.length];
    for (int c = 0; c < left.length; c++) {
      left[c] = costs[c] - others.costs[c];
    }
    carryShortages(left);
    return new PriceCurve(
        Math.max(0, customers - others.customers), leastCost - others.leastCost, left);
  }

  /**
   * Returns a share of this curve with what came between two counts of a meter.
   *
   * @param keep the share of this curve
   * @param now the later count
   * @param earlier the earlier count
   */
  PriceCurve faded(double keep, PriceCurve now, PriceCurve earlier) {
    double[] faded = new double[costs.length];
    for (int c = 0; c < faded.length; c++) {
      faded[c] = keep * costs[c] + (now.costs[c] - earlier.costs[c]);
    }
    return new PriceCurve(
        keep * customers + (now.customers - earlier.customers),
        keep * leastCost + (now.leastCost - earlier.leastCost),
        faded);
  }

  /** Returns the price at which a share of this curve and a share of another spend a budget. */
  double shadowPriceOfMix(double share, PriceCurve other, double otherShare, double budget) {
    double sum = share * leastCost + otherShare * other.leastCost;
    if (budget <= sum) {
      return PriceGrid.HIGHEST;
    }
    for (int c = PriceGrid.CELLS - 1; c >= 0; c--) {
      double cost = share * costs[c] + otherShare * other.costs[c];
      if (sum + cost > budget) {
        double low = PriceGrid.low(c);
        double high = PriceGrid.low(c + 1);
        return high - (high - low) * ((budget - sum) / cost);
      }
      sum += cost;
    }
    return 0;
  }

  /**
   * Lets a cell in which more came than was forecast take from its neighbours: a forecast is not
   * exact to a cell, and its sums must stay.
   */
  private static void carryShortages(double[] left) {
    double owed = 0;
    for (int c = left.length - 1; c >= 0; c--) {
      double rest = left[c] + owed;
      left[c] = Math.max(0, rest);
      owed = Math.min(0, rest);
    }
    for (int c = 0; c < left.length && owed < 0; c++) {
      double rest = left[c] + owed;
      left[c] = Math.max(0, rest);
      owed = Math.min(0, rest);
    }
  }

  /**
   * Returns this curve with the customers of another.
   *
   * @param others the customers to add
   */
  public PriceCurve plus(PriceCurve others) {
    double[] sum = new double[costs.length];
    for (int c = 0; c < sum.length; c++) {
      sum[c] = costs[c] + others.costs[c];
    }
    return new PriceCurve(customers + others.customers, leastCost + others.leastCost, sum);
  }

  /**
   * Returns this curve for more or fewer customers of the same kind.
   *
   * @param factor how many for each, finite and at least 0
   */
  public PriceCurve times(double factor) {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("factor must be finite and at least 0, got " + factor);
    }
    double[] scaled = new double[costs.length];
    for (int c = 0; c < scaled.length; c++) {
      scaled[c] = factor * costs[c];
    }
    return new PriceCurve(factor * customers, factor * leastCost, scaled);
  }

  double leastCost() {
    return leastCost;
  }

  /** Returns the cost of the steps in a cell. */
  double cost(int cell) {
    return costs[cell];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PriceCurve curve
        && Double.compare(customers, curve.customers) == 0
        && Double.compare(leastCost, curve.leastCost) == 0
        && Arrays.equals(costs, curve.costs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(costs) + 31 * Double.hashCode(customers);
  }

  @Override
  public String toString() {
    return "PriceCurve[customers="
        + customers
        + ", cost from "
        + leastCost
        + " to "
        + spend(0)
        + "]";
  }
}
