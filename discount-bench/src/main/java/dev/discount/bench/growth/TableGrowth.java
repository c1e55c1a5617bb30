package dev.discount.bench.growth;

import dev.discount.bench.Stopwatch;
import dev.discount.bench.growth.Axis.Point;
import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.IdIndex;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.layer.Embedding;
import dev.discount.nn.layer.Matrix;
import dev.discount.nn.layer.Range;
import dev.discount.nn.optim.Adam;
import dev.discount.nn.optim.ParameterSlice;
import dev.discount.nn.optim.StepRule;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of 64 floats a row and the index of its ids, by their number of rows: looking random ids
 * up, copying random rows out, and moving them by lazy Adam.
 */
final class TableGrowth {

  private static final int WIDTH = 64;
  private static final int BATCH = 256;
  private static final int BATCHES = 1 << 12;
  private static final int LARGEST = 10_000_000;
  private static final Range ALL = new Range(0, BATCH);

  private final int rows;
  private final int[] places = new int[BATCHES * BATCH];
  private int next;
  private long sink;

  private TableGrowth(int rows) {
    this.rows = rows;
    for (int i = 0; i < places.length; i++) {
      places[i] = CounterRandom.below(rows, 1, 2, i);
    }
  }

  static List<Axis> axes() {
    List<Point> lookups = new ArrayList<>();
    List<Point> gathers = new ArrayList<>();
    List<Point> steps = new ArrayList<>();
    for (double size = 1e4; size < 2 * LARGEST; size *= Math.sqrt(10)) {
      int rows = (int) Math.min(LARGEST, Math.round(size));
      TableGrowth table = new TableGrowth(rows);
      lookups.add(table.lookup());
      table.addTable(gathers, steps);
    }
    return List.of(
        new Axis("Looking an id up", "rows of the table", "id", lookups),
        new Axis("Gathering 64 floats", "rows of the table", "row", gathers),
        new Axis("A step of lazy Adam on 64 floats", "rows of the table", "row", steps));
  }

  private int batch() {
    int at = next * BATCH;
    next = next + 1 & BATCHES - 1;
    return at;
  }

  /** Ids far apart, as hosts have them, that are all known. */
  private Point lookup() {
    double before = Memory.liveBytes();
    IdIndex.Builder builder = IdIndex.builder();
    for (int i = 0; i < rows; i++) {
      builder.add(id(i));
    }
    IdIndex index = builder.build(1);
    double bytes = Memory.liveBytes() - before;
    double seconds =
        seconds(
            () -> {
              int from = batch();
              for (int i = from; i < from + BATCH; i++) {
                sink += index.index(id(places[i]));
              }
            });
    return new Point(rows, seconds, Math.max(bytes, 1));
  }

  private static long id(int place) {
    return 1_000_000_007L * (place + 1);
  }

  private void addTable(List<Point> gathers, List<Point> steps) {
    Kernels kernels = KernelsProvider.fastest();
    Adam adam = Adam.of(0, 0);
    EmbeddingTable table = new EmbeddingTable(rows, WIDTH);
    Embedding embedding = new Embedding(table, adam.statePerWeight(), 0, BATCH);
    Matrix vectors = new Matrix(BATCH, WIDTH);
    double floats = (double) rows * WIDTH * Float.BYTES;
    double gather =
        seconds(
            () -> {
              System.arraycopy(places, batch(), embedding.indexes(), 0, BATCH);
              embedding.forwardInto(kernels, vectors, ALL);
            });
    gathers.add(new Point(rows, gather, floats));
    StepRule rule = adam.stepRule(1000, 1e-3, true);
    ParameterSlice slice = new ParameterSlice();
    Matrix gradient = new Matrix(BATCH, WIDTH);
    java.util.Arrays.fill(gradient.values(), 1e-3f);
    double step =
        seconds(
            () -> {
              System.arraycopy(places, batch(), embedding.indexes(), 0, BATCH);
              embedding.group(BATCH);
              Range groups = new Range(0, embedding.groups().size());
              embedding.stepInPlace(kernels, gradient, rule, slice, groups);
            });
    steps.add(new Point(rows, step, floats * (1 + adam.statePerWeight())));
  }

  private static double seconds(Runnable batch) {
    Stopwatch.FINE.perSecond(batch);
    return 1 / Stopwatch.FINE.perSecond(batch) / BATCH;
  }

  /** Returns what was read so far, so that no reading can be left out. */
  long sink() {
    return sink;
  }
}
