package dev.discount.bench.growth;

/**
 * A law {@code y = c * x^exponent} fitted to measurements, and where they leave it. Immutable.
 *
 * @param exponent the slope of the straight line on logarithmic axes
 * @param bend the x from which another slope fits better, NaN if one line is as good
 * @param before the slope up to the bend, NaN without one
 * @param after the slope from the bend on, NaN without one
 */
record PowerLaw(double exponent, double bend, double before, double after) {

  /*
   * Ordinary least squares of ln y on ln x. A bend is an inner point at which two lines, one fitted
   * to the points up to it and one to those from it on, leave the least squared residue, if their
   * slopes differ by BEND or more and they leave less than half of what one line does.
   */

  private static final double BEND = 0.2;

  /** A fitted line and the sum of its squared residues. */
  private record Line(double slope, double residue) {}

  /**
   * Fits.
   *
   * @param x rising, above 0, shape {@code [n]}, n at least 2
   * @param y above 0, shape {@code [n]}
   */
  static PowerLaw fit(double[] x, double[] y) {
    if (x.length < 2 || x.length != y.length) {
      throw new IllegalArgumentException(
          "x and y must be of one length of at least 2, got " + x.length + " and " + y.length);
    }
    Line whole = line(x, y, 0, x.length);
    PowerLaw best = new PowerLaw(whole.slope, Double.NaN, Double.NaN, Double.NaN);
    double least = whole.residue / 2;
    for (int i = 1; i < x.length - 1; i++) {
      Line before = line(x, y, 0, i + 1);
      Line after = line(x, y, i, x.length);
      double residue = before.residue + after.residue;
      if (residue < least && Math.abs(after.slope - before.slope) >= BEND) {
        least = residue;
        best = new PowerLaw(whole.slope, x[i], before.slope, after.slope);
      }
    }
    return best;
  }

  /** Returns whether there is a bend. */
  boolean bends() {
    return !Double.isNaN(bend);
  }

  private static Line line(double[] x, double[] y, int from, int to) {
    int n = to - from;
    double meanX = 0;
    double meanY = 0;
    for (int i = from; i < to; i++) {
      meanX += Math.log(x[i]) / n;
      meanY += Math.log(y[i]) / n;
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = from; i < to; i++) {
      double dx = Math.log(x[i]) - meanX;
      double dy = Math.log(y[i]) - meanY;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    double slope = xy / xx;
    return new Line(slope, Math.max(0, yy - slope * xy));
  }
}
