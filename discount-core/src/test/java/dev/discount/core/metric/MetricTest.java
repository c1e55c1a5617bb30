package dev.discount.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MetricTest {

  private static final float[] NONE = {};
  private static final float[] ZEROS = {0, 0};
  private static final float[] ONES = {1, 1};
  private static final float[] MIXED = {0, 1};

  @Test
  void areaUnderRoc_perfectReversedAndTied_isOneZeroAndHalf() {
    assertEquals(1, AreaUnderRoc.of(new float[] {-2.5f, -1f}, MIXED));
    assertEquals(0, AreaUnderRoc.of(new float[] {3e38f, -3e38f}, MIXED));
    assertEquals(0.5, AreaUnderRoc.of(new float[] {0f, -0f}, MIXED));
    assertEquals(0.5, AreaUnderRoc.of(new float[] {-0f, 0f}, MIXED));
  }

  @Test
  void areaUnderRoc_millionRows_isExact() {
    int pairs = 1 << 19;
    float[] scores = new float[2 * pairs];
    float[] outcomes = new float[2 * pairs];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i;
      outcomes[i] = i & 1;
    }

    assertEquals((pairs + 1.0) / (2.0 * pairs), AreaUnderRoc.of(scores, outcomes));
  }

  @Test
  void undefinedShares_areNaN() {
    assertTrue(Double.isNaN(AreaUnderRoc.of(MIXED, ONES)));
    assertTrue(Double.isNaN(AreaUnderRoc.of(MIXED, MIXED, MIXED)));
    assertTrue(Double.isNaN(Precision.of(ZEROS, MIXED, 0.5f)));
    assertTrue(Double.isNaN(Recall.of(ONES, ZEROS, 0.5f)));
    assertTrue(Double.isNaN(F1.of(ZEROS, ZEROS, 0.5f)));
    assertTrue(Double.isNaN(AverageOrderValue.of(ZEROS, new double[2])));
  }

  @Test
  void threshold_itself_countsAsPredicted() {
    float[] half = {0.5f, 0.5f};

    assertEquals(1, Recall.of(half, MIXED, 0.5f));
    assertEquals(0, Recall.of(half, MIXED, Math.nextUp(0.5f)));
  }

  @Test
  void logLoss_wrongCertainty_isFinite() {
    assertEquals(52 * Math.log(2), LogLoss.of(ONES, ZEROS), 1e-12);
    assertEquals(0, LogLoss.of(ZEROS, ZEROS), 1e-15);
  }

  @Test
  void calibration_orderOfTiedRows_doesNotMatter() {
    float[] probabilities = new float[40];
    float[] outcomes = new float[40];
    float[] reversed = new float[40];
    for (int i = 0; i < 40; i++) {
      probabilities[i] = 0.25f;
      outcomes[i] = i < 10 ? 1 : 0;
      reversed[i] = i < 30 ? 0 : 1;
    }

    assertEquals(0, ExpectedCalibrationError.of(probabilities, outcomes), 1e-15);
    assertEquals(0, ExpectedCalibrationError.of(probabilities, reversed), 1e-15);
  }

  @Test
  void calibration_fewerRowsThanBins_isTheMeanDifference() {
    float[] probabilities = {0.25f, 0.75f};

    assertEquals(0.25, ExpectedCalibrationError.of(probabilities, MIXED));
    assertEquals(0.75, ExpectedCalibrationError.of(probabilities, new float[] {1, 0}));
  }

  @Test
  void calibration_levelsApart_showsWhatTheirMixtureHides() {
    float[] probabilities = {0.5f, 0.5f, 0.5f, 0.5f};
    float[] outcomes = {0, 0, 1, 1};

    assertEquals(0, ExpectedCalibrationError.of(probabilities, outcomes));
    assertEquals(0.5, ExpectedCalibrationError.of(probabilities, outcomes, new int[] {0, 0, 2, 2}));
  }

  @Test
  void averageOrderValue_valuesBesideOtherRows_areIgnored() {
    assertEquals(7, AverageOrderValue.of(MIXED, new double[] {Double.NaN, 7}));
  }

  @Test
  void coverage_repeatedItems_countOnce() {
    assertEquals(0.5, CatalogueCoverage.of(new int[] {3, 0, 3, 3}, 4));
    assertEquals(0, CatalogueCoverage.of(new int[0], 4));
  }

  @Test
  void wrongArguments_throwNamingThem() {
    float[] wrong = {0, 0.5f};
    float[] nan = {0, Float.NaN};
    float[] above = {1.5f, 0};

    assertMessage("outcomes must not be empty", () -> LogLoss.of(NONE, NONE));
    assertMessage("outcomes[1] must be 0 or 1, got 0.5", () -> BrierScore.of(MIXED, wrong));
    assertMessage("outcomes[1] must be 0 or 1, got NaN", () -> ConversionRate.of(nan));
    assertMessage("probabilities[1] must be in [0, 1], got NaN", () -> LogLoss.of(nan, MIXED));
    assertMessage("probabilities[0] must be in [0, 1], got 1.5", () -> F1.of(above, MIXED, 0.5f));
    assertMessage("scores[1] must be finite, got NaN", () -> AreaUnderRoc.of(nan, MIXED));
    assertMessage(
        "probabilities must have the length of outcomes, 2, got 0",
        () -> ExpectedCalibrationError.of(NONE, MIXED));
    assertMessage(
        "weights must have the length of outcomes, 2, got 0", () -> LogLoss.of(MIXED, MIXED, NONE));
    assertMessage("weights must not all be 0", () -> LogLoss.of(MIXED, MIXED, ZEROS));
    assertMessage(
        "weights[1] must be finite and >= 0, got NaN", () -> LogLoss.of(MIXED, MIXED, nan));
    assertMessage(
        "threshold must be in [0, 1], got NaN", () -> Accuracy.of(MIXED, MIXED, Float.NaN));
    assertMessage(
        "levels[1] must be >= 0, got -1",
        () -> ExpectedCalibrationError.of(MIXED, MIXED, new int[] {0, -1}));
    assertMessage(
        "values[1] must be finite, got Infinity",
        () -> AverageOrderValue.of(MIXED, new double[] {0, Double.POSITIVE_INFINITY}));
    assertMessage(
        "items[0] must be in [0, 4), got 4", () -> CatalogueCoverage.of(new int[] {4}, 4));
    assertMessage("catalogueSize must be >= 1, got 0", () -> CatalogueCoverage.of(new int[0], 0));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
