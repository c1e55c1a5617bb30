package dev.discount.bench.growth;

import dev.discount.bench.Stopwatch;
import dev.discount.bench.Workloads;
import dev.discount.bench.Workloads.Shape;
import dev.discount.bench.growth.Axis.Point;
import dev.discount.core.data.Rows;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The steps of training NCF-64, by the width of its layers, its batches and its threads. */
final class TrainingGrowth {

  private static final int ROWS = 1 << 17;
  private static final int HIDDEN = 128;
  private static final double LONGEST_SECONDS = 2.5;

  private TrainingGrowth() {}

  /** Ends a run of training of which enough was seen. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  static Axis widths() {
    List<Point> points = new ArrayList<>();
    Rows log = Workloads.log(Shape.PLAIN, ROWS);
    for (int width = 32; width <= 1024; width *= 2) {
      points.add(point(width, log, Workloads.training(Head.POINT, 1, width, width)));
    }
    return new Axis("Training", "width of two layers", "row", points);
  }

  static Axis batches() {
    List<Point> points = new ArrayList<>();
    Rows log = Workloads.log(Shape.PLAIN, ROWS);
    TrainingConfig config = Workloads.training(Head.POINT, 1, HIDDEN, HIDDEN);
    for (int batch = 64; batch <= 8192; batch *= 2) {
      points.add(point(batch, log, config.toBuilder().batchSize(batch).build()));
    }
    return new Axis("Training", "rows of a batch", "row", points);
  }

  static Axis threads() {
    List<Point> points = new ArrayList<>();
    Rows log = Workloads.log(Shape.PLAIN, ROWS);
    for (int threads = 1; threads <= Runtime.getRuntime().availableProcessors(); threads *= 2) {
      points.add(point(threads, log, Workloads.training(Head.POINT, threads, HIDDEN, HIDDEN)));
    }
    return new Axis("Training", "threads", "row", points);
  }

  private static Point point(double x, Rows log, TrainingConfig config) {
    Steps steps = new Steps(config.batchSize());
    int[] all = IntStream.range(0, log.size()).toArray();
    try {
      new Trainer(config).train(log, all, new int[0], steps);
    } catch (Enough enough) {
      // Seen enough: the steps so far are the measurement.
    }
    return new Point(x, steps.secondsPerRow(), Double.NaN);
  }

  /** The times of the later half of the steps. */
  private static final class Steps implements TrainingListener {
    private final int batch;
    private final List<Long> ends = new ArrayList<>();

    Steps(int batch) {
      this.batch = batch;
    }

    @Override
    public void stepDone(Step step) {
      long now = System.nanoTime();
      ends.add(now);
      if (now - ends.get(0) > LONGEST_SECONDS * 1e9) {
        throw new Enough();
      }
    }

    double secondsPerRow() {
      int from = Math.max(1, ends.size() / 2);
      return Stopwatch.median(
              IntStream.range(from, ends.size())
                  .mapToDouble(i -> (ends.get(i) - ends.get(i - 1)) / 1e9)
                  .toArray())
          / batch;
    }
  }
}
