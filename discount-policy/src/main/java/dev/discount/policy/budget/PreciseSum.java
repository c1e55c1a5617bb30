package dev.discount.policy.budget;

/**
 * A sum of doubles as if added in twice the precision and rounded once; exact where all partial
 * sums fit. Confined to one thread.
 */
final class PreciseSum {

  /*
   * Every addition's rounding error is found exactly (Knuth's TwoSum) and added up beside [1,
   * algorithm Sum2]. The result depends on the order of additions, which callers fix.
   *
   * [1] T. Ogita, S. M. Rump and S. Oishi, Accurate Sum and Dot Product, SIAM J. Scientific
   *     Computing 26 (2005)
   */

  private double high;
  private double low;

  /** Makes the sum 0. */
  void clear() {
    high = 0;
    low = 0;
  }

  /** Adds a number. */
  void add(double x) {
    double sum = high + x;
    double part = sum - high;
    low += (high - (sum - part)) + (x - part);
    high = sum;
  }

  /** Adds a sum that was kept as a main part and an error. */
  void add(double otherHigh, double otherLow) {
    add(otherHigh);
    low += otherLow;
  }

  /** Adds another sum. */
  void add(PreciseSum other) {
    add(other.high, other.low);
  }

  /** Returns the sum. */
  double value() {
    return high + low;
  }
}
