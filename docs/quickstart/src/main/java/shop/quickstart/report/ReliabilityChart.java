package shop.quickstart.report;

import java.util.List;
import shop.quickstart.report.RunReport.Bin;
import shop.quickstart.report.RunReport.Reliability;
import shop.quickstart.report.Svg.Anchor;

/** Observed against predicted probability, one panel per level: on the diagonal is right. */
final class ReliabilityChart {

  private static final int COLUMNS = 4;
  private static final double PANEL = 225;
  private static final double PANEL_HEIGHT = 232;
  private static final double LEFT = 24;

  private ReliabilityChart() {}

  /** Returns the drawing of at least one level. */
  static String of(List<Reliability> levels) {
    int columns = Math.min(COLUMNS, levels.size());
    int rows = (levels.size() + columns - 1) / columns;
    Svg svg =
        new Svg(
            "reliability",
            LEFT + columns * PANEL,
            rows * PANEL_HEIGHT + 26,
            "Reliability per level",
            "Observed share of purchases against predicted probability of the test rows");
    for (int i = 0; i < levels.size(); i++) {
      int column = i % columns;
      int row = i / columns;
      panel(svg, levels.get(i), LEFT + column * PANEL, row * PANEL_HEIGHT);
    }
    double middle = LEFT + columns * PANEL / 2;
    svg.text(
        middle, rows * PANEL_HEIGHT + 14, Anchor.MIDDLE, "caption", "predicted probability, %");
    svg.textUpwards(12, rows * PANEL_HEIGHT / 2, "caption", "observed share, %");
    return svg.end();
  }

  private static void panel(Svg svg, Reliability level, double left, double top) {
    double most = level.bins().stream().mapToDouble(ReliabilityChart::larger).max().orElse(1);
    Axis size = Axis.around(new double[] {0, most}, 0, 1, 3);
    Axis x = new Axis(0, size.high(), left + 34, left + PANEL - 14);
    Axis y = new Axis(0, size.high(), top + PANEL_HEIGHT - 34, top + 28);
    double middle = (x.from() + x.to()) / 2;
    String count = Text.fixed(level.rows(), 0) + " rows";
    svg.text(middle, top + 18, Anchor.MIDDLE, "panel", level.label() + ", " + count);
    if (level.bins().isEmpty()) {
      svg.text(middle, (y.from() + y.to()) / 2, Anchor.MIDDLE, "tick", "no support in the log");
      return;
    }
    Plot plot = new Plot(svg, x, y);
    plot.yGrid(3, 100);
    plot.xGrid(3, 100);
    svg.line(x.from(), y.from(), x.to(), y.to(), "ideal");
    for (Bin bin : level.bins()) {
      String tip =
          "predicted "
              + Text.percent(bin.predicted(), 2)
              + ", observed "
              + Text.percent(bin.observed(), 2)
              + " of "
              + Text.fixed(bin.rows(), 0)
              + " rows";
      plot.dot(bin.predicted(), bin.observed(), 3.5, "s1", tip);
    }
  }

  private static double larger(Bin bin) {
    return Math.max(bin.predicted(), bin.observed());
  }
}
