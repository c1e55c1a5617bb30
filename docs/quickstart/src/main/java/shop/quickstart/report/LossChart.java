package shop.quickstart.report;

import java.util.List;
import java.util.stream.DoubleStream;
import shop.quickstart.report.RunReport.Epoch;

/** Training and validation loss by epoch, one pair of lines per network. */
final class LossChart {

  private static final double WIDTH = 720;
  private static final double HEIGHT = 300;

  private LossChart() {}

  /** Returns the drawing of at least one epoch. */
  static String of(List<Epoch> epochs) {
    double[] losses =
        epochs.stream()
            .flatMapToDouble(e -> DoubleStream.of(e.trainLoss(), e.validationLoss()))
            .toArray();
    int last = epochs.stream().mapToInt(Epoch::number).max().orElse(1);
    Epoch end = epochs.get(epochs.size() - 1);
    Svg svg =
        new Svg(
            "loss",
            WIDTH,
            HEIGHT,
            "Loss per epoch",
            "Last epoch: training loss "
                + Text.fixed(end.trainLoss(), 4)
                + ", validation loss "
                + Text.fixed(end.validationLoss(), 4));
    Axis x = new Axis(0, Math.max(2, last), 70, WIDTH - 20);
    Plot plot = new Plot(svg, x, Axis.around(losses, HEIGHT - 50, 40, 5));
    new Legend(svg, 70, 20).line("s1", "training").line("s2", "validation");
    plot.yGrid(5, 1);
    plot.xGrid(Math.min(last, 10), 1);
    plot.captions("epoch", "mean log loss, nats", 16);
    int networks = epochs.stream().mapToInt(Epoch::network).max().orElse(1);
    for (int network = 1; network <= networks; network++) {
      int wanted = network;
      List<Epoch> run = epochs.stream().filter(e -> e.network() == wanted).toList();
      draw(plot, run, run.stream().mapToDouble(Epoch::trainLoss).toArray(), "s1", "training");
      draw(
          plot, run, run.stream().mapToDouble(Epoch::validationLoss).toArray(), "s2", "validation");
    }
    return svg.end();
  }

  private static void draw(Plot plot, List<Epoch> run, double[] losses, String style, String what) {
    double[] numbers = run.stream().mapToDouble(Epoch::number).toArray();
    plot.series(numbers, losses, style);
    for (int i = 0; i < losses.length; i++) {
      String tip =
          "epoch " + run.get(i).number() + ": " + what + " loss " + Text.fixed(losses[i], 4);
      plot.dot(numbers[i], losses[i], 2.5, style, tip);
    }
  }
}
