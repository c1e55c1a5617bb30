package dev.discount.core.data;

/** Turns amounts in major units into whole minor units. Stateless. */
final class MinorUnits {

  /** Returned for what is no amount. */
  static final long NO_AMOUNT = -1;

  /** The largest number of decimal digits of a minor unit. */
  static final int MAX_DIGITS = 6;

  /* Up to here what counts as the half starts at most 1/64 below it. */
  private static final double MAX_MINOR = 1L << 44;

  private static final double[] UNITS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private MinorUnits() {}

  /**
   * Returns an amount in minor units, rounded half up.
   *
   * <p>A double is seldom the decimal that was written (1.005 is a little less), so a fraction
   * within {@code 2^-50} of the amount below a half counts as the half: 1.005 becomes 101 cents.
   *
   * @param major the amount in major units
   * @param minorDigits the number of decimal digits of a minor unit, in [0, 6]
   * @return the amount, or {@link #NO_AMOUNT} if it is negative, not finite, or above 2^44
   */
  static long halfUp(double major, int minorDigits) {
    double minor = major * UNITS[minorDigits];
    if (!(minor >= 0 && minor <= MAX_MINOR)) {
      return NO_AMOUNT;
    }
    double whole = Math.floor(minor);
    double half = 0.5 - minor * 0x1p-50;
    return (long) whole + (minor - whole >= half ? 1 : 0);
  }
}
