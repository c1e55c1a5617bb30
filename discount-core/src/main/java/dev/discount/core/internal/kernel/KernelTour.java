package dev.discount.core.internal.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A round trip through every kernel on small arrays, which compares two implementations bit by bit.
 * Confined to one thread.
 */
final class KernelTour {

  /*
   * The sizes touch every path: whole tiles and partial ones, whole vectors and a rest.
   */

  private static final String[] STEPS = {
    "gemmPacked",
    "gemmPacked of one row",
    "gemmPacked of one row with zeros",
    "gemmTransposedAPacked",
    "repack",
    "repackTransposed",
    "dot",
    "axpy",
    "add",
    "addPair",
    "multiply",
    "scale",
    "relu",
    "leakyRelu",
    "exp",
    "log",
    "sigmoid",
    "tanh",
    "softplus",
    "columnSums",
    "transpose",
    "sumOfSquares",
    "reluBackward",
    "leakyReluBackward",
    "sigmoidBackward",
    "tanhBackward",
    "sgdStep",
    "adamStep",
    "gather",
    "gatherWidened",
    "addWidened",
    "roundToBfloat16",
    "gemm of one row",
    "gemm",
    "gemmTransposedA"
  };

  private static final int M = 13; // eight rows, four and one
  private static final int K = 2;
  private static final int N = 176; // with vectors of 512 bits: two panels, and 48
  private static final int LENGTH = M * N;
  private static final int DEEP = 45; // of a long row, the zeros are found by vectors
  private static final int DEEP_COLUMNS = 48;
  private static final int REST = 45; // whole vectors of any width, and 13
  private static final int[] ROWS = {0, 3, 1, 2};
  private static final int WIDE = 93; // four vectors of 512 bits, one, and 13

  private final Kernels kernels;
  private final float[] x = new float[LENGTH];
  private final float[] y = new float[LENGTH];
  private final float[] z = new float[LENGTH];
  private final float[] w = new float[LENGTH];
  private final float[] rectified = new float[DEEP];
  private final float[][] scratch = new float[2][N];
  private final short[] halves = new short[LENGTH];
  private final float[][] pages = {x, z};
  private final short[][] halfPages = {halves, halves};
  private PackedMatrix packed;
  private PackedMatrix deep;
  private double sum;

  KernelTour(Kernels kernels) {
    this.kernels = kernels;
    packed = kernels.newPacked(K, N);
    deep = kernels.newPacked(DEEP, DEEP_COLUMNS);
    reset();
  }

  /** Returns the first step whose results differ, or null if all bits are equal. */
  static @Nullable String firstDifference(Kernels candidate, Kernels reference) {
    KernelTour a = new KernelTour(candidate);
    KernelTour b = new KernelTour(reference);
    for (int step = 0; step < STEPS.length; step++) {
      a.reset();
      b.reset();
      a.run(step);
      b.run(step);
      if (!a.equalBits(b)) {
        return STEPS[step];
      }
    }
    return null;
  }

  /** Returns the names of the kernels that the tour visits. */
  static List<String> kernels() {
    return Stream.of(STEPS).filter(step -> !step.contains(" ")).toList();
  }

  /** Fills the arrays with values of both signs and many sizes, a few special. */
  private void reset() {
    for (int i = 0; i < LENGTH; i++) {
      x[i] = ((i * 37 + 11) % 101 - 50) * 0.25f;
      y[i] = ((i * 53 + 29) % 97 - 48) * 0.03125f;
      z[i] = ((i * 71 + 5) % 89 + 1) * 0.0625f;
      w[i] = ((i * 13 + 3) % 83 - 41) * 0.015625f;
    }
    for (int i = 0; i < LENGTH; i++) {
      halves[i] = (short) (i * 4099);
    }
    float[] special = {
      0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 1e38f
    };
    System.arraycopy(special, 0, x, 1, special.length);
    System.arraycopy(special, 0, x, REST - special.length, special.length);
    sum = 0;
    for (int i = 0; i < DEEP; i++) {
      rectified[i] = Math.max(z[i] - 2, 0);
    }
    packed = kernels.pack(K, N, y, 0, N);
    deep = kernels.pack(DEEP, DEEP_COLUMNS, y, 0, DEEP_COLUMNS);
  }

