package dev.discount.bench;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.random.CounterRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels that go through vectors element by element: 128 elements are the hidden layer of one
 * row, 16 384 the weights of a layer of 128 x 128. {@code -p kernels=scalar} measures the plain
 * twin.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class VectorFunctionBenchmark {

  @Param({"fastest", "scalar"})
  public String kernels = "fastest";

  @Param({"128", "16384"})
  public int size = 128;

  private Kernels k = KernelsProvider.scalar();
  private float[] x = {};
  private float[] y = {};
  private float[] first = {};
  private float[] second = {};

  /** Returns numbers uniform in ±0.5. */
  static float[] random(int n, long stream) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = CounterRandom.unitFloat(1, stream, i) - 0.5f;
    }
    return values;
  }

  /** Makes the vectors. */
  @Setup
  public void make() {
    k = kernels.equals("scalar") ? KernelsProvider.scalar() : KernelsProvider.fastest();
    x = random(size, 1);
    y = random(size, 2);
    first = random(size, 3);
    second = random(size, 4);
    k.multiply(size, second, 0, second, 0);
  }

  @Benchmark
  public void relu() {
    k.relu(size, y, 0);
  }

  @Benchmark
  public void sigmoid() {
    k.sigmoid(size, x, 0, y, 0);
  }

  @Benchmark
  public void softplus() {
    k.softplus(size, x, 0, y, 0);
  }

  @Benchmark
  public void tanh() {
    k.tanh(size, x, 0, y, 0);
  }

  @Benchmark
  public float dot() {
    return k.dot(size, x, 0, y, 0);
  }

  @Benchmark
  public void adamStep() {
    k.adamStep(size, y, 0, x, 0, first, 0, second, 0, 1e-3f, 1f, 0.9f, 0.999f, 1e-8f, 1e-4f, 0f);
  }
}
