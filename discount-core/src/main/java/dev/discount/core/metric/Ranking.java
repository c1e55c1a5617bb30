package dev.discount.core.metric;

import java.util.Arrays;

/** The order of rows by a score, ties in the order of the rows. */
final class Ranking {

  private Ranking() {}

  /**
   * Returns the rows by rising score.
   *
   * @param scores finite scores; both zeros are one score
   */
  static int[] rising(float[] scores) {
    long[] keys = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      int bits = Float.floatToRawIntBits(scores[i] + 0f);
      // Two's complement order is the order of the floats once negative magnitudes are flipped.
      int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
      keys[i] = (long) ordered << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    int[] order = new int[scores.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  /** Returns the place after the last row whose score equals that of the row at a place. */
  static int endOfTie(float[] scores, int[] order, int from) {
    int to = from + 1;
    while (to < order.length && scores[order[to]] == scores[order[from]]) {
      to++;
    }
    return to;
  }
}
