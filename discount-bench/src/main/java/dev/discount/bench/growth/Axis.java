package dev.discount.bench.growth;

import java.util.List;
import java.util.Locale;

/**
 * What one quantity does to a cost. Immutable.
 *
 * @param what the work whose cost it is
 * @param quantity what grows
 * @param unit what one time is for, such as {@code row}
 * @param points the measurements, by rising quantity
 */
record Axis(String what, String quantity, String unit, List<Point> points) {

  /**
   * One measurement.
   *
   * @param x the quantity
   * @param seconds the time for each unit
   * @param bytes the memory, NaN where it is not the point
   */
  record Point(double x, double seconds, double bytes) {}

  Axis {
    points = List.copyOf(points);
  }

  /** Returns a heading, a table and the laws. */
  String markdown() {
    boolean memory = points.stream().noneMatch(p -> Double.isNaN(p.bytes));
    StringBuilder out = new StringBuilder();
    out.append("\n### ").append(what).append(" against ").append(quantity).append("\n\n");
    out.append(line("| %s | time a %s |%s", quantity, unit, memory ? " memory |" : ""));
    out.append(memory ? "|---|---|---|\n" : "|---|---|\n");
    for (Point point : points) {
      String bytes = memory ? " " + bytes(point.bytes) + " |" : "";
      out.append(line("| %,.0f | %s |%s", point.x, time(point.seconds), bytes));
    }
    double[] x = points.stream().mapToDouble(Point::x).toArray();
    out.append("\nTime: ").append(law(x, points.stream().mapToDouble(Point::seconds).toArray()));
    if (memory) {
      out.append("\nMemory: ").append(law(x, points.stream().mapToDouble(Point::bytes).toArray()));
    }
    return out.toString();
  }

  private String law(double[] x, double[] y) {
    PowerLaw law = PowerLaw.fit(x, y);
    String whole = line("grows with the power %.2f of the %s", law.exponent(), quantity).strip();
    return law.bends()
        ? line(
            "%s; %.2f up to %,.0f and %.2f beyond.", whole, law.before(), law.bend(), law.after())
        : whole + ", without a bend.\n";
  }

  private static String time(double seconds) {
    double nanos = seconds * 1e9;
    return nanos < 1e3
        ? String.format(Locale.ROOT, "%.3g ns", nanos)
        : nanos < 1e6
            ? String.format(Locale.ROOT, "%.3g µs", nanos / 1e3)
            : String.format(Locale.ROOT, "%.3g s", seconds);
  }

  private static String bytes(double bytes) {
    return bytes < 1e6
        ? String.format(Locale.ROOT, "%.3g kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.4g MB", bytes / 1e6);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }
}
