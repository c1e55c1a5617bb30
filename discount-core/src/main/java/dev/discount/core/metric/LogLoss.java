package dev.discount.core.metric;

import org.jspecify.annotations.Nullable;

/**
 * How surprising the outcomes are to the predictions, in nats.
 *
 * <p>The weighted mean of {@code -log(p)} where the outcome is 1 and {@code -log(1 - p)} where it
 * is 0, with {@code p} first clipped to [2^-52, 1 - 2^-52], as {@code log_loss} of scikit-learn
 * does with numbers of 64 bits: a certainty that is wrong costs 36, not infinity.
 */
public final class LogLoss {

  private static final double EPSILON = 0x1p-52;

  private LogLoss() {}

  /**
   * Returns the log loss.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @return the log loss, 0 or more; 0 is best
   */
  public static double of(float[] probabilities, float[] outcomes) {
    return compute(probabilities, outcomes, null);
  }

  /**
   * Returns the weighted log loss.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param weights the weights, finite, not negative and not all 0, shape {@code [rows]}
   * @return the log loss, 0 or more; 0 is best
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
      double p = Math.min(Math.max(probabilities[i], EPSILON), 1 - EPSILON);
      sum -= weight * StrictMath.log(outcomes[i] == 1 ? p : 1 - p);
      total += weight;
    }
    return sum / total;
  }
}
