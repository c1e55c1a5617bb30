package dev.discount.policy.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.ChiSquare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {

  private static final Shop SMALL = Shop.of(new ShopConfig(300, 200, 20, 2_000, 30), 1);
  private static final PurchaseLog LARGE = Shop.of(ShopConfig.ofDefaults(), 7).log();

  @Test
  void writeCsv_equalSeeds_sameBytesOnEveryJvm(@TempDir Path folder)
      throws IOException, NoSuchAlgorithmException {
    Path file = folder.resolve("log.csv");
    SMALL.log().writeCsv(file);
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertEquals(
        "98804e7d41983814a5aba9c12402525f0e06242f5c9668abb718ca94d8c9133a",
        HexFormat.of().formatHex(sum));
  }

  @Test
  void writeCsv_otherSeed_otherBytes(@TempDir Path folder) throws IOException {
    SMALL.log().writeCsv(folder.resolve("a.csv"));
    Shop.of(SMALL.config(), 2).log().writeCsv(folder.resolve("b.csv"));
    assertTrue(Files.mismatch(folder.resolve("a.csv"), folder.resolve("b.csv")) >= 0);
  }

  @Test
  void writeCsv_readAgain_equalsTheRows(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("log.csv");
    PurchaseLog log = SMALL.log();
    log.writeCsv(file);
    Rows read = CsvRows.read(file, Shop.schema());
    Rows rows = log.rows();
    Schema schema = Shop.schema();
    assertEquals(rows.size(), read.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int slot = 0; slot < schema.size(); slot++) {
        if (!schema.field(slot).keyed()) {
          assertEquals(rows.doubleAt(row, slot), read.doubleAt(row, slot));
        } else if (rows.isText(row, slot)) {
          assertEquals(rows.textAt(row, slot), read.textAt(row, slot));
        } else {
          assertEquals(rows.longAt(row, slot), read.longAt(row, slot));
        }
      }
      assertEquals(log.level(row), schema.level(read, row));
      assertEquals(log.visits().listPriceMinor(row), schema.priceMinor(read, row));
      assertEquals(log.visits().unitCostMinor(row), schema.costMinor(read, row));
      schema.check(read, row);
    }
  }

  @Test
  void log_levels_fitStatedPropensities() {
    PurchaseLog log = LARGE;
    int levels = Shop.ladder().size();
    long[][] counts = new long[3][levels];
    double[][] expected = new double[3][levels];
    double[] propensities = new double[levels];
    for (int row = 0; row < log.size(); row++) {
      double coupons = log.visits().couponTrait(row);
      int group = coupons < -0.5 ? 0 : coupons < 0.5 ? 1 : 2;
      log.propensitiesInto(row, propensities);
      counts[group][log.level(row)]++;
      double sum = 0;
      for (int level = 0; level < levels; level++) {
        expected[group][level] += propensities[level];
        sum += propensities[level];
        assertTrue(propensities[level] >= 0.0624, "every level is tried");
      }
      assertEquals(1, sum, 1e-12);
      assertEquals(propensities[log.level(row)], log.propensity(row));
    }
    for (int group = 0; group < 3; group++) {
      ChiSquare.assertFits(counts[group], expected[group]);
    }
    assertTrue(counts[2][7] > 1.5 * counts[2][0], "who likes coupons gets more of them");
  }

  @Test
  void log_purchases_fitTrueProbabilities() {
    PurchaseLog log = LARGE;
    for (int level = 0; level < Shop.ladder().size(); level++) {
      double expected = 0;
      double variance = 0;
      int bought = 0;
      for (int row = 0; row < log.size(); row++) {
        if (log.level(row) == level) {
          double p = log.visits().purchaseProbability(row, level);
          expected += p;
          variance += p * (1 - p);
          bought += log.bought(row) ? 1 : 0;
        }
      }
      assertEquals(expected, bought, 4.5 * Math.sqrt(variance), "level " + level);
    }
  }

  /** A purchase of somebody whose traits are all at their mean: 1 / (1 + e^2.4) = 8.3 %. */
  @Test
  void recipe_baseConversion_isAboutEightPercent() {
    CouponRecipe recipe = new CouponRecipe(3);
    double[] mean = new double[CouponRecipe.TRAITS];
    double atMean = CouponRecipe.probability(recipe.logit(mean), recipe.logitDose(mean), 0);
    assertEquals(0.08317269649392238, atMean, 1e-15);
    double deepest = CouponRecipe.probability(recipe.logit(mean), recipe.logitDose(mean), 1);
    assertEquals(0.14185106490048782, deepest, 1e-15); // 1 / (1 + e^1.8)
  }

  /**
   * Strengths of the recipe over the population: each effect's sd, the mean effects, and the
   * anticorrelation of a discount's effect on the purchase and on the basket.
   */
  @Test
  void recipe_overThePopulation_hasItsStatedMoments() {
    double[] logit = new double[20_000];
    double[] dose = new double[20_000];
    double[] basket = new double[20_000];
    double[] basketDose = new double[20_000];
    ShopTraits traits = new ShopTraits(new ShopConfig(20_000, 1, 20_000, 1, 1), 5);
    CouponRecipe recipe = new CouponRecipe(5);
    double[] x = new double[CouponRecipe.TRAITS];
    for (int i = 0; i < logit.length; i++) {
      traits.traitsInto(i, i, x);
      logit[i] = recipe.logit(x);
      dose[i] = recipe.logitDose(x);
      basket[i] = recipe.logBasket(x);
      basketDose[i] = recipe.logBasketDose(x);
    }
    // Four standard errors of a mean (sd / 141) and of a standard deviation (sd / 200).
    assertMoments(logit, -2.4, 0.6);
    assertMoments(dose, 0.6, 0.4);
    assertMoments(basket, 6.0, 0.3);
    assertMoments(basketDose, -0.05, 0.25);
    assertEquals(-0.6, correlation(dose, basketDose), 4 * (1 - 0.36) / 141);
  }

  private static void assertMoments(double[] values, double mean, double sd) {
    assertEquals(mean, mean(values), 4 * sd / 141);
    assertEquals(sd, Math.sqrt(covariance(values, values)), 4 * sd / 200);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double covariance(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / (a.length - 1);
  }

  private static double correlation(double[] a, double[] b) {
    return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
  }

  @Test
  void log_baskets_haveTheStatedMean() {
    PurchaseLog log = LARGE;
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int row = 0; row < log.size(); row++) {
      if (log.bought(row)) {
        double residual =
            Math.log(log.basketMinor(row) / 100.0)
                - log.visits().logBasketMean(row, log.level(row));
        sum += residual;
        squares += residual * residual;
        count++;
      } else {
        assertEquals(0, log.basketMinor(row));
      }
    }
    assertEquals(0, sum / count, 4 * 0.8 / Math.sqrt(count));
    assertEquals(0.8, Math.sqrt(squares / count), 4 * 0.8 / Math.sqrt(2.0 * count));
  }

  @Test
  void populations_areOneVisitPerCustomerAndApart() {
    Set<Long> logged = new HashSet<>();
    PurchaseLog log = SMALL.log();
    for (int row = 0; row < log.size(); row++) {
      logged.add(log.visits().customerId(row));
    }
    Visits known = SMALL.knownCustomers(300);
    Visits unknown = SMALL.newCustomers(200);
    Set<Long> seen = new HashSet<>();
    for (int visit = 0; visit < known.size(); visit++) {
      assertTrue(seen.add(known.customerId(visit)));
      assertTrue(known.customerId(visit) <= 300);
    }
    for (int visit = 0; visit < unknown.size(); visit++) {
      assertTrue(seen.add(unknown.customerId(visit)));
      assertFalse(logged.contains(unknown.customerId(visit)));
    }
  }

  @Test
  void log_times_riseAndEndBeforeThePopulations() {
    Rows rows = SMALL.log().rows();
    int time = Shop.schema().slot("time");
    for (int row = 1; row < rows.size(); row++) {
      assertTrue(rows.doubleAt(row, time) >= rows.doubleAt(row - 1, time));
    }
    assertTrue(rows.doubleAt(rows.size() - 1, time) <= 30);
    assertTrue(SMALL.knownCustomers(5).rows().doubleAt(0, time) > 30);
  }

  @Test
  void visits_rows_lackWhatIsKnownOnlyLater() {
    Rows rows = SMALL.newCustomers(5).rows();
    for (String later : new String[] {"discount", "bought", "value", "propensity"}) {
      assertTrue(rows.isMissing(0, Shop.schema().slot(later)), later);
    }
    assertFalse(rows.isMissing(0, Shop.schema().slot("age")));
  }

  @Test
  void visibleProbability_isTheIntegralOverTheHiddenTrait() {
    Visits visits = SMALL.knownCustomers(20);
    CouponRecipe recipe = new CouponRecipe(1);
    double logitStep = recipe.logitOfTrait(ShopTraits.HABIT);
    double doseStep = recipe.logitDoseOfTrait(ShopTraits.HABIT);
    for (int visit = 0; visit < visits.size(); visit++) {
      for (int level : new int[] {0, 3, 7}) {
        double dose = level / 7.0;
        double p = visits.purchaseProbability(visit, level);
        double[] x = visits.traits(visit);
        double atZero = Math.log(p / (1 - p)) - (logitStep + doseStep * dose) * x[ShopTraits.HABIT];
        double sum = 0;
        double step = 1e-3;
        for (double z = -9; z <= 9; z += step) {
          double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
          sum += step * density / (1 + Math.exp(-(atZero + (logitStep + doseStep * dose) * z)));
        }
        assertEquals(sum, visits.visibleProbability(visit, level), 1e-7);
      }
    }
  }

  @Test
  void sizes_outOfRange_areRefused() {
    assertMessage("items must be >= 1, got 0", () -> new ShopConfig(1, 1, 0, 1, 1));
    assertMessage("logRows must be >= 1, got -1", () -> ShopConfig.ofDefaults().withLogRows(-1));
    assertMessage(
        "customers and newCustomers must sum to at most 16777216, got 16777217",
        () -> ShopConfig.ofDefaults().withCustomers(1 << 24, 1));
    assertMessage("count must be in [1, 300], got 301", () -> SMALL.knownCustomers(301));
    assertMessage("count must be in [1, 200], got 0", () -> SMALL.newCustomers(0));
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @Test
  void visits_sameNumberOfVisits_samePrefix() {
    Visits few = SMALL.knownCustomers(3);
    Visits many = SMALL.knownCustomers(30);
    for (int visit = 0; visit < 3; visit++) {
      assertEquals(many.customerId(visit), few.customerId(visit));
      assertEquals(many.offer(visit), few.offer(visit));
      assertArrayEquals(many.traits(visit), few.traits(visit));
    }
  }
}
