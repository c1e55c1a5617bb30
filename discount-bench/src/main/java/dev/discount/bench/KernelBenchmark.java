package dev.discount.bench;

import dev.discount.bench.panama.FmaPeak;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.kernel.PackedMatrix;
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
 * The products of a layer with as many inputs as outputs. The counter {@code flops} of every
 * product is to be read against that of {@link #fmaPeak} in the same run: on a shared machine only
 * the ratio means something. {@code -p kernels=scalar} measures the plain twin, and {@code -p
 * width=128} only the layers of NCF-64; all of it takes some forty minutes.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {

  /** Floating-point operations done, two a multiply-add. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    public long flops;

    @Setup(Level.Iteration)
    public void reset() {
      flops = 0;
    }
  }

  /** One layer and the rows that pass through it. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // set up before the first call
  public static class Layer {
    @Param({"fastest", "scalar"})
    public String kernels = "fastest";

    @Param({"64", "128", "256", "512"})
    public int width = 128;

    @Param({"1", "8", "64", "256", "1024", "4096"})
    public int rows = 1;

    private Kernels k = KernelsProvider.scalar();
    private float[] weights = {};
    private float[] gradient = {};
    private float[] x = {};
    private float[] rectified = {};
    private float[] y = {};
    private float[][] scratch = {};
    private PackedMatrix packed;
    private PackedMatrix packedRows;
    private PackedMatrix transposed;

    @Setup
    public void make() {
      k = kernels.equals("scalar") ? KernelsProvider.scalar() : KernelsProvider.fastest();
      weights = VectorFunctionBenchmark.random(width * width, 1);
      gradient = new float[width * width];
      x = VectorFunctionBenchmark.random(rows * width, 4);
      y = VectorFunctionBenchmark.random(rows * width, 5);
      rectified = x.clone();
      k.relu(rectified.length, rectified, 0);
      scratch = new float[2][width];
      packed = k.pack(width, width, weights, 0, width);
      packedRows = k.newPacked(rows, width);
      transposed = k.newPacked(width, width);
    }

    private long flops() {
      return 2L * rows * width * width;
    }
  }

  @Benchmark
  public float fmaPeak(Work work) {
    work.flops += FmaPeak.FLOPS;
    return FmaPeak.run(0.5f);
  }

  @Benchmark
  public void forwardPacked(Layer l, Work work) {
    l.k.gemmPacked(l.rows, l.x, 0, l.width, l.packed, l.y, 0, l.width, false, l.scratch);
    work.flops += l.flops();
  }

  /** The input is the output of a ReLU: about half of it is zero. */
  @Benchmark
  public void forwardRectified(Layer l, Work work) {
    l.k.gemmPacked(l.rows, l.rectified, 0, l.width, l.packed, l.y, 0, l.width, false, l.scratch);
    work.flops += l.flops();
  }

  /** Weights that serve one product only. */
  @Benchmark
  public void forward(Layer l, Work work) {
    int n = l.width;
    l.k.gemm(l.rows, n, n, l.x, 0, n, l.weights, 0, n, l.y, 0, n, false);
    work.flops += l.flops();
  }

  /** Packing included. */
  @Benchmark
  public void weightGradient(Layer l, Work work) {
    int n = l.width;
    l.k.repack(0, l.rows, l.y, 0, n, l.packedRows);
    l.k.gemmTransposedAPacked(
        l.rows, n, l.x, 0, n, l.packedRows, l.gradient, 0, n, false, l.scratch);
    work.flops += l.flops();
  }

  /** Transposition of the weights included. */
  @Benchmark
  public void inputGradient(Layer l, Work work) {
    int n = l.width;
    l.k.repackTransposed(0, n, l.weights, 0, n, l.transposed);
    l.k.gemmPacked(l.rows, l.y, 0, n, l.transposed, l.x, 0, n, false, l.scratch);
    work.flops += l.flops();
  }
}
