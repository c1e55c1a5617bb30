package dev.discount.policy.guard;

import dev.discount.core.Level;

/** Exact comparison of an amount with a share of another. */
final class Shares {

  private Shares() {}

  /** Returns whether {@code part / whole < bps / 10000}, computed without rounding or overflow. */
  static boolean isBelow(long part, long whole, int bps) {
    return compare(part, Level.WHOLE_BPS, whole, bps) < 0;
  }

  /** Returns whether {@code part / whole > bps / 10000}, computed without rounding or overflow. */
  static boolean isAbove(long part, long whole, int bps) {
    return compare(part, Level.WHOLE_BPS, whole, bps) > 0;
  }

  /** Compares two products as 128-bit numbers. */
  private static int compare(long a, long b, long c, long d) {
    int high = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
    return high != 0 ? high : Long.compareUnsigned(a * b, c * d);
  }
}
