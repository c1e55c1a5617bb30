package dev.discount.core.metric;

import org.jspecify.annotations.Nullable;

/**
 * The mean squared difference between probability and outcome.
 *
 * <p>The weighted mean of {@code (p - y)^2} [1], as {@code brier_score_loss} of scikit-learn.
 *
 * <p>[1] G. W. Brier, Monthly Weather Review 78 (1950)
 */
public final class BrierScore {

  private BrierScore() {}

  /**
   * Returns the Brier score.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @return the Brier score, in [0, 1]; 0 is best
   */
  public static double of(float[] probabilities, float[] outcomes) {
    return compute(probabilities, outcomes, null);
  }

  /**
   * Returns the weighted Brier score.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param weights the weights, finite, not negative and not all 0, shape {@code [rows]}
   * @return the Brier score, in [0, 1]; 0 is best
   */
  public static double of(float[] probabilities, float[] outcomes, float[] weights) {
    return compute(probabilities, outcomes, weights);
  }

  private static double compute(
      float[] probabilities, float[] outcomes, float @Nullable [] weights) {
    Checks.probabilities(probabilities, outcomes, weights);
    double sum = 0;
    double total = 0;
    for (int i = 0; i < outcomes.length; i++) {
      double weight = weights == null ? 1 : weights[i];
      double difference = (double) probabilities[i] - outcomes[i];
      sum += weight * difference * difference;
      total += weight;
    }
    return sum / total;
  }
}
