package shop.quickstart.report;

import java.util.List;
import shop.quickstart.report.Svg.Anchor;

/**
 * A rectangle of a drawing with a horizontal and a vertical axis. Confined to one thread.
 *
 * @param svg the drawing
 * @param x the horizontal axis
 * @param y the vertical axis, from bottom to top
 */
record Plot(Svg svg, Axis x, Axis y) {

  private static final double TICK_GAP = 6;

  /** Draws horizontal grid lines with their values times {@code factor}. */
  void yGrid(int ticks, double factor) {
    Axis shown = new Axis(y.low() * factor, y.high() * factor, y.from(), y.to());
    for (double value : shown.ticks(ticks)) {
      double at = shown.at(value);
      svg.line(x.from(), at, x.to(), at, "grid");
      String label = Text.fixed(value, shown.digits(ticks));
      svg.text(x.from() - TICK_GAP, at + 4, Anchor.END, "tick", label);
    }
  }

  /** Draws vertical grid lines with their values times {@code factor}. */
  void xGrid(int ticks, double factor) {
    Axis shown = new Axis(x.low() * factor, x.high() * factor, x.from(), x.to());
    for (double value : shown.ticks(ticks)) {
      double at = shown.at(value);
      svg.line(at, y.from(), at, y.to(), "grid");
      String label = Text.fixed(value, shown.digits(ticks));
      svg.text(at, y.from() + 16, Anchor.MIDDLE, "tick", label);
    }
  }

  /** Draws the bottom line and writes labels at 0, 1, 2, … of the horizontal axis. */
  void xLabels(List<String> labels) {
    svg.line(x.from(), y.from(), x.to(), y.from(), "axis");
    for (int i = 0; i < labels.size(); i++) {
      svg.text(x.at(i), y.from() + 16, Anchor.MIDDLE, "tick", labels.get(i));
    }
  }

  /** Writes what the axes measure. */
  void captions(String horizontal, String vertical, double verticalAt) {
    svg.text((x.from() + x.to()) / 2, y.from() + 36, Anchor.MIDDLE, "caption", horizontal);
    svg.textUpwards(verticalAt, (y.from() + y.to()) / 2, "caption", vertical);
  }

  /** Draws a line through the points of one series. */
  void series(double[] xs, double[] ys, String style) {
    double[] atX = new double[xs.length];
    double[] atY = new double[ys.length];
    for (int i = 0; i < xs.length; i++) {
      atX[i] = x.at(xs[i]);
      atY[i] = y.at(ys[i]);
    }
    svg.path(atX, atY, "line " + style);
  }

  /** Draws a dot unless its value is not known. */
  void dot(double atX, double atY, double radius, String style, String tip) {
    if (Double.isFinite(atX) && Double.isFinite(atY)) {
      svg.dot(x.at(atX), y.at(atY), radius, style, tip);
    }
  }
}
