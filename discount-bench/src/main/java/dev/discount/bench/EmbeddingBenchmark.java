package dev.discount.bench;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.layer.Embedding;
import dev.discount.nn.layer.Matrix;
import dev.discount.nn.layer.Range;
import dev.discount.nn.optim.Adam;
import dev.discount.nn.optim.ParameterSlice;
import dev.discount.nn.optim.StepRule;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The two things training and scoring do with a table of vectors, for batches of 256 random rows:
 * copy them out, and make a step of lazy Adam on each. One operation is one row.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // set up before the first call
public class EmbeddingBenchmark {

  private static final int BATCH = 256;
  private static final int BATCHES = 1 << 10;
  private static final Range ALL = new Range(0, BATCH);

  @Param({"10000", "100000", "1000000"})
  public int tableRows;

  @Param({"16", "64"})
  public int width;

  private final Kernels kernels = KernelsProvider.fastest();
  private final ParameterSlice slice = new ParameterSlice();
  private Embedding embedding;
  private StepRule rule;
  private int[][] batches;
  private Matrix vectors;
  private Matrix gradient;
  private int next;

  /** Makes the table, its moments and the batches. */
  @Setup
  public void make() {
    Adam adam = Adam.of(0, 0);
    EmbeddingTable table = new EmbeddingTable(tableRows, width);
    Embedding.initialise(table, 0.1f, 1, 1);
    embedding = new Embedding(table, adam.statePerWeight(), 0, BATCH);
    rule = adam.stepRule(1000, 1e-3, true);
    batches = new int[BATCHES][BATCH];
    for (int b = 0; b < BATCHES; b++) {
      for (int i = 0; i < BATCH; i++) {
        batches[b][i] = CounterRandom.below(tableRows, 1, 2, (long) b * BATCH + i);
      }
    }
    vectors = new Matrix(BATCH, width);
    gradient = new Matrix(BATCH, width);
    for (int i = 0; i < gradient.values().length; i++) {
      gradient.values()[i] = 1e-3f * (CounterRandom.unitFloat(1, 3, i) - 0.5f);
    }
  }

  private void nextBatch() {
    System.arraycopy(batches[next], 0, embedding.indexes(), 0, BATCH);
    next = next + 1 & BATCHES - 1;
  }

  /** Copies the rows of a batch into a layer's input. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Matrix gather() {
    nextBatch();
    embedding.forwardInto(kernels, vectors, ALL);
    return vectors;
  }

  /** Groups a batch by row, and moves each of its rows along its gradient. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Embedding step() {
    nextBatch();
    embedding.group(BATCH);
    Range groups = new Range(0, embedding.groups().size());
    embedding.stepInPlace(kernels, gradient, rule, slice, groups);
    return embedding;
  }
}
