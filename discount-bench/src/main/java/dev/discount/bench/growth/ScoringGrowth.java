package dev.discount.bench.growth;

import dev.discount.bench.Stopwatch;
import dev.discount.bench.Workloads;
import dev.discount.bench.Workloads.Shape;
import dev.discount.bench.growth.Axis.Point;
import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.ResponseNet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Scoring NCF-64, by the number of levels, of rows in a call and of threads. */
final class ScoringGrowth {

  private static final Stopwatch WATCH = Stopwatch.FINE;
  private static final int DEEPEST_BPS = 3_500;
  private static final int CALLS = 64;
  private static final int BATCH = 1024;
  private static final DiscountLadder ONE_LEVEL = DiscountLadder.ofBasisPoints();

  private ScoringGrowth() {}

  static Axis levels(Workloads workloads, Shape shape) {
    List<Point> points = new ArrayList<>();
    for (int levels = 2; levels <= 64; levels *= 2) {
      int[] bps = new int[levels - 1];
      for (int i = 0; i < bps.length; i++) {
        bps[i] = DEEPEST_BPS * (i + 1) / bps.length;
      }
      Runnable work = calls(workloads.model(shape), DiscountLadder.ofBasisPoints(bps), 1, 0);
      points.add(new Point(levels, seconds(work), Double.NaN));
    }
    String head = shape == Shape.POINT ? "point" : "monotone";
    return new Axis("A " + head + " head's curve of one row", "levels", "row", points);
  }

  static Axis rows(Workloads workloads) {
    List<Point> points = new ArrayList<>();
    for (int rows = 1; rows <= 4096; rows *= 4) {
      Runnable work = calls(workloads.model(Shape.PLAIN), ONE_LEVEL, rows, 0);
      points.add(new Point(rows, seconds(work) / rows, Double.NaN));
    }
    return new Axis("Scoring", "rows of a call", "row", points);
  }

  static Axis threads(Workloads workloads) throws InterruptedException, ExecutionException {
    List<Point> points = new ArrayList<>();
    int most = Runtime.getRuntime().availableProcessors();
    ResponseNet model = workloads.model(Shape.PLAIN);
    ExecutorService team = Executors.newFixedThreadPool(most);
    try {
      for (int threads = 1; threads <= most; threads *= 2) {
        List<Future<Double>> rates = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          Runnable work = calls(model, ONE_LEVEL, BATCH, thread);
          rates.add(team.submit(() -> 1 / seconds(work)));
        }
        double perSecond = 0;
        for (Future<Double> rate : rates) {
          perSecond += rate.get() * BATCH;
        }
        points.add(new Point(threads, 1 / perSecond, Double.NaN));
      }
    } finally {
      team.shutdownNow();
    }
    return new Axis("Scoring batches of 1024", "threads", "row", points);
  }

  /** Returns the seconds of a call, once the work is compiled. */
  private static double seconds(Runnable work) {
    WATCH.perSecond(work);
    return 1 / WATCH.perSecond(work);
  }

  private static Runnable calls(ResponseNet model, DiscountLadder ladder, int rows, int thread) {
    ResponseScorer scorer = model.newScorer(ladder);
    Rows[] calls = new Rows[CALLS];
    for (int c = 0; c < CALLS; c++) {
      calls[c] = new Rows(model.schema(), rows);
      for (int i = 0; i < rows; i++) {
        long index = (long) c * rows + i;
        calls[c].add();
        calls[c].setLong(i, 0, CounterRandom.below(Workloads.CUSTOMERS, 3, 2L * thread, index));
        calls[c].setLong(i, 1, CounterRandom.below(Workloads.ITEMS, 3, 2L * thread + 1, index));
      }
    }
    float[] out = new float[rows * ladder.size()];
    int[] next = {0};
    return () -> scorer.scoreInto(calls[next[0]++ & CALLS - 1], out);
  }
}
