package shop.quickstart.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import shop.quickstart.report.RunReport.Segment;
import shop.quickstart.report.RunReport.Trial;

/** The purchase probability of a few segments at each level of the ladder. */
final class ResponseChart {

  private static final double WIDTH = 940;
  private static final double PLOT_TOP = 24;
  private static final double PLOT_HEIGHT = 320;
  private static final double LEGEND_LINE = 20;
  private static final int COLORS = 6;

  private ResponseChart() {}

  /** Returns the drawing of at least one segment. */
  static String of(List<Segment> segments, Trial trial) {
    double height = PLOT_TOP + PLOT_HEIGHT + 60 + LEGEND_LINE * (segments.size() + 1);
    Svg svg =
        new Svg(
            "response",
            WIDTH,
            height,
            "Response curves",
            "Purchase probability by level for " + segments.size() + " segments of the test rows");
    double[] values =
        segments.stream()
            .flatMap(s -> List.of(s.predicted(), s.observed(), s.truth()).stream())
            .flatMapToDouble(list -> list.stream().mapToDouble(Double::doubleValue))
            .toArray();
    double[] withZero = DoubleStream.concat(DoubleStream.of(values), DoubleStream.of(0)).toArray();
    int levels = trial.levels().size();
    Axis x = new Axis(-0.3, levels - 0.7, 76, WIDTH - 20);
    Plot plot = new Plot(svg, x, Axis.around(withZero, PLOT_TOP + PLOT_HEIGHT, PLOT_TOP, 5));
    plot.yGrid(5, 100);
    plot.xLabels(labels(trial));
    plot.captions("discount level", "probability of a purchase, %", 24);
    boolean truth = known(segments.get(0).truth());
    for (int i = 0; i < segments.size(); i++) {
      draw(plot, segments.get(i), trial.levels(), "s" + (i % COLORS + 1));
    }
    legend(svg, segments, PLOT_TOP + PLOT_HEIGHT + 66, truth);
    return svg.end();
  }

  private static void legend(Svg svg, List<Segment> segments, double top, boolean truth) {
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      String words = segment.name() + " (" + Text.fixed(segment.rows(), 0) + " rows)";
      new Legend(svg, 76, top + i * LEGEND_LINE).line("s" + (i % COLORS + 1), words);
    }
    Legend legend = new Legend(svg, 76, top + segments.size() * LEGEND_LINE);
    legend.line("plain", "predicted").dot("plain", "observed in the test rows");
    if (truth) {
      legend.line("plain dashed", "truth of the simulator");
    }
  }

  private static List<String> labels(Trial trial) {
    List<String> labels = new ArrayList<>();
    for (int level = 0; level < trial.levels().size(); level++) {
      labels.add(trial.levels().get(level) + (trial.supported().get(level) ? "" : " *"));
    }
    return labels;
  }

  private static void draw(Plot plot, Segment segment, List<String> levels, String style) {
    double[] places = IntStream.range(0, levels.size()).asDoubleStream().toArray();
    plot.series(places, array(segment.predicted()), style);
    if (known(segment.truth())) {
      plot.series(places, array(segment.truth()), style + " dashed");
    }
    for (int level = 0; level < levels.size(); level++) {
      double observed = segment.observed().get(level);
      String tip =
          segment.name()
              + " at "
              + levels.get(level)
              + ": predicted "
              + Text.percent(segment.predicted().get(level), 2)
              + ", observed "
              + Text.percent(observed, 2);
      plot.dot(places[level], observed, 3.5, style, tip);
    }
  }

  private static boolean known(List<Double> values) {
    return values.stream().anyMatch(Double::isFinite);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
