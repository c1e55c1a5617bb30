package dev.discount.bench;

import dev.discount.bench.Workloads.Shape;
import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.ResponseNet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Scoring NCF-64 from raw rows, encoding included: {@code rows} items for a customer, at one level
 * (a plain probability model) or at eight. Every call asks for other ids. Run with {@code -prof gc}
 * for the bytes allocated.
 */
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // set up before the first call
public class ScorerBenchmark {

  private static final int ROWS_IN_ALL = 1 << 14;

  @Param({"1", "8", "1024"})
  private int rows;

  @Param({"false", "true"})
  private boolean levels;

  @Param({"true", "false"})
  private boolean folded;

  private ResponseScorer scorer;
  private Rows[] requests;
  private float[] out;
  private int next;

  /** Trains a little: what the weights are does not matter, that they are normal does. */
  @Setup(Level.Trial)
  public void train() {
    ResponseNet model =
        new Workloads()
            .model(levels ? Shape.MONOTONE : Shape.PLAIN)
            .withFoldingLimit(folded ? ResponseNet.DEFAULT_FOLDING_BYTES : 0);
    if (!KernelsProvider.warmUp()) {
      throw new IllegalStateException("kernels must be warm, got a compiler that lags behind");
    }
    DiscountLadder ladder = levels ? Workloads.LADDER : DiscountLadder.ofBasisPoints();
    scorer = model.newScorer(ladder);
    requests = new Rows[ROWS_IN_ALL / rows];
    for (int request = 0; request < requests.length; request++) {
      requests[request] = new Rows(model.schema(), rows);
      for (int row = 0; row < rows; row++) {
        requests[request].add();
        long index = (long) request * rows + row;
        long customer = rows == 8 ? request : index;
        requests[request].setLong(row, 0, CounterRandom.below(Workloads.CUSTOMERS, 2, 1, customer));
        requests[request].setLong(row, 1, CounterRandom.below(Workloads.ITEMS, 2, 2, index));
      }
    }
    out = new float[rows * ladder.size()];
  }

  /** Scores one request. */
  @Benchmark
  public float[] score() {
    scorer.scoreInto(requests[next], out);
    next = next + 1 == requests.length ? 0 : next + 1;
    return out;
  }
}
