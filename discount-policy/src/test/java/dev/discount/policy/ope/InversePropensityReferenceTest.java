package dev.discount.policy.ope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Against {@code src/test/reference/inverse_propensity.py}: Python 3.11.2, NumPy 1.24.2. */
class InversePropensityReferenceTest {

  private static final int ROWS = 200;
  private static final int LEVELS = 4;

  private static LoggedChoices log() {
    int[] levels = new int[ROWS];
    double[] propensities = new double[ROWS];
    double[] rewards = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      levels[i] = (7 * i * i + 3 * i + i / 5) % LEVELS;
      propensities[i] = 0.1 + 0.05 * ((13 * i) % 7);
      rewards[i] = ((37 * i) % 11 - 3) * 1.25;
    }
    return LoggedChoices.of(LEVELS, levels, propensities, rewards);
  }

  private static double[] distribution(int step) {
    double[] distribution = new double[ROWS * LEVELS];
    for (int row = 0; row < ROWS; row++) {
      double sum = 0;
      for (int level = 0; level < LEVELS; level++) {
        distribution[row * LEVELS + level] = (5 * row + step * level) % 6 + 1;
        sum += distribution[row * LEVELS + level];
      }
      for (int level = 0; level < LEVELS; level++) {
        distribution[row * LEVELS + level] /= sum;
      }
    }
    return distribution;
  }

  @Test
  void evaluate_isTheScripts() {
    InversePropensity.Value value = InversePropensity.evaluate(log(), distribution(3));
    assertEquals(2.880340136054422, value.value().value(), 1e-12);
    assertEquals(0.4552228736706788, value.value().standardError(), 1e-12);
    assertEquals(2.4266814024251913, value.selfNormalised().value(), 1e-12);
    assertEquals(0.3611054226091352, value.selfNormalised().standardError(), 1e-12);
    assertEquals(129.00226106267974, value.effectiveSampleSize(), 1e-10);
    assertEquals(4.0, value.largestWeight(), 1e-12);
    assertEquals(1.0, value.matchedShare());
    assertEquals(0.0, value.unsupportedMass());
    assertArrayEquals(new int[] {60, 40, 40, 60}, log().rowsPerLevel());
  }

  @Test
  void difference_isTheScripts() {
    Estimate difference = InversePropensity.difference(log(), distribution(3), distribution(2));
    assertEquals(0.03421420304232807, difference.value(), 1e-12);
    assertEquals(0.299833704468589, difference.standardError(), 1e-12);
    assertEquals(200, difference.rows());
  }
}
