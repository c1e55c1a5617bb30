package dev.discount.policy.budget;

/**
 * A straight scale from amounts to coordinates, with round ticks. Immutable.
 *
 * @param low the amount at {@code from}
 * @param high the amount at {@code to}, above {@code low}
 * @param from the coordinate of {@code low}
 * @param to the coordinate of {@code high}
 * @param step the distance of ticks
 */
record ChartAxis(double low, double high, double from, double to, double step) {

  /** Returns an axis whose ends are the round amounts around a range. */
  static ChartAxis around(double least, double most, double from, double to, int ticks) {
    double step = step(Math.max(most - least, 1e-9 * Math.max(1, Math.abs(most))), ticks);
    double low = Math.floor(least / step) * step;
    double high = Math.max(Math.ceil(most / step) * step, low + step);
    return new ChartAxis(low, high, from, to, step);
  }

  private static double step(double span, int ticks) {
    double raw = span / ticks;
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(raw)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= raw) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  double at(double amount) {
    return from + (amount - low) / (high - low) * (to - from);
  }

  int ticks() {
    return (int) Math.round((high - low) / step) + 1;
  }

  double tick(int place) {
    return low + place * step;
  }

  /** Returns the decimals that tell neighbouring ticks apart. */
  int decimals() {
    return (int) Math.max(0, Math.min(9, -Math.floor(StrictMath.log10(step) + 1e-9)));
  }
}
