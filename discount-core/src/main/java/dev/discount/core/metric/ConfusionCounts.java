package dev.discount.core.metric;

import org.jspecify.annotations.Nullable;

/**
 * How many rows fall to each pair of prediction and outcome, or their weights. A row is predicted
 * to buy if its probability is at least the threshold. Immutable.
 *
 * @param truePositives predicted to buy and bought
 * @param falsePositives predicted to buy and did not
 * @param falseNegatives not predicted to buy and bought
 * @param trueNegatives not predicted to buy and did not
 */
record ConfusionCounts(
    double truePositives, double falsePositives, double falseNegatives, double trueNegatives) {

  static ConfusionCounts of(
      float[] probabilities, float[] outcomes, float threshold, float @Nullable [] weights) {
    Checks.probabilities(probabilities, outcomes, weights);
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be in [0, 1], got " + threshold);
    }
    double[] counts = new double[4];
    for (int i = 0; i < outcomes.length; i++) {
      int predicted = probabilities[i] >= threshold ? 2 : 0;
      int actual = outcomes[i] == 1 ? 1 : 0;
      counts[predicted + actual] += weights == null ? 1 : weights[i];
    }
    return new ConfusionCounts(counts[3], counts[2], counts[1], counts[0]);
  }
}
