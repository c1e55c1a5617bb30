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
  private static final int COPIES = 3;
  private static final long PATIENCE_NANOS = 10_000_000_000L; // the compiler may be busy
  private static final int N = 37; // whole vectors of any width, and a rest

  private static final int ROWS = 13; // tiles of eight and four rows, and a rest
  private static final int DEPTH = 20;
  private static final int LONG = 77; // the zeros of 32 elements at a time, and a rest
  private static final int COLUMNS = 112; // tiles of four, two vectors and one, of any width

  private final float[] a = TestArrays.ordinary(ROWS * DEPTH, 3);
  private final float[] b = TestArrays.ordinary(DEPTH * COLUMNS, 4);
  private final float[] c = new float[DEPTH * COLUMNS];
  private final float[][] scratch = new float[2][COLUMNS];

  private final float[] x = TestArrays.ordinary(64, 1);
  private final float[] y = TestArrays.ordinary(64, 2);
  private final float[] out = new float[64];
  private final float[] state = new float[64];
  private final float[] squares = new float[64];

  private Map<String, Consumer<Kernels>> kernels() {
    Map<String, Consumer<Kernels>> all = new TreeMap<>();
    all.put("add", k -> k.add(N, x, 1, out, 2));
    all.put("addPair", k -> k.addPair(N, x, 1, y, 2, x, 3, out, 2));
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
    all.put("sgdStep", k -> k.sgdStep(N, out, 2, x, 1, state, 0, 0.1f, 0.9f, 0.01f));
    all.put("adamStep", this::adamStep);
    return all;
  }

  private void adamStep(Kernels kernels) {
    kernels.adamStep(
        N, out, 2, x, 1, state, 0, squares, 0, 0.1f, 1f, 0.9f, 0.99f, 1e-8f, 0.01f, 0.01f);
  }

  /** The products, each with what it reads packed for the kernels under test. */
  private Map<String, Runnable> products(Kernels k) {
    PackedMatrix weights = k.pack(DEPTH, COLUMNS, b, 0, COLUMNS);
    PackedMatrix derivative = k.pack(ROWS, COLUMNS, b, 0, COLUMNS);
    PackedMatrix deep = k.pack(LONG, COLUMNS, TestArrays.ordinary(LONG * COLUMNS, 6), 0, COLUMNS);
    float[] zeros = new float[LONG];
    Map<String, Runnable> all = new TreeMap<>();
    for (int rows : new int[] {1, 4, 8, ROWS}) {
      String name = "gemmPacked of " + rows;
      all.put(name, () -> forward(k, rows, a, weights, false));
      all.put(name + ", added", () -> forward(k, rows, a, weights, true));
    }
    all.put("gemmPacked of zeros", () -> forward(k, 1, zeros, weights, true));
    float[] rectified = TestArrays.ordinary(LONG, 5);
    KernelsProvider.scalar().relu(LONG, rectified, 0);
    all.put("gemmPacked of a long row with zeros", () -> forward(k, 1, rectified, deep, true));
    for (int rows : new int[] {4, 8, ROWS}) {
      String name = "gemmTransposedAPacked to " + rows;
      all.put(name, () -> weightGradient(k, rows, derivative, false));
      all.put(name + ", added", () -> weightGradient(k, rows, derivative, true));
    }
    all.put("gemm of few", () -> few(k));
    all.put("repack", () -> k.repack(0, DEPTH, b, 0, COLUMNS, weights));
    all.put("repackTransposed", () -> k.repackTransposed(0, COLUMNS, b, 0, DEPTH, weights));
    return all;
  }

  private void forward(Kernels k, int rows, float[] from, PackedMatrix weights, boolean add) {
    k.gemmPacked(rows, from, 0, DEPTH, weights, c, 0, COLUMNS, add, scratch);
  }

  private void few(Kernels k) {
    k.gemm(3, COLUMNS, DEPTH, a, 0, DEPTH, b, 0, COLUMNS, c, 0, COLUMNS, false);
  }

  private void weightGradient(Kernels k, int rows, PackedMatrix derivative, boolean add) {
    k.gemmTransposedAPacked(ROWS, rows, a, 0, DEPTH, derivative, c, 0, COLUMNS, add, scratch);
  }

  @ParameterizedTest
  @MethodSource("dev.discount.core.internal.kernel.SimdTwins#all")
  void compiled_besideVectorsOfOtherWidths_allocatesNothing(Kernels twin) {
    Kernels copy = twin;
    Map<String, Long> allocating = firstAllocating(copy);
    for (int i = 1; i < COPIES && !allocating.isEmpty(); i++) {
      copy = SimdTwins.copyOf(twin);
      allocating = firstAllocating(copy);
    }
    assertEquals(Map.of(), allocating, "bytes a call, in each of " + COPIES + " copies");
  }

  /*
   * C2 of JDK 17 refuses an operation now and then, in about one of ten processes of twins, and keeps
   * what it has compiled (docs/decisions/0013). A copy of the classes is compiled anew; a kernel
   * that is written wrongly allocates in every one.
   */

  /** Returns the first kernel that allocates though it is compiled, and its bytes a call. */
  private Map<String, Long> firstAllocating(Kernels twin) {
    Map<String, Runnable> calls = products(twin);
    kernels().forEach((name, kernel) -> calls.put(name, () -> kernel.accept(twin)));
    for (Map.Entry<String, Runnable> call : calls.entrySet()) {
      long bytes = leastBytes(call.getValue());
      if (bytes > 0) {
        return Map.of(call.getKey(), bytes);
      }
    }
    return Map.of();
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
