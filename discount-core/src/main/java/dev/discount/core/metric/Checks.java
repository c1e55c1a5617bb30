package dev.discount.core.metric;

import org.jspecify.annotations.Nullable;

/** The rules every metric sets for its arguments. */
final class Checks {

  private Checks() {}

  /** Requires probabilities in [0, 1], outcomes 0 or 1, and weights, all of one length. */
  static void probabilities(float[] probabilities, float[] outcomes, float @Nullable [] weights) {
    length("probabilities", probabilities.length, outcomes.length);
    for (int i = 0; i < probabilities.length; i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        throw rule("probabilities", i, "in [0, 1]", probabilities[i]);
      }
    }
    outcomes(outcomes, weights);
  }

  /** Requires finite scores, outcomes 0 or 1, and weights, all of one length. */
  static void scores(float[] scores, float[] outcomes, float @Nullable [] weights) {
    length("scores", scores.length, outcomes.length);
    for (int i = 0; i < scores.length; i++) {
      if (!Float.isFinite(scores[i])) {
        throw rule("scores", i, "finite", scores[i]);
      }
    }
    outcomes(outcomes, weights);
  }

  /** Requires at least one outcome, each 0 or 1, and as many weights, not all of them zero. */
  static void outcomes(float[] outcomes, float @Nullable [] weights) {
    if (outcomes.length == 0) {
      throw new IllegalArgumentException("outcomes must not be empty");
    }
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] != 0 && outcomes[i] != 1) {
        throw rule("outcomes", i, "0 or 1", outcomes[i]);
      }
    }
    if (weights != null) {
      weights(weights, outcomes.length);
    }
  }

  private static void weights(float[] weights, int rows) {
    length("weights", weights.length, rows);
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] <= Float.MAX_VALUE)) {
        throw rule("weights", i, "finite and >= 0", weights[i]);
      }
      sum += weights[i];
    }
    if (sum == 0) {
      throw new IllegalArgumentException("weights must not all be 0");
    }
  }

  /** Requires an array to be as long as the outcomes. */
  static void length(String name, int length, int outcomes) {
    if (length != outcomes) {
      throw new IllegalArgumentException(
          name + " must have the length of outcomes, " + outcomes + ", got " + length);
    }
  }

  /** Returns the exception for one element. */
  static IllegalArgumentException rule(String name, int index, String rule, Object value) {
    return new IllegalArgumentException(
        name + "[" + index + "] must be " + rule + ", got " + value);
  }
}
