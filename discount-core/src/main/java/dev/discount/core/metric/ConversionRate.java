package dev.discount.core.metric;

import org.jspecify.annotations.Nullable;

/**
 * The share of offers that ended in a purchase.
 *
 * <p>{@code sum(w y) / sum(w)}. With inverse propensities as weights it is the self-normalised
 * estimate of another policy's rate [1].
 *
 * <p>[1] A. Swaminathan and T. Joachims, NIPS 2015
 */
public final class ConversionRate {

  private ConversionRate() {}

  /**
   * Returns the rate.
   *
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @return the rate, in [0, 1]
   */
  public static double of(float[] outcomes) {
    return compute(outcomes, null);
  }

  /**
   * Returns the weighted rate.
   *
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param weights the weights, finite, not negative and not all 0, shape {@code [rows]}
   * @return the rate, in [0, 1]
   */
  public static double of(float[] outcomes, float[] weights) {
    return compute(outcomes, weights);
  }

  private static double compute(float[] outcomes, float @Nullable [] weights) {
    Checks.outcomes(outcomes, weights);
    double sum = 0;
    double total = 0;
    for (int i = 0; i < outcomes.length; i++) {
      double weight = weights == null ? 1 : weights[i];
      sum += weight * outcomes[i];
      total += weight;
    }
    return sum / total;
  }
}
