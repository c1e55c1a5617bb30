package dev.discount.core.internal.kernel;

import static org.junit.jupiter.api.Assertions.fail;

import dev.discount.core.internal.random.CounterRandom;

/** Inputs for kernel tests, and the comparison of their outputs. */
final class TestArrays {

  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -1e-40f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
    -1f,
    -87.33654f,
    -87.33655f,
    88.02f,
    88.03f,
    0.625f,
    0.62499994f,
    0.70710677f,
    1.0000001f
  };

  private TestArrays() {}

  /** Returns ordinary values of both signs. */
  static float[] ordinary(int n, long seed) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = CounterRandom.unitFloat(seed, 0, i) * 12 - 6;
    }
    return values;
  }

  /** Returns values of both signs and all sizes, every third one special. */
  static float[] special(int n, long seed) {
    float[] values = ordinary(n, seed);
    for (int i = 0; i < n; i++) {
      if (CounterRandom.below(3, seed, 1, i) == 0) {
        values[i] = SPECIAL[CounterRandom.below(SPECIAL.length, seed, 2, i)];
      } else if (CounterRandom.below(3, seed, 3, i) == 0) {
        values[i] = Math.scalb(values[i], CounterRandom.below(250, seed, 4, i) - 125);
      }
    }
    return values;
  }

  /** Fails unless all bits are equal; any NaN equals any other. */
  static void assertSameBits(float[] expected, float[] actual, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        fail(what + "[" + i + "]: expected " + expected[i] + ", got " + actual[i]);
      }
    }
  }
}