  private boolean equalBits(KernelTour other) {
    return Arrays.equals(x, other.x)
        && Arrays.equals(y, other.y)
        && Arrays.equals(z, other.z)
        && Arrays.equals(w, other.w)
        && Double.compare(sum, other.sum) == 0;
  }

  private void run(int step) {
    switch (step) {
      case 0 -> kernels.gemmPacked(M, z, 3, K, packed, w, 0, N, true, scratch);
      case 1 -> kernels.gemmPacked(1, z, 3, K, packed, w, 0, N, false, scratch);
      case 2 -> productWithZeros();
      case 3 -> kernels.gemmTransposedAPacked(K, M, z, 3, M, packed, w, 0, N, true, scratch);
      case 4 -> repack();
      case 5 -> repackTransposed();
      case 6 -> sum = kernels.dot(REST, y, 1, z, 2);
      case 7 -> kernels.axpy(REST, 0.3f, x, 1, y, 2);
      case 8 -> kernels.add(REST, x, 1, y, 2);
      case 9 -> kernels.addPair(REST, x, 1, y, 2, z, 3, w, 4);
      case 10 -> kernels.multiply(REST, x, 1, y, 2);
      case 11 -> kernels.scale(REST, 0.3f, x, 1);
      case 12 -> kernels.relu(REST, x, 1);
      case 13 -> kernels.leakyRelu(REST, 0.01f, x, 1);
      case 14 -> kernels.exp(REST, x, 1, y, 2);
      case 15 -> kernels.log(REST, x, 1, y, 2);
      case 16 -> kernels.sigmoid(REST, x, 1, y, 2);
      case 17 -> kernels.tanh(REST, x, 1, y, 2);
      case 18 -> kernels.softplus(REST, x, 1, y, 2);
      case 19 -> kernels.columnSums(M, REST, y, 1, N, w, 0);
      case 20 -> kernels.transpose(M, REST, y, 0, N, w, 0, M);
      case 21 -> sum = kernels.sumOfSquares(REST, y, 1);
      default -> runTraining(step);
    }
  }

  private void productWithZeros() {
    kernels.gemmPacked(1, x, 0, K, packed, w, 0, N, true, scratch);
    kernels.gemmPacked(1, rectified, 0, DEEP, deep, w, N, DEEP_COLUMNS, true, scratch);
  }

  private void repack() {
    kernels.repack(1, 1, z, 5, N, packed);
    kernels.gemmPacked(1, z, 3, K, packed, w, 0, N, false, scratch);
  }

  private void repackTransposed() {
    kernels.repackTransposed(REST, REST, z, 5, K, packed);
    kernels.gemmPacked(1, z, 3, K, packed, w, 0, N, false, scratch);
  }

  private void runTraining(int step) {
    switch (step) {
      case 22 -> kernels.reluBackward(REST, x, 1, y, 2);
      case 23 -> kernels.leakyReluBackward(REST, 0.01f, x, 1, y, 2);
      case 24 -> kernels.sigmoidBackward(REST, x, 1, y, 2);
      case 25 -> kernels.tanhBackward(REST, x, 1, y, 2);
      case 26 -> kernels.sgdStep(REST, w, 0, y, 1, x, 20, 0.1f, 0.9f, 0.01f);
      case 27 ->
          kernels.adamStep(
              REST, w, 0, y, 1, x, 20, z, 3, 1e-3f, 1.5f, 0.9f, 0.999f, 1e-8f, 0.01f, 1e-4f);
      case 28 -> kernels.gather(3, ROWS, 1, WIDE, pages, 2, w, 0, N);
      case 29 -> kernels.gatherWidened(3, ROWS, 1, WIDE, halfPages, 2, w, 0, N);
      case 30 -> kernels.addWidened(REST, halves, 1, y, 2);
      case 31 -> kernels.roundToBfloat16(REST, x, 1);
      case 32 -> kernels.gemm(1, N, K, z, 3, K, y, 0, N, w, 0, N, true);
      case 33 -> kernels.gemm(M, N, K, z, 3, K, y, 0, N, w, 0, N, true);
      case 34 -> kernels.gemmTransposedA(K, N, M, z, 3, M, y, 0, N, w, 0, N, false);
      default -> throw new AssertionError(step);
    }
  }
}
