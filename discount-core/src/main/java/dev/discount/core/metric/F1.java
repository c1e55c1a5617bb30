package dev.discount.core.metric;

import org.jspecify.annotations.Nullable;

/**
 * The harmonic mean of precision and recall.
 *
 * <p>{@code 2 tp / (2 tp + fp + fn)}, as {@code f1_score} of scikit-learn, which says 0 where this
 * says NaN.
 */
public final class F1 {

  private F1() {}

  /**
   * Returns the F1 score of predictions cut at a threshold.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param threshold the least probability that counts as predicted to buy, in [0, 1]
   * @return the F1 score, in [0, 1], or NaN if no row is a purchase or predicted to be one
   */
  public static double of(float[] probabilities, float[] outcomes, float threshold) {
    return compute(probabilities, outcomes, threshold, null);
  }

  /**
   * Returns the weighted F1 score of predictions cut at a threshold: rows count by their weights.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param threshold the least probability that counts as predicted to buy, in [0, 1]
   * @param weights the weights, finite, not negative and not all 0, shape {@code [rows]}
   * @return the F1 score, in [0, 1], or NaN if no row is a purchase or predicted to be one
   */
  public static double of(
      float[] probabilities, float[] outcomes, float threshold, float[] weights) {
    return compute(probabilities, outcomes, threshold, weights);
  }

  private static double compute(
      float[] probabilities, float[] outcomes, float threshold, float @Nullable [] weights) {
    ConfusionCounts counts = ConfusionCounts.of(probabilities, outcomes, threshold, weights);
    double twice = 2 * counts.truePositives();
    return twice / (twice + counts.falsePositives() + counts.falseNegatives());
  }
}
