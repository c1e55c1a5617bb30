package dev.discount.policy.ope;

/**
 * A mean with its standard error. Immutable.
 *
 * @param value the mean
 * @param standardError the standard error of the mean, NaN for fewer than two rows
 * @param rows the number of independent rows it comes from
 */
public record Estimate(double value, double standardError, long rows) {

  /** The 97.5 % point of the standard normal distribution. */
  private static final double NORMAL_975 = 1.959963984540054;

  /**
   * Returns the mean of some numbers, and its standard error from their sample variance (divided by
   * {@code n - 1}).
   *
   * @param values the numbers, at least one
   */
  public static Estimate ofMean(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values must have length >= 1, got 0");
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double variance = squares / (values.length - 1.0);
    return new Estimate(mean, Math.sqrt(variance / values.length), values.length);
  }

  /** Returns the lower end of the normal 95 % interval. */
  public double low95() {
    return value - NORMAL_975 * standardError;
  }

  /** Returns the upper end of the normal 95 % interval. */
  public double high95() {
    return value + NORMAL_975 * standardError;
  }

  /** Returns whether the 95 % interval lies above zero. */
  public boolean isAboveZero() {
    return low95() > 0;
  }
}
