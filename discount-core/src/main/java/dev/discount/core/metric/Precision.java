package dev.discount.core.metric;

import org.jspecify.annotations.Nullable;

/**
 * The share of purchases among the rows predicted to buy.
 *
 * <p>{@code tp / (tp + fp)}, as {@code precision_score} of scikit-learn, which says 0 where this
 * says NaN.
 */
public final class Precision {

  private Precision() {}

  /**
   * Returns the precision of predictions cut at a threshold.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param threshold the least probability that counts as predicted to buy, in [0, 1]
   * @return the precision, in [0, 1], or NaN if no row is predicted to buy
   */
  public static double of(float[] probabilities, float[] outcomes, float threshold) {
    return compute(probabilities, outcomes, threshold, null);
  }

  /**
   * Returns the weighted precision of predictions cut at a threshold: rows count by their weights.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param threshold the least probability that counts as predicted to buy, in [0, 1]
   * @param weights the weights, finite, not negative and not all 0, shape {@code [rows]}
   * @return the precision, in [0, 1], or NaN if no row is predicted to buy
   */
  public static double of(
      float[] probabilities, float[] outcomes, float threshold, float[] weights) {
    return compute(probabilities, outcomes, threshold, weights);
  }

  private static double compute(
      float[] probabilities, float[] outcomes, float threshold, float @Nullable [] weights) {
    ConfusionCounts counts = ConfusionCounts.of(probabilities, outcomes, threshold, weights);
    return counts.truePositives() / (counts.truePositives() + counts.falsePositives());
  }
}
