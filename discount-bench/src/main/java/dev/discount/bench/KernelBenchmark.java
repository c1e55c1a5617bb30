package dev.discount.bench;

import dev.discount.bench.panama.FmaPeak;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.kernel.PackedMatrix;
import dev.discount.core.internal.random.CounterRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * The kernels of a layer of 128 inputs and 128 outputs. The counter {@code flops} of every product
 * is to be read against that of {@link #fmaPeak} in the same run: on a shared machine only the
 * ratio means something. {@code -p kernels=scalar} measures the plain twin.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

  private static final int WIDTH = 128;

  /** Floating-point operations done, two a multiply-add. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    public long flops;

    @Setup(Level.Iteration)
    public void reset() {
      flops = 0;
    }

    void add(int m) {
      flops += 2L * m * WIDTH * WIDTH;
    }
  }

  /** One layer and its twin of kernels. */
  @State(Scope.Thread)
  public static class Layer {
    @Param({"fastest", "scalar"})
    public String kernels = "fastest";

    private Kernels k = KernelsProvider.scalar();
    private final float[] weights = random(WIDTH * WIDTH, 1);
    private final float[] transposed = new float[WIDTH * WIDTH];
    private final float[] gradient = new float[WIDTH * WIDTH];
    private final float[] first = random(WIDTH * WIDTH, 2);
    private final float[] second = random(WIDTH * WIDTH, 3);
    private final float[][] scratch = new float[2][WIDTH];
    private PackedMatrix packed = k.pack(WIDTH, WIDTH, weights, 0, WIDTH);

    @Setup
    public void choose() {
      k = kernels.equals("scalar") ? KernelsProvider.scalar() : KernelsProvider.fastest();
      packed = k.pack(WIDTH, WIDTH, weights, 0, WIDTH);
      k.multiply(second.length, second, 0, second, 0);
    }
  }

  /** The rows that pass through the layer. */
  @State(Scope.Thread)
  public static class Rows {
    @Param({"1", "8", "256", "1024"})
    public int rows = 1;

    private float[] x = {};
    private float[] y = {};

    @Setup
    public void make() {
      x = random(rows * WIDTH, 4);
      y = random(rows * WIDTH, 5);
    }
  }

  private static float[] random(int n, long stream) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = CounterRandom.unitFloat(1, stream, i) - 0.5f;
    }
    return values;
  }

  @Benchmark
  public float fmaPeak(Work work) {
    work.flops += FmaPeak.FLOPS;
    return FmaPeak.run(0.5f);
  }

  @Benchmark
  public void forwardPacked(Layer l, Rows r, Work work) {
    l.k.gemmPacked(r.rows, r.x, 0, WIDTH, l.packed, r.y, 0, WIDTH, false, l.scratch);
    work.add(r.rows);
  }

  @Benchmark
  public void forward(Layer l, Rows r, Work work) {
    l.k.gemm(r.rows, WIDTH, WIDTH, r.x, 0, WIDTH, l.weights, 0, WIDTH, r.y, 0, WIDTH, false);
    work.add(r.rows);
  }

  @Benchmark
  public void weightGradient(Layer l, Rows r, Work work) {
    l.k.gemmTransposedA(
        r.rows, WIDTH, WIDTH, r.x, 0, WIDTH, r.y, 0, WIDTH, l.gradient, 0, WIDTH, false);
    work.add(r.rows);
  }

  @Benchmark
  public void inputGradient(Layer l, Rows r, Work work) {
    l.k.transpose(WIDTH, WIDTH, l.weights, 0, WIDTH, l.transposed, 0, WIDTH);
    l.k.gemm(r.rows, WIDTH, WIDTH, r.y, 0, WIDTH, l.transposed, 0, WIDTH, r.x, 0, WIDTH, false);
    work.add(r.rows);
  }

  @Benchmark
  public void relu(Layer l, Rows r) {
    l.k.relu(r.y.length, r.y, 0);
  }

  @Benchmark
  public void sigmoid(Layer l, Rows r) {
    l.k.sigmoid(r.y.length, r.x, 0, r.y, 0);
  }

  @Benchmark
  public void softplus(Layer l, Rows r) {
    l.k.softplus(r.y.length, r.x, 0, r.y, 0);
  }

  @Benchmark
  public void adamStep(Layer l) {
    int n = l.weights.length;
    l.k.adamStep(
        n,
        l.weights,
        0,
        l.gradient,
        0,
        l.first,
        0,
        l.second,
        0,
        1e-3f,
        1f,
        0.9f,
        0.999f,
        1e-8f,
        1e-4f,
        0f);
  }
}
