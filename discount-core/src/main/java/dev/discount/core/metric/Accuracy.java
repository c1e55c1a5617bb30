package dev.discount.core.metric;

import org.jspecify.annotations.Nullable;

/**
 * The share of rows whose outcome was predicted.
 *
 * <p>{@code (tp + tn) / (tp + fp + fn + tn)}, as {@code accuracy_score} of scikit-learn.
 */
public final class Accuracy {

  private Accuracy() {}

  /**
   * Returns the accuracy of predictions cut at a threshold.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param threshold the least probability that counts as predicted to buy, in [0, 1]
   * @return the accuracy, in [0, 1]
   */
  public static double of(float[] probabilities, float[] outcomes, float threshold) {
    return compute(probabilities, outcomes, threshold, null);
  }

  /**
   * Returns the weighted accuracy of predictions cut at a threshold: rows count by their weights.
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param threshold the least probability that counts as predicted to buy, in [0, 1]
   * @param weights the weights, finite, not negative and not all 0, shape {@code [rows]}
   * @return the accuracy, in [0, 1]
   */
  public static double of(
      float[] probabilities, float[] outcomes, float threshold, float[] weights) {
    return compute(probabilities, outcomes, threshold, weights);
  }

  private static double compute(
      float[] probabilities, float[] outcomes, float threshold, float @Nullable [] weights) {
    ConfusionCounts counts = ConfusionCounts.of(probabilities, outcomes, threshold, weights);
    double right = counts.truePositives() + counts.trueNegatives();
    return right / (right + counts.falsePositives() + counts.falseNegatives());
  }
}
