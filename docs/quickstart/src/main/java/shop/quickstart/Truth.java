package shop.quickstart;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Rows;
import dev.discount.policy.sim.PurchaseLog;
import dev.discount.policy.sim.Shop;
import dev.discount.policy.sim.Visits;
import java.util.stream.IntStream;

/**
 * What a simulated shop knows of its customers and nobody else does. Immutable.
 *
 * @param shop the shop
 * @param log the log it wrote
 */
record Truth(Shop shop, PurchaseLog log) {

  private static final int HELD_OUT = 10_000;

  /** Returns the true purchases of chosen rows of the log. */
  TrueDemand ofLog(int[] rows) {
    return TrueDemand.of(log.visits(), rows);
  }

  /** Draws visits after the log's, of customers that it knows and of new ones. */
  HeldOut heldOut() {
    Visits known = shop.knownCustomers(Math.min(HELD_OUT, shop.config().customers()));
    Visits unknown = shop.newCustomers(Math.min(HELD_OUT, shop.config().newCustomers()));
    Rows rows = new Rows(Shop.schema(), known.size() + unknown.size());
    append(known.rows(), rows);
    append(unknown.rows(), rows);
    TrueDemand demand =
        TrueDemand.of(known, IntStream.range(0, known.size()).toArray())
            .followedBy(TrueDemand.of(unknown, IntStream.range(0, unknown.size()).toArray()));
    return new HeldOut(rows, known.size(), demand, unknown);
  }

  private static void append(Rows some, Rows out) {
    for (int row = 0; row < some.size(); row++) {
      Predictions.copy(some, row, out);
    }
  }

  /**
   * Visits after the log's.
   *
   * @param rows what the shop sees of them, the known customers first
   * @param knownCount how many known customers there are
   * @param demand their true purchases
   * @param newVisits the new customers' visits
   */
  record HeldOut(Rows rows, int knownCount, TrueDemand demand, Visits newVisits) {

    int[] all() {
      return IntStream.range(0, rows.size()).toArray();
    }

    int[] known() {
      return IntStream.range(0, knownCount).toArray();
    }

    int[] unknown() {
      return IntStream.range(knownCount, rows.size()).toArray();
    }

    /**
     * Returns the mean true profit of the new customers at the levels that are best by all that the
     * log's columns determine of them, in minor units.
     */
    double bestByVisibleMinor(DiscountLadder ladder) {
      double sum = 0;
      for (int visit = 0; visit < newVisits.size(); visit++) {
        int best = 0;
        double bestProfitMinor = Double.NEGATIVE_INFINITY;
        for (int level = 0; level < ladder.size(); level++) {
          long marginMinor = newVisits.netPriceMinor(visit, level) - newVisits.unitCostMinor(visit);
          double profitMinor = newVisits.visibleProbability(visit, level) * marginMinor;
          if (profitMinor > bestProfitMinor) {
            best = level;
            bestProfitMinor = profitMinor;
          }
        }
        sum += newVisits.expectedProfitMinor(visit, best);
      }
      return sum / newVisits.size();
    }
  }
}
