package dev.discount.bench;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.layer.Embedding;
import dev.discount.nn.layer.TableRows;
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

/** Copies 256 random rows out of a table of either precision. One operation is one row. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // set up before the first call
public class GatherBenchmark {

  private static final int BATCH = 256;
  private static final int INDEXES = 1 << 18;

  @Param({"10000", "100000", "1000000"})
  public int tableRows;

  @Param({"16", "64"})
  public int width;

  @Param public TablePrecision precision;

  private final Kernels kernels = KernelsProvider.fastest();
  private final int[] indexes = new int[INDEXES];
  private EmbeddingTable table;
  private float[] out;
  private int next;

  /** Makes the table and the rows to ask for. */
  @Setup
  public void make() {
    EmbeddingTable drawn = new EmbeddingTable(tableRows, width);
    Embedding.initialise(drawn, 0.1f, 1, 1);
    table = drawn.copy(precision);
    for (int i = 0; i < INDEXES; i++) {
      indexes[i] = CounterRandom.below(tableRows, 1, 2, i);
    }
    out = new float[BATCH * width];
  }

  /** Copies the rows of a batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[] gather() {
    TableRows.gatherInto(kernels, table, indexes, next, BATCH, out, 0, width);
    next = next + BATCH & INDEXES - 1;
    return out;
  }
}
