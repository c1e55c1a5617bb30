package dev.discount.policy.ope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.policy.sim.PurchaseLog;
import dev.discount.policy.sim.Shop;
import dev.discount.policy.sim.ShopConfig;
import org.junit.jupiter.api.Test;

/** Estimates from a simulated log against the truth that the simulator knows. */
class SimulatedLogTest {

  private static final PurchaseLog LOG =
      Shop.of(ShopConfig.ofDefaults().withLogRows(60_000), 3).log();

  private static int[] all() {
    int[] all = new int[LOG.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return all;
  }

  @Test
  void evaluate_flatLevels_intervalsHoldTheTruth() {
    LoggedChoices log = LoggedChoices.ofProfits(LOG.rows(), all());
    for (int level = 0; level < log.levelCount(); level++) {
      double truth = 0;
      for (int row = 0; row < LOG.size(); row++) {
        truth += LOG.visits().expectedProfitMinor(row, level) / LOG.size();
      }
      InversePropensity.Value value =
          InversePropensity.evaluate(log, InversePropensity.flat(log, level));
      assertEquals(truth, value.value().value(), 4.5 * value.value().standardError());
      assertEquals(
          truth, value.selfNormalised().value(), 4.5 * value.selfNormalised().standardError());
      assertTrue(value.largestWeight() <= 16.01, "largest weight " + value.largestWeight());
    }
  }

  @Test
  void evaluate_theLoggingPolicyItself_isTheLogsMean() {
    LoggedChoices log = LoggedChoices.ofProfits(LOG.rows(), all());
    double[] distribution = new double[log.size() * log.levelCount()];
    double[] row = new double[log.levelCount()];
    double mean = 0;
    for (int i = 0; i < log.size(); i++) {
      LOG.propensitiesInto(i, row);
      System.arraycopy(row, 0, distribution, i * row.length, row.length);
      mean += log.reward(i);
    }
    InversePropensity.Value value = InversePropensity.evaluate(log, distribution);
    assertEquals(mean / log.size(), value.value().value(), 1e-9);
    assertEquals(log.size(), value.effectiveSampleSize(), 1e-6);
    assertEquals(1, value.largestWeight(), 1e-12);
  }
}
