package dev.discount.policy.budget;

import java.util.Arrays;

/**
 * How the visits of a period are expected to spread over it: even within slots of equal length.
 * Immutable and safe for concurrent use.
 */
public final class TrafficCurve {

  private final long startMillis;
  private final long endMillis;

  /** The share of visits before each slot, and 1 at the end. */
  private final double[] before;

  private TrafficCurve(long startMillis, long endMillis, double[] before) {
    this.startMillis = startMillis;
    this.endMillis = endMillis;
    this.before = before;
  }

  /**
   * Returns a curve.
   *
   * @param startMillis when the period begins, in milliseconds since 1970
   * @param endMillis when it ends, later
   * @param weights the visits in each slot relative to one another, at least one slot, each finite
   *     and at least 0, not all 0; copied
   */
  public static TrafficCurve of(long startMillis, long endMillis, double... weights) {
    if (!(endMillis > startMillis)) {
      throw new IllegalArgumentException(
          "endMillis must be later than startMillis " + startMillis + ", got " + endMillis);
    }
    double[] before = new double[weights.length + 1];
    for (int slot = 0; slot < weights.length; slot++) {
      if (!(weights[slot] >= 0 && weights[slot] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights[" + slot + "] must be finite and at least 0, got " + weights[slot]);
      }
      before[slot + 1] = before[slot] + weights[slot];
    }
    double sum = before[weights.length];
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weights must have a finite sum above 0, got " + Arrays.toString(weights));
    }
    for (int slot = 0; slot < before.length; slot++) {
      before[slot] /= sum;
    }
    return new TrafficCurve(startMillis, endMillis, before);
  }

  /**
   * Returns a curve of as many visits at any time as at any other.
   *
   * @param startMillis when the period begins, in milliseconds since 1970
   * @param endMillis when it ends, later
   */
  public static TrafficCurve even(long startMillis, long endMillis) {
    return of(startMillis, endMillis, 1);
  }

  /** Returns when the period begins. */
  public long startMillis() {
    return startMillis;
  }

  /** Returns when the period ends. */
  public long endMillis() {
    return endMillis;
  }

  /** Returns the share of visits expected before a time, from 0 to 1. */
  public double shareBefore(long timeMillis) {
    double length = (double) endMillis - startMillis;
    double slots = before.length - 1.0;
    double place = Math.max(0, Math.min(1, (timeMillis - (double) startMillis) / length)) * slots;
    int slot = (int) Math.min(slots - 1, place);
    return before[slot] + (place - slot) * (before[slot + 1] - before[slot]);
  }

  /** Returns the time before which a share of visits is expected. */
  long timeAt(double share) {
    int slot = 0;
    while (slot < before.length - 2 && before[slot + 1] < share) {
      slot++;
    }
    double slots = before.length - 1.0;
    double inside = (share - before[slot]) / (before[slot + 1] - before[slot]);
    double place = (slot + Math.max(0, Math.min(1, inside))) / slots;
    return startMillis + Math.round(place * ((double) endMillis - startMillis));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrafficCurve curve
        && startMillis == curve.startMillis
        && endMillis == curve.endMillis
        && Arrays.equals(before, curve.before);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(startMillis) + 31 * Arrays.hashCode(before);
  }

  @Override
  public String toString() {
    return "TrafficCurve["
        + startMillis
        + " to "
        + endMillis
        + ", "
        + (before.length - 1)
        + " slots]";
  }
}
