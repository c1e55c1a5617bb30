package shop.quickstart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adjoining ranges of a number, each with a level.
 *
 * @param bounds where one range ends and the next begins, rising
 * @param levels the level of each range, one more than there are bounds
 */
record Bands(double[] bounds, int[] levels) {

  /**
   * Returns ranges that hold about as many of the values each. Ranges that would be empty because
   * many values are equal are left out.
   *
   * @param values finite values, at least one
   * @param levels the levels, that of the smallest values first
   */
  static Bands ofEqualCount(double[] values, int[] levels) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    List<Double> bounds = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    kept.add(levels[0]);
    for (int i = 1; i < levels.length; i++) {
      double bound = sorted[(int) ((long) sorted.length * i / levels.length)];
      double last = bounds.isEmpty() ? sorted[0] : bounds.get(bounds.size() - 1);
      if (bound > last) {
        bounds.add(bound);
        kept.add(levels[i]);
      }
    }
    return new Bands(
        bounds.stream().mapToDouble(Double::doubleValue).toArray(),
        kept.stream().mapToInt(Integer::intValue).toArray());
  }
}
