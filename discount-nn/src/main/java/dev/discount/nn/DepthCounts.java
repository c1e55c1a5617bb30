package dev.discount.nn;

import java.util.Arrays;

/**
 * How often each depth was offered, from which the knots of a monotone curve are chosen. Exact;
 * takes memory for the distinct depths, not for the rows. Confined to one thread.
 */
final class DepthCounts {

  private static final int LEAST_PENDING = 1 << 12;

  private float[] pending = new float[LEAST_PENDING];
  private int waiting;
  private float[] depths = {};
  private long[] counts = {};

  /** Counts a depth, 0 or more. */
  void add(float depth) {
    if (waiting == pending.length) {
      merge();
    }
    pending[waiting++] = depth;
  }

  /**
   * Returns the depths that were offered, all of them if they are at most {@code maxKnots}, else
   * the least, the greatest and quantiles between, rows counted with their weight 1.
   *
   * @param maxKnots the largest number of knots, at least 2
   * @return the knots, rising strictly, at least one
   */
  float[] knots(int maxKnots) {
    merge();
    if (depths.length <= maxKnots) {
      return depths.clone();
    }
    long rows = Arrays.stream(counts).sum();
    float[] knots = new float[maxKnots];
    int distinct = 0;
    int place = 0;
    long before = 0;
    for (int k = 0; k < maxKnots; k++) {
      long wanted = (rows - 1) * k / (maxKnots - 1);
      while (before + counts[place] <= wanted) {
        before += counts[place++];
      }
      if (distinct == 0 || depths[place] > knots[distinct - 1]) {
        knots[distinct++] = depths[place];
      }
    }
    return Arrays.copyOf(knots, distinct);
  }

  /** Adds what is pending to the sorted depths. */
  private void merge() {
    Arrays.sort(pending, 0, waiting);
    float[] mergedDepths = new float[depths.length + waiting];
    long[] mergedCounts = new long[mergedDepths.length];
    int size = 0;
    int old = 0;
    int fresh = 0;
    while (old < depths.length || fresh < waiting) {
      boolean fromOld = fresh == waiting || (old < depths.length && depths[old] <= pending[fresh]);
      float depth = fromOld ? depths[old] : pending[fresh];
      long count = fromOld ? counts[old++] : 1;
      fresh += fromOld ? 0 : 1;
      if (size > 0 && mergedDepths[size - 1] == depth) {
        mergedCounts[size - 1] += count;
      } else {
        mergedDepths[size] = depth;
        mergedCounts[size++] = count;
      }
    }
    depths = Arrays.copyOf(mergedDepths, size);
    counts = Arrays.copyOf(mergedCounts, size);
    waiting = 0;
    if (size > pending.length) {
      pending = new float[size]; // merges stay few: each doubles what one more can bring
    }
  }
}
