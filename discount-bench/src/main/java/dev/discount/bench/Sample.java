package dev.discount.bench;

/**
 * What one round of one contender gave.
 *
 * @param value the figure, in its unit; for a latency its median
 * @param p99 the 99th percentile of a latency, NaN for other figures
 * @param p999 the 99.9th percentile of a latency, NaN for other figures
 * @param bytes the bytes allocated by a call, NaN where not measured
 */
record Sample(double value, double p99, double p999, double bytes) {

  static Sample of(double value) {
    return new Sample(value, Double.NaN, Double.NaN, Double.NaN);
  }
}
