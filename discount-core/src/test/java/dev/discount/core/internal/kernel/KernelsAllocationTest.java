package dev.discount.core.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiled kernels allocate nothing, also where other code of the process computes with vectors of
 * other widths: every twin but the first comes after such code.
 */
class KernelsAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALLS = 1000;
  private static final long PATIENCE_NANOS = 30_000_000_000L; // the compiler may be busy
  private static final int N = 37; // whole vectors of any width, and a rest

  private final float[] x = TestArrays.ordinary(64, 1);
  private final float[] y = TestArrays.ordinary(64, 2);
  private final float[] out = new float[64];

  private Map<String, Consumer<Kernels>> kernels() {
    Map<String, Consumer<Kernels>> all = new TreeMap<>();
    all.put("add", k -> k.add(N, x, 1, out, 2));
    all.put("axpy", k -> k.axpy(N, 0.5f, x, 1, out, 2));
    all.put("columnSums", k -> k.columnSums(1, N, x, 1, N, out, 2));
    all.put("dot", k -> out[0] = k.dot(N, x, 1, y, 2));
    all.put("exp", k -> k.exp(N, x, 1, out, 2));
    all.put("leakyRelu", k -> k.leakyRelu(N, 0.1f, out, 2));
    all.put("leakyReluBackward", k -> k.leakyReluBackward(N, 0.1f, x, 1, out, 2));
    all.put("log", k -> k.log(N, x, 1, out, 2));
    all.put("multiply", k -> k.multiply(N, x, 1, out, 2));
    all.put("relu", k -> k.relu(N, out, 2));
    all.put("reluBackward", k -> k.reluBackward(N, x, 1, out, 2));
    all.put("scale", k -> k.scale(N, 0.5f, out, 2));
    all.put("sigmoid", k -> k.sigmoid(N, x, 1, out, 2));
    all.put("sigmoidBackward", k -> k.sigmoidBackward(N, x, 1, out, 2));
    all.put("softplus", k -> k.softplus(N, x, 1, out, 2));
    all.put("sumOfSquares", k -> out[0] = (float) k.sumOfSquares(N, x, 1));
    all.put("tanh", k -> k.tanh(N, x, 1, out, 2));
    all.put("tanhBackward", k -> k.tanhBackward(N, x, 1, out, 2));
    return all;
  }

  @ParameterizedTest
  @MethodSource("dev.discount.core.internal.kernel.SimdTwins#all")
  void compiled_besideVectorsOfOtherWidths_allocatesNothing(Kernels twin) {
    Map<String, Long> allocating = new TreeMap<>();
    kernels()
        .forEach(
            (name, kernel) -> {
              long bytes = leastBytes(() -> kernel.accept(twin));
              if (bytes > 0) {
                allocating.put(name, bytes);
              }
            });
    assertEquals(Map.of(), allocating, "bytes a call");
  }

  /** Returns the bytes a call allocates in the best of many batches; ends with the first 0. */
  private static long leastBytes(Runnable kernel) {
    long thread = Thread.currentThread().getId();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long least = Long.MAX_VALUE;
    while (least > 0 && System.nanoTime() - deadline < 0) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      for (int call = 0; call < CALLS; call++) {
        kernel.run();
      }
      long bytes = (THREADS.getThreadAllocatedBytes(thread) - before) / CALLS;
      least = Math.min(least, bytes);
    }
    return least;
  }
}
