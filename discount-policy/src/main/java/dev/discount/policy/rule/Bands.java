package dev.discount.policy.rule;

import dev.discount.core.DiscountLadder;

/** Adjoining ranges of a number, each with a level. Immutable. */
final class Bands {

  private final double[] bounds;
  private final int[] levels;

  /**
   * Checks and copies.
   *
   * @param bounds where one range ends and the next begins, rising; a value on a bound belongs to
   *     the upper range
   * @param levels the level of each range, one more than there are bounds
   */
  Bands(double[] bounds, int[] levels) {
    if (levels.length != bounds.length + 1) {
      throw new IllegalArgumentException(
          "levels must have length " + (bounds.length + 1) + ", got " + levels.length);
    }
    for (int i = 0; i < bounds.length; i++) {
      if (!Double.isFinite(bounds[i])) {
        throw new IllegalArgumentException("bounds[" + i + "] must be finite, got " + bounds[i]);
      }
      if (i > 0 && !(bounds[i] > bounds[i - 1])) {
        throw new IllegalArgumentException(
            "bounds["
                + i
                + "] must be > bounds["
                + (i - 1)
                + "]="
                + bounds[i - 1]
                + ", got "
                + bounds[i]);
      }
    }
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] < 0) {
        throw new IllegalArgumentException("levels[" + i + "] must be >= 0, got " + levels[i]);
      }
    }
    this.bounds = bounds.clone();
    this.levels = levels.clone();
  }

  /** Returns the level of the range that holds a value. */
  int level(double value) {
    int range = 0;
    while (range < bounds.length && value >= bounds[range]) {
      range++;
    }
    return levels[range];
  }

  /** Returns the exact settings, the same text on every JDK. */
  String version() {
    StringBuilder text = new StringBuilder("(").append(levels[0]);
    for (int i = 0; i < bounds.length; i++) {
      text.append(", ").append(Double.toHexString(bounds[i])).append(", ").append(levels[i + 1]);
    }
    return text.append(')').toString();
  }

  void checkLadder(DiscountLadder ladder) {
    for (int i = 0; i < levels.length; i++) {
      checkLevel("levels[" + i + "]", levels[i], ladder);
    }
  }

  static void checkLevel(String parameter, int level, DiscountLadder ladder) {
    if (level >= ladder.size()) {
      throw new IllegalArgumentException(
          parameter + " must be in [0, " + ladder.size() + "), got " + level);
    }
  }
}
