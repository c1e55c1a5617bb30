package dev.discount.nn;

/**
 * Sums over the rows to train on, taken row by row in the order of the log, so that their bits do
 * not depend on where the rows are kept. Confined to one thread while rows are added.
 */
final class TrainTotals {

  /** Half a purchase in one row more, so that the base rate lies inside (0, 1). */
  private double bought = 0.5;

  private double all = 1;
  private double depthSum;
  private double depthSquares;
  private long rows;
  private final DepthCounts depths = new DepthCounts();

  /**
   * Adds a row.
   *
   * @param outcome whether it was a purchase, 0 or 1
   * @param weight its weight, of mean 1 over all rows
   * @param depth the depth of its level
   */
  void add(float outcome, float weight, float depth) {
    bought += weight * outcome;
    all += weight;
    double d = depth;
    depthSum += d;
    depthSquares += d * d;
    rows++;
    depths.add(depth);
  }

  /** Returns the weighted share of purchases, inside (0, 1). */
  double baseRate() {
    return bought / all;
  }

  /** Returns the knots of a monotone curve, at most {@code maxKnots}; see {@link DepthCounts}. */
  float[] knots(int maxKnots) {
    return depths.knots(maxKnots);
  }

  /** Returns how depths are standardised. */
  LevelInput standardisedDepth() {
    double mean = depthSum / rows;
    double deviation = Math.sqrt(Math.max(0, depthSquares / rows - mean * mean));
    float scale = deviation > 1e-6 ? (float) (1 / deviation) : 1;
    return new LevelInput(LevelInput.Kind.DEPTH, (float) mean, scale);
  }
}
