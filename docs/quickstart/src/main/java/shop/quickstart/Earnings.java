package shop.quickstart;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.ope.Estimate;
import java.util.Arrays;

/**
 * What a policy earns from each customer of a population, in minor units, and what it offers.
 * Immutable.
 */
final class Earnings {

  private final double[] revenue;
  private final double[] profit;
  private final double[] discountCost;
  private final double[] depth;
  private final double[] chances;
  private final int levels;

  private Earnings(int size, double[] chances, int levels) {
    this.revenue = new double[size];
    this.profit = new double[size];
    this.discountCost = new double[size];
    this.depth = new double[size];
    this.chances = chances;
    this.levels = levels;
  }

  /**
   * Computes the earnings of a policy.
   *
   * @param demand the purchases
   * @param ladder the levels
   * @param chances the probability with which the policy chooses each level, shape {@code
   *     [demand.size(), ladder.size()]}
   */
  static Earnings of(Demand demand, DiscountLadder ladder, double[] chances) {
    Earnings earnings = new Earnings(demand.size(), chances, ladder.size());
    for (int place = 0; place < demand.size(); place++) {
      earnings.add(demand, ladder, place);
    }
    return earnings;
  }

  private void add(Demand demand, DiscountLadder ladder, int place) {
    long listMinor = demand.listPriceMinor(place);
    for (int level = 0; level < levels; level++) {
      double chance = chances[place * levels + level];
      if (chance > 0) {
        long netMinor = ladder.level(level).netPriceMinor(listMinor);
        double purchases = demand.purchases(place, level, chance);
        revenue[place] += purchases * netMinor;
        profit[place] += purchases * (netMinor - demand.unitCostMinor(place));
        discountCost[place] += purchases * (listMinor - netMinor);
        depth[place] += chance * ladder.level(level).depth(listMinor);
      }
    }
  }

  /**
   * Returns these earnings less what levels cost whatever comes of them; that cost counts as cost
   * of discounts.
   *
   * @param costMinor the cost of each level, in minor units
   */
  Earnings lessLevelCost(double[] costMinor) {
    Earnings less = new Earnings(profit.length, chances, levels);
    System.arraycopy(revenue, 0, less.revenue, 0, revenue.length);
    System.arraycopy(depth, 0, less.depth, 0, depth.length);
    for (int place = 0; place < profit.length; place++) {
      double cost = 0;
      for (int level = 0; level < levels; level++) {
        cost += chances[place * levels + level] * costMinor[level];
      }
      less.profit[place] = profit[place] - cost;
      less.discountCost[place] = discountCost[place] + cost;
    }
    return less;
  }

  double meanRevenueMinor(int[] places) {
    return mean(revenue, places);
  }

  double meanProfitMinor(int[] places) {
    return mean(profit, places);
  }

  double meanDiscountCostMinor(int[] places) {
    return mean(discountCost, places);
  }

  double meanDepth(int[] places) {
    return mean(depth, places);
  }

  /** Returns the mean profit of all customers with its standard error, in minor units. */
  Estimate profit() {
    return Estimate.ofMean(profit);
  }

  /** Returns the mean share of decisions at a level. */
  double share(int level, int[] places) {
    return Arrays.stream(places).mapToDouble(p -> chances[p * levels + level]).average().orElse(0);
  }

  /**
   * Returns the mean difference in profit between this and another policy for the same customers,
   * in minor units.
   */
  Estimate gainOver(Earnings other, int[] places) {
    double[] differences = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      differences[i] = profit[places[i]] - other.profit[places[i]];
    }
    return Estimate.ofMean(differences);
  }

  private static double mean(double[] values, int[] places) {
    double sum = 0;
    for (int place : places) {
      sum += values[place];
    }
    return sum / places.length;
  }
}
