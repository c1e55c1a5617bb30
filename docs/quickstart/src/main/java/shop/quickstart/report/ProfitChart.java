package shop.quickstart.report;

import java.util.List;
import java.util.stream.DoubleStream;
import shop.quickstart.report.RunReport.Interval;
import shop.quickstart.report.RunReport.PolicyOutcome;
import shop.quickstart.report.RunReport.Trial;
import shop.quickstart.report.Svg.Anchor;

/** The profit of each policy above the best single level's, with its interval. */
final class ProfitChart {

  private static final double WIDTH = 940;
  private static final double LINE = 26;
  private static final double TOP = 34;
  private static final double LEFT = 240;
  private static final double RIGHT = 100;

  private ProfitChart() {}

  /** Returns the drawing. */
  static String of(Trial trial) {
    List<PolicyOutcome> policies = trial.policies();
    double bottom = TOP + policies.size() * LINE;
    double base = trial.bestFlatOutcome().profitPer1000();
    Svg svg =
        new Svg(
            "profit",
            WIDTH,
            bottom + 48,
            "Profit by policy",
            "Profit of 1 000 customers; the best flat discount, "
                + trial.bestFlat()
                + ", earns "
                + Text.fixed(base, 2));
    double[] ends =
        policies.stream()
            .map(PolicyOutcome::profitPer1000)
            .mapToDouble(Double::doubleValue)
            .toArray();
    double[] intervals =
        policies.stream()
            .map(PolicyOutcome::gain)
            .flatMapToDouble(g -> DoubleStream.of(base + g.lower(), base + g.upper()))
            .toArray();
    double[] all = DoubleStream.concat(DoubleStream.of(ends), DoubleStream.of(intervals)).toArray();
    Axis x = Axis.around(all, LEFT, WIDTH - RIGHT, 6);
    Plot plot = new Plot(svg, x, new Axis(0, 1, bottom, TOP));
    plot.xGrid(6, 1);
    plot.captions("profit of 1 000 customers", "", 0);
    svg.line(x.at(base), TOP - 8, x.at(base), bottom, "reference");
    svg.text(x.at(base), TOP - 14, Anchor.MIDDLE, "value", "best flat");
    int digits = Text.moneyDigits(DoubleStream.of(ends).map(Math::abs).max().orElse(0));
    for (int i = 0; i < policies.size(); i++) {
      policy(plot, policies.get(i), base, TOP + (i + 0.5) * LINE, digits);
    }
    return svg.end();
  }

  private static void policy(Plot plot, PolicyOutcome policy, double base, double y, int digits) {
    Svg svg = plot.svg();
    Axis x = plot.x();
    Interval gain = policy.gain();
    String style =
        switch (policy.kind()) {
          case FLAT -> "plain";
          case PERSONAL -> "s1";
          case ORACLE -> "s2";
        };
    svg.text(LEFT - 10, y + 4, Anchor.END, "key", policy.name());
    if (Double.isFinite(gain.lower()) && gain.lower() < gain.upper()) {
      svg.line(x.at(base + gain.lower()), y, x.at(base + gain.upper()), y, "whisker " + style);
    }
    String tip = policy.name() + ": " + Text.gain(gain, digits) + " against the best flat";
    svg.dot(x.at(policy.profitPer1000()), y, 5, style, tip);
    svg.text(WIDTH - 10, y + 4, Anchor.END, "value", Text.fixed(policy.profitPer1000(), digits));
  }
}
