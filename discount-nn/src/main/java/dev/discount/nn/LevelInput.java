package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;

/**
 * How the offered level enters a network. Immutable.
 *
 * @param kind the way
 * @param depthMean what is taken off a depth before it becomes an input ({@link Kind#DEPTH})
 * @param depthScale what the difference is then multiplied by
 */
record LevelInput(Kind kind, float depthMean, float depthScale) {

  /** The ways. */
  enum Kind {
    /** It does not: a plain probability model. */
    NONE,
    /** By the head's ramps over the depth. */
    RAMPS,
    /** As one number, the standardised depth. */
    DEPTH,
    /** As an embedding of the arm. */
    ARM
  }

  /** Returns the way without a depth column. */
  static LevelInput of(Kind kind) {
    return new LevelInput(kind, 0, 1);
  }

  /** Returns the standardised form of a depth. */
  float standardised(float depth) {
    return (depth - depthMean) * depthScale;
  }

  /**
   * Returns the share of the list price that a level takes off, in [0, 1].
   *
   * @param level the level, not a named arm
   * @param priceMinor the list price in minor units; where it is not above 0, or unknown
   *     (negative), an amount has depth 0
   */
  static float depth(Level level, long priceMinor) {
    if (level instanceof Level.PercentOff percent) {
      return percent.basisPoints() / (float) Level.WHOLE_BPS;
    }
    return priceMinor <= 0 ? 0 : (float) level.depth(priceMinor);
  }

  /** Returns whether the depth of a ladder's levels depends on the price of the row. */
  static boolean needsPrice(DiscountLadder ladder) {
    return ladder.size() > 1 && ladder.level(1) instanceof Level.AmountOff;
  }
}
