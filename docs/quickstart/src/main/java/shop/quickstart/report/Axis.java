package shop.quickstart.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A straight scale from values to coordinates with round tick marks. Immutable.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}, above {@code low}
 * @param from the coordinate of {@code low}
 * @param to the coordinate of {@code high}
 */
record Axis(double low, double high, double from, double to) {

  Axis {
    if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException("low must be below high, got " + low + " and " + high);
    }
  }

  /** Returns an axis that starts and ends at a round value around the finite ones given. */
  static Axis around(double[] values, double from, double to, int ticks) {
    double[] finite = DoubleStream.of(values).filter(Double::isFinite).toArray();
    double least = Arrays.stream(finite).min().orElse(0);
    double most = Arrays.stream(finite).max().orElse(1);
    if (least == most) {
      double room = least == 0 ? 1 : Math.abs(least) * 0.1;
      least -= room;
      most += room;
    }
    double step = step(most - least, ticks);
    return new Axis(Math.floor(least / step) * step, Math.ceil(most / step) * step, from, to);
  }

  /** Returns the coordinate of a value; not a number where the value is none. */
  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Returns round values from {@code low} to {@code high}, about as many as asked for. */
  double[] ticks(int count) {
    double step = step(high - low, count);
    long first = (long) Math.ceil(low / step - 1e-9);
    long last = (long) Math.floor(high / step + 1e-9);
    double[] ticks = new double[(int) (last - first + 1)];
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = (first + i) * step;
    }
    return ticks;
  }

  /** Returns the digits after the point that tell neighbouring ticks apart. */
  int digits(int count) {
    double step = step(high - low, count);
    int digits = 0;
    while (digits < 9 && Math.abs(step - Math.rint(step)) > 1e-6 * step) {
      step *= 10;
      digits++;
    }
    return digits;
  }

  private static double step(double span, int count) {
    double raw = span / Math.max(1, count);
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * power >= raw * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
