package dev.discount.policy.ope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The dvd instant coupon data (property {@code discount.data}) against {@code
 * src/test/reference/inverse_propensity.py}: Python 3.11.2, NumPy 1.24.2. Price 6, cost 0; the rows
 * that are not for training, weighted by the levels' shares among those that are.
 */
class InversePropensityDvdReferenceTest {

  private static final double[] VALUES = {
    0.3257408768062699,
    0.5115952213633169,
    0.7128463476070529,
    0.7225378787878787,
    0.5082833979555869
  };
  private static final double[] STANDARD_ERRORS = {
    0.03713073608776965,
    0.04042777618557322,
    0.041366366568289376,
    0.033325103339526194,
    0.019366186184009163
  };
  private static final double[] SELF_NORMALISED = {
    0.3107113654946852,
    0.5356223175965665,
    0.6896831844029244,
    0.7433930093776641,
    0.5115894039735099
  };

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("buy", Kind.FLAG, Role.OUTCOME))
          .field(Field.of("coupon", Kind.NUMBER, Role.DISCOUNT))
          .field(Field.of("purch", Kind.NUMBER))
          .field(Field.of("last", Kind.NUMBER))
          .field(Field.of("training", Kind.FLAG, Role.SPLIT))
          .ladder(DiscountLadder.ofAmounts(100, 200, 300, 400, 500))
          .constantPriceMinor(600)
          .constantCostMinor(0)
          .build();

  private static Rows rows;
  private static int[] later;
  private static LoggedChoices log;

  @BeforeAll
  static void read() {
    Path file =
        Path.of(System.getProperty("discount.data", "none"), "dvd-instant-coupon", "dvd.csv.gz");
    boolean present = Files.exists(file);
    assertTrue(present || !"true".equals(System.getenv("CI")), "must not be missing: " + file);
    assumeTrue(present, "no " + file);
    rows = CsvRows.read(file, SCHEMA);
    later = split(0);
    double[] shares =
        LoggedChoices.frequencies(SCHEMA.ladder().size(), LoggedChoices.levelsOf(rows, split(1)));
    log = LoggedChoices.ofProfits(rows, later, shares);
  }

  private static int[] split(int training) {
    int slot = SCHEMA.slot("training");
    return IntStream.range(0, rows.size())
        .filter(row -> rows.doubleAt(row, slot) == training)
        .toArray();
  }

  @Test
  void evaluate_everyCoupon_isTheScripts() {
    assertEquals(6_000, log.size());
    for (int level = 1; level <= 5; level++) {
      InversePropensity.Value value =
          InversePropensity.evaluate(log, InversePropensity.flat(log, level));
      assertEquals(100 * VALUES[level - 1], value.value().value(), 1e-9);
      assertEquals(100 * STANDARD_ERRORS[level - 1], value.value().standardError(), 1e-9);
      assertEquals(100 * SELF_NORMALISED[level - 1], value.selfNormalised().value(), 1e-9);
      assertEquals(log.rowsPerLevel()[level], value.effectiveSampleSize(), 1e-6);
    }
  }

  @Test
  void evaluate_bestSingleCoupon_isFourDollars() {
    assertEquals(
        72.25,
        InversePropensity.evaluate(log, InversePropensity.flat(log, 4)).value().value(),
        0.005);
  }

  @Test
  void evaluate_levelThatTheLogNeverTried_isReported() {
    assertEquals(0b111110, log.supportedLevels(1));
    InversePropensity.Value value = InversePropensity.evaluate(log, InversePropensity.flat(log, 0));
    assertEquals(1, value.unsupportedMass());
    assertEquals(0, value.matchedShare());
    assertEquals(0, value.value().value());
    assertTrue(Double.isNaN(value.selfNormalised().value()));
  }

  @Test
  void difference_ruleByHand_isTheScripts() {
    int last = SCHEMA.slot("last");
    double[] rule = new double[log.size() * log.levelCount()];
    for (int row = 0; row < log.size(); row++) {
      int level = rows.doubleAt(later[row], last) < 15 ? 3 : 4;
      rule[row * log.levelCount() + level] = 1;
    }
    InversePropensity.Value value = InversePropensity.evaluate(log, rule);
    assertEquals(74.86451415922447, value.value().value(), 1e-9);
    assertEquals(4.012267450714448, value.value().standardError(), 1e-9);
    assertEquals(1166.949406694329, value.effectiveSampleSize(), 1e-6);
    Estimate gain = InversePropensity.difference(log, rule, InversePropensity.flat(log, 4));
    assertEquals(2.6107262804366035, gain.value(), 1e-9);
    assertEquals(4.687813222752923, gain.standardError(), 1e-9);
  }
}
