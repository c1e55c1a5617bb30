package dev.discount.bench;

/**
 * What this machine was measured to do, on one thread, in one round.
 *
 * @param fma256 multiply-adds of 256-bit vectors, GFLOP/s
 * @param fma512 multiply-adds of 512-bit vectors, GFLOP/s; NaN where there are none
 * @param copyGigabytes bytes copied between arrays larger than any cache, each counted once, GB/s
 * @param cacheGigabytes bytes read from an array of the size of a 128 x 128 matrix, GB/s
 * @param gatheredRows rows of 256 bytes copied from random places of a large table, rows/s
 */
record MachineLimits(
    double fma256,
    double fma512,
    double copyGigabytes,
    double cacheGigabytes,
    double gatheredRows) {

  /** Returns the peak of the wider vectors or of the narrower ones, whichever is higher. */
  double fmaPeak() {
    return Double.isNaN(fma512) ? fma256 : Math.max(fma256, fma512);
  }

  /** Returns the seconds of some multiply-adds, counted as two operations each, at the peak. */
  double arithmeticSeconds(double flops) {
    return flops / (fmaPeak() * 1e9);
  }

  /** Returns the seconds it takes to gather some rows of 256 bytes. */
  double gatherSeconds(double rows) {
    return rows / gatheredRows;
  }
}
