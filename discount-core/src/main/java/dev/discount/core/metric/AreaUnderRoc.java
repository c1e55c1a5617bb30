package dev.discount.core.metric;

import org.jspecify.annotations.Nullable;

/**
 * The probability that a random purchase has a higher score than a random row without one, a tie
 * counting half.
 *
 * <p>The area under the receiver operating characteristic, equal to the Mann–Whitney statistic [1],
 * as {@code roc_auc_score} of scikit-learn.
 *
 * <p>[1] J. A. Hanley and B. J. McNeil, Radiology 143 (1982)
 */
public final class AreaUnderRoc {

  private AreaUnderRoc() {}

  /**
   * Returns the area under the curve. Cost: O(rows log rows).
   *
   * @param scores anything that rises with the probability, finite, shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @return the area, in [0, 1], or NaN if all outcomes are equal
   */
  public static double of(float[] scores, float[] outcomes) {
    return compute(scores, outcomes, null);
  }

  /**
   * Returns the weighted area under the curve: a pair of rows counts by the product of its weights.
   * Cost: O(rows log rows).
   *
   * @param scores anything that rises with the probability, finite, shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param weights the weights, finite, not negative and not all 0, shape {@code [rows]}
   * @return the area, in [0, 1], or NaN if all outcomes with a weight are equal
   */
  public static double of(float[] scores, float[] outcomes, float[] weights) {
    return compute(scores, outcomes, weights);
  }

  private static double compute(float[] scores, float[] outcomes, float @Nullable [] weights) {
    Checks.scores(scores, outcomes, weights);
    int[] order = Ranking.rising(scores);
    double pairs = 0;
    double negatives = 0;
    double positives = 0;
    for (int from = 0; from < order.length; ) {
      int to = Ranking.endOfTie(scores, order, from);
      double tiedNegatives = 0;
      double tiedPositives = 0;
      for (int i = from; i < to; i++) {
        double weight = weights == null ? 1 : weights[order[i]];
        tiedPositives += outcomes[order[i]] * weight;
        tiedNegatives += (1 - outcomes[order[i]]) * weight;
      }
      pairs += tiedPositives * (negatives + tiedNegatives / 2);
      negatives += tiedNegatives;
      positives += tiedPositives;
      from = to;
    }
    return pairs / (positives * negatives);
  }
}
