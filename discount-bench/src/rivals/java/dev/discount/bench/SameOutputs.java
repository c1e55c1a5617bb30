package dev.discount.bench;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.Rows;
import dev.discount.nn.ResponseNet;

/** Asserts that a rival computes what ours does, before anything is timed. Stateless. */
final class SameOutputs {

  /** How much wider than any bound the outputs must spread, so that a mixed-up one is seen. */
  private static final double SPREAD = 10;

  private SameOutputs() {}

  /**
   * Compares a rival's probabilities and ours with those in double, within {@link ForwardBound}.
   *
   * @param model the model
   * @param raw the rows
   * @param encoded the same rows, encoded
   * @param ladder percentages
   * @param given the rival's, shape {@code [rows, levels]}
   * @throws IllegalStateException if one is off by more than its bound
   */
  static void check(
      ResponseNet model, Rows raw, EncodedRows encoded, DiscountLadder ladder, float[] given) {
    int levels = ladder.size();
    float[] ours = new float[raw.size() * levels];
    model.newScorer(ladder).scoreInto(raw, ours);
    ForwardBound exact = new ForwardBound(model.view(ladder));
    double widest = 0;
    double least = 1;
    double most = 0;
    for (int row = 0; row < raw.size(); row++) {
      for (int level = 0; level < levels; level++) {
        float depth = (float) ladder.level(level).depth(1);
        var expected = exact.probability(encoded, row, level, depth);
        int at = row * levels + level;
        widest = Math.max(widest, expected.error());
        least = Math.min(least, expected.value());
        most = Math.max(most, expected.value());
        require(near(expected, ours[at]), "ours", at, expected, ours[at]);
        require(near(expected, given[at]), "the rival's", at, expected, given[at]);
      }
    }
    if (most - least < SPREAD * widest) {
      throw new IllegalStateException(
          "outputs must spread to be told apart, got " + (most - least) + " at bound " + widest);
    }
  }

  private static boolean near(ForwardBound.Bounded expected, float value) {
    return Math.abs(value - expected.value()) <= expected.error();
  }

  private static void require(
      boolean holds, String whose, int at, ForwardBound.Bounded expected, float value) {
    if (!holds) {
      throw new IllegalStateException(
          whose + " output " + at + " must be near " + expected + ", got " + value);
    }
  }
}
