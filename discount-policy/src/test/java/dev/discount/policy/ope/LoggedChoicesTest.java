package dev.discount.policy.ope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LoggedChoicesTest {

  private static final double[] HALF = {0.5, 0.5};
  private static final double[] ONES = {1, 1};

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void of_badValues_areRefused() {
    int[] levels = {0, 1};
    assertRefused(
        "levels must have length >= 1, got 0",
        () -> LoggedChoices.of(2, new int[0], new double[0], new double[0]));
    assertRefused(
        "propensities must have length 2, got 1",
        () -> LoggedChoices.of(2, levels, new double[1], ONES));
    assertRefused(
        "rewards must have length 2, got 3",
        () -> LoggedChoices.of(2, levels, HALF, new double[3]));
    assertRefused(
        "levels[1] must be in [0, 2), got 2",
        () -> LoggedChoices.of(2, new int[] {0, 2}, HALF, ONES));
    assertRefused(
        "propensities[0] must be in (0, 1], got 0.0",
        () -> LoggedChoices.of(2, levels, new double[] {0, 1}, ONES));
    assertRefused(
        "propensities[1] must be in (0, 1], got NaN",
        () -> LoggedChoices.of(2, levels, new double[] {1, Double.NaN}, ONES));
    assertRefused(
        "rewards[1] must be finite, got Infinity",
        () -> LoggedChoices.of(2, levels, HALF, new double[] {1, Double.POSITIVE_INFINITY}));
  }

  @Test
  void evaluate_badDistributions_areRefused() {
    LoggedChoices log = LoggedChoices.of(2, new int[] {0, 1}, HALF, ONES);
    assertRefused(
        "distribution must have length >= 4, got 3",
        () -> InversePropensity.evaluate(log, new double[3]));
    assertRefused(
        "distribution[3] must be in [0, 1], got NaN",
        () -> InversePropensity.evaluate(log, new double[] {0, 0, 0, Double.NaN}));
    assertRefused("level must be in [0, 2), got 2", () -> InversePropensity.flat(log, 2));
  }

  @Test
  void supportedLevels_countsRows() {
    LoggedChoices log =
        LoggedChoices.of(
            4, new int[] {1, 3, 3}, new double[] {0.5, 0.5, 0.5}, new double[] {0, 0, 0});
    assertEquals(0b1010, log.supportedLevels(1));
    assertEquals(0b1000, log.supportedLevels(2));
    assertEquals(0, log.supportedLevels(3));
    assertRefused("smallestRows must be >= 1, got 0", () -> log.supportedLevels(0));
    assertArrayEquals(
        new double[] {0, 0.5, 0, 0.5}, LoggedChoices.frequencies(4, new int[] {1, 3}));
  }

  @Test
  void ofProfits_readsLevelsPricesAndPropensities() {
    Schema schema =
        Schema.builder()
            .field(Field.of("off", Kind.NUMBER, Role.DISCOUNT))
            .field(Field.of("price", Kind.NUMBER, Role.PRICE))
            .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
            .field(Field.of("chance", Kind.NUMBER, Role.PROPENSITY))
            .ladder(DiscountLadder.ofBasisPoints(1_000, 2_000))
            .constantCostMinor(300)
            .build();
    Rows rows = new Rows(schema, 4);
    add(rows, 0, 10, 1, 0.5);
    add(rows, 20, 10, 1, 0.25);
    add(rows, 10, 10, 0, 0.25);
    add(rows, 15, 10, 0, 0.25);
    LoggedChoices log = LoggedChoices.ofProfits(rows, new int[] {1, 0, 2});
    assertEquals(2, log.level(0));
    assertEquals(500, log.reward(0));
    assertEquals(0.25, log.propensity(0));
    assertEquals(700, log.reward(1));
    assertEquals(0, log.reward(2));
    LoggedChoices shared =
        LoggedChoices.ofProfits(rows, new int[] {1, 0, 2}, new double[] {0.2, 0.3, 0.5});
    assertEquals(0.5, shared.propensity(0));
    assertEquals(0.2, shared.propensity(1));
    assertRefused(
        "level of row 3 must be of the ladder, got none",
        () -> LoggedChoices.ofProfits(rows, new int[] {3}));
    assertRefused(
        "propensityByLevel must have length 3, got 2",
        () -> LoggedChoices.ofProfits(rows, new int[] {0}, HALF));
  }

  private static void add(Rows rows, double off, double price, double bought, double chance) {
    int row = rows.add();
    rows.setDouble(row, 0, off);
    rows.setDouble(row, 1, price);
    rows.setDouble(row, 2, bought);
    rows.setDouble(row, 3, chance);
  }

  @Test
  void ofProfits_withoutPrice_isRefused() {
    Schema schema = Schema.builder().field(Field.of("bought", Kind.FLAG, Role.OUTCOME)).build();
    Rows rows = new Rows(schema, 1);
    rows.add();
    assertRefused(
        "price and cost of row 0 must be stated, got a row without",
        () -> LoggedChoices.ofProfits(rows, new int[] {0}, new double[] {1}));
  }

  @Test
  void estimate_interval_isNormal() {
    Estimate estimate = Estimate.ofMean(new double[] {1, 2, 3, 4});
    assertEquals(2.5, estimate.value());
    assertEquals(0.6454972243679028, estimate.standardError(), 1e-15);
    assertEquals(2.5 - 1.959963984540054 * 0.6454972243679028, estimate.low95(), 1e-12);
    assertEquals(2.5 + 1.959963984540054 * 0.6454972243679028, estimate.high95(), 1e-12);
    assertTrue(estimate.isAboveZero());
    assertFalse(new Estimate(1, 1, 5).isAboveZero());
    assertTrue(Double.isNaN(Estimate.ofMean(new double[] {1}).standardError()));
    assertRefused("values must have length >= 1, got 0", () -> Estimate.ofMean(new double[0]));
  }
}
