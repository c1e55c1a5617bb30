package shop.quickstart.report;

import java.util.List;
import shop.quickstart.report.RunReport.PolicyKind;
import shop.quickstart.report.RunReport.PolicyOutcome;
import shop.quickstart.report.RunReport.Trial;
import shop.quickstart.report.Svg.Anchor;

/** How often each policy that looks at the customer chose each level, one panel per policy. */
final class LevelHistogram {

  private static final int COLUMNS = 3;
  private static final double PANEL = 310;
  private static final double PANEL_HEIGHT = 190;

  private LevelHistogram() {}

  /** Returns the drawing; the trial has at least one policy that is not flat. */
  static String of(Trial trial) {
    List<PolicyOutcome> policies =
        trial.policies().stream().filter(p -> p.kind() != PolicyKind.FLAT).toList();
    int rows = (policies.size() + COLUMNS - 1) / COLUMNS;
    Svg svg =
        new Svg(
            "levels",
            COLUMNS * PANEL,
            rows * PANEL_HEIGHT + 20,
            "Histogram of levels",
            "Share of decisions at each level, by policy");
    for (int i = 0; i < policies.size(); i++) {
      int column = i % COLUMNS;
      int row = i / COLUMNS;
      panel(svg, policies.get(i), trial.levels(), column * PANEL, row * PANEL_HEIGHT);
    }
    svg.text(
        COLUMNS * PANEL / 2.0,
        rows * PANEL_HEIGHT + 12,
        Anchor.MIDDLE,
        "caption",
        "discount level");
    return svg.end();
  }

  private static void panel(
      Svg svg, PolicyOutcome policy, List<String> levels, double left, double top) {
    Axis x = new Axis(-0.6, levels.size() - 0.4, left + 36, left + PANEL - 14);
    Axis y = new Axis(0, 1, top + PANEL_HEIGHT - 32, top + 30);
    Plot plot = new Plot(svg, x, y);
    svg.text((x.from() + x.to()) / 2, top + 18, Anchor.MIDDLE, "panel", policy.name());
    plot.yGrid(2, 100);
    double width = (x.at(1) - x.at(0)) * 0.8;
    for (int level = 0; level < levels.size(); level++) {
      double share = policy.levelShares().get(level);
      double height = y.from() - y.at(share);
      String tip = levels.get(level) + ": " + Text.percent(share, 1);
      svg.rect(x.at(level) - width / 2, y.from() - height, width, height, "s1", tip);
      if (share >= 0.005) {
        svg.text(x.at(level), y.at(share) - 4, Anchor.MIDDLE, "value", Text.fixed(share * 100, 0));
      }
    }
    plot.xLabels(levels);
  }
}
