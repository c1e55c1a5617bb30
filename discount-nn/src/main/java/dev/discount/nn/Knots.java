package dev.discount.nn;

import java.util.Arrays;

/** Chooses the knots of a monotone curve from the depths of a log. Stateless. */
final class Knots {

  private Knots() {}

  /**
   * Returns the depths that were offered, all of them if they are at most {@code maxKnots}, else
   * the least, the greatest and quantiles between, rows counted with their weight 1.
   *
   * @param data the log
   * @param maxKnots the largest number of knots, at least 2
   * @return the knots, rising strictly, at least one
   */
  static float[] of(TrainingData data, int maxKnots) {
    float[] sorted = new float[data.train().length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = data.depths()[data.train()[i]];
    }
    Arrays.sort(sorted);
    float[] distinct = distinct(sorted);
    if (distinct.length <= maxKnots) {
      return distinct;
    }
    float[] quantiles = new float[maxKnots];
    for (int k = 0; k < maxKnots; k++) {
      quantiles[k] = sorted[(int) ((sorted.length - 1L) * k / (maxKnots - 1))];
    }
    return distinct(quantiles);
  }

  private static float[] distinct(float[] sorted) {
    float[] out = new float[sorted.length];
    int n = 0;
    for (float depth : sorted) {
      if (n == 0 || depth > out[n - 1]) {
        out[n++] = depth;
      }
    }
    return Arrays.copyOf(out, n);
  }
}
