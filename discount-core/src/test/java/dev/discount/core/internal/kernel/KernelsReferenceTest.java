package dev.discount.core.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/**
 * The scalar kernels, whose bits are those of every twin, against EJML and loops in double
 * precision. Sums are held to the bound {@code n u / (1 - n u) * sum |a b|}, u = 2^-24 (Higham,
 * Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.1), doubled where a product
 * may be rounded on its own.
 */
class KernelsReferenceTest {

  private static final Kernels KERNELS = KernelsProvider.scalar();

  private static double bound(int n, double sizes) {
    double u = (Numerics.FMA ? 1 : 2) * 0x1p-24;
    return n * u / (1 - n * u) * sizes + Float.MIN_VALUE;
  }

  private static SimpleMatrix matrix(int rows, int columns, float[] values) {
    SimpleMatrix out = new SimpleMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out.set(i, j, values[i * columns + j]);
      }
    }
    return out;
  }

  private static SimpleMatrix sizes(SimpleMatrix a) {
    return a.elementOp((org.ejml.simple.SimpleOperations.ElementOpReal) (i, j, v) -> Math.abs(v));
  }

  private static void assertClose(int k, SimpleMatrix exact, SimpleMatrix sizes, float[] got) {
    for (int i = 0; i < exact.getNumRows(); i++) {
      for (int j = 0; j < exact.getNumCols(); j++) {
        float value = got[i * exact.getNumCols() + j];
        double error = Math.abs(value - exact.get(i, j));
        assertTrue(error <= bound(k, sizes.get(i, j)), "error " + error + " at " + i + ", " + j);
      }
    }
  }

  @Test
  void gemm_manyShapes_withinBoundOfEjml() {
    for (int[] shape : new int[][] {{1, 16, 1}, {5, 48, 7}, {8, 128, 128}, {3, 16, 300}}) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      float[] a = TestArrays.ordinary(m * k, 1);
      float[] b = TestArrays.ordinary(k * n, 2);
      float[] c = new float[m * n];
      KERNELS.gemm(m, n, k, a, 0, k, b, 0, n, c, 0, n, false);
      SimpleMatrix exact = matrix(m, k, a).mult(matrix(k, n, b));
      assertClose(k, exact, sizes(matrix(m, k, a)).mult(sizes(matrix(k, n, b))), c);
    }
  }

  @Test
  void gemmTransposedA_andAccumulate_withinBoundOfEjml() {
    int m = 37;
    int n = 32;
    int k = 9;
    float[] a = TestArrays.ordinary(m * k, 3);
    float[] b = TestArrays.ordinary(m * n, 4);
    float[] c = TestArrays.ordinary(k * n, 5);
    SimpleMatrix old = matrix(k, n, c);
    KERNELS.gemmTransposedA(m, n, k, a, 0, k, b, 0, n, c, 0, n, true);
    SimpleMatrix at = matrix(m, k, a).transpose();
    SimpleMatrix exact = old.plus(at.mult(matrix(m, n, b)));
    SimpleMatrix size = sizes(old).plus(sizes(at).mult(sizes(matrix(m, n, b))));
    assertClose(m + 1, exact, size, c);
  }

  @Test
  void dotAndSumOfSquares_withinBoundOfDouble() {
    for (int n : new int[] {0, 1, 15, 16, 17, 100, 1000, 10_000}) {
      float[] a = TestArrays.ordinary(n, 6);
      float[] b = TestArrays.ordinary(n, 7);
      double dot = 0;
      double sizes = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        dot += (double) a[i] * b[i];
        sizes += Math.abs((double) a[i] * b[i]);
        squares += (double) a[i] * a[i];
      }
      assertTrue(Math.abs(KERNELS.dot(n, a, 0, b, 0) - dot) <= bound(n, sizes));
      assertTrue(Math.abs(KERNELS.sumOfSquares(n, a, 0) - squares) <= bound(n, squares));
    }
  }

  @Test
  void dot_followsTheStatedTree() {
    float[] a = TestArrays.ordinary(37, 8);
    float[] b = TestArrays.ordinary(37, 9);
    float[] t = new float[16];
    for (int i = 0; i < 32; i++) {
      t[i % 16] = Numerics.fma(a[i], b[i], t[i % 16]);
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        t[l] += t[l + half];
      }
    }
    float sum = t[0];
    for (int i = 32; i < 37; i++) {
      sum = Numerics.fma(a[i], b[i], sum);
    }
    assertEquals(sum, KERNELS.dot(37, a, 0, b, 0));
  }

  @Test
  void gemm_isOneChainAnElement() {
    float[] a = TestArrays.ordinary(131, 10);
    float[] b = TestArrays.ordinary(131 * 16, 11);
    float[] c = new float[16];
    KERNELS.gemm(1, 16, 131, a, 0, 131, b, 0, 16, c, 0, 16, false);
    for (int j = 0; j < 16; j++) {
      float sum = 0;
      for (int p = 0; p < 131; p++) {
        sum = Numerics.fma(a[p], b[p * 16 + j], sum);
      }
      assertEquals(sum, c[j]);
    }
  }

  @Test
  void lanewise_knownValues() {
    float[] y = {-2f, -0f, 0f, 3f, Float.NaN};
    KERNELS.relu(5, y, 0);
    assertArrayEquals(new float[] {0f, 0f, 0f, 3f, Float.NaN}, y);
    float[] dy = {5f, 5f, 5f, 5f, 5f};
    KERNELS.reluBackward(5, y, 0, dy, 0);
    assertArrayEquals(new float[] {0f, 0f, 0f, 5f, 0f}, dy);
    float[] leaky = {-2f, -0f, 0f, 3f, Float.NaN, Float.NEGATIVE_INFINITY};
    KERNELS.leakyRelu(6, 0.5f, leaky, 0);
    assertArrayEquals(new float[] {-1f, -0f, 0f, 3f, Float.NaN, Float.NEGATIVE_INFINITY}, leaky);
    float[] back = {8f, 8f, 8f, 8f, 8f, 8f};
    KERNELS.leakyReluBackward(6, 0.5f, leaky, 0, back, 0);
    assertArrayEquals(new float[] {4f, 4f, 4f, 8f, 4f, 4f}, back);
    float[] x = {1f, 2f};
    float[] sum = {10f, 20f};
    KERNELS.axpy(2, 3f, x, 0, sum, 0);
    KERNELS.add(2, x, 0, sum, 0);
    KERNELS.multiply(2, x, 0, sum, 0);
    KERNELS.scale(2, 0.5f, sum, 0);
    assertArrayEquals(new float[] {7f, 28f}, sum);
    float[] columns = {1f, 1f};
    KERNELS.columnSums(2, 2, new float[] {1f, 2f, 3f, 4f}, 0, 2, columns, 0);
    assertArrayEquals(new float[] {5f, 7f}, columns);
    float[] turned = new float[6];
    KERNELS.transpose(2, 3, new float[] {1f, 2f, 3f, 4f, 5f, 6f}, 0, 3, turned, 0, 2);
    assertArrayEquals(new float[] {1f, 4f, 2f, 5f, 3f, 6f}, turned);
  }

  @Test
  void derivatives_matchTheirFormulas() {
    float[] s = {0.25f};
    float[] ds = {2f};
    KERNELS.sigmoidBackward(1, s, 0, ds, 0);
    assertEquals(2f * 0.25f * 0.75f, ds[0]);
    float[] dt = {2f};
    KERNELS.tanhBackward(1, new float[] {0.5f}, 0, dt, 0);
    assertEquals(1.5f, dt[0]);
  }

  @Test
  void sgdStep_threeSteps_matchDouble() {
    float[] w = {1f};
    float[] v = {0f};
    double exactW = 1;
    double exactV = 0;
    for (int step = 0; step < 3; step++) {
      float g = 0.5f - step;
      KERNELS.sgdStep(1, w, 0, new float[] {g}, 0, v, 0, 0.1f, 0.9f, 0.01f);
      exactV = 0.9f * exactV + (g + 0.01f * exactW);
      exactW -= 0.1f * exactV;
      assertEquals(exactV, v[0], 4 * 0x1p-24);
      assertEquals(exactW, w[0], 4 * 0x1p-24);
    }
  }

  @Test
  void adamStep_threeSteps_matchDouble() {
    float[] w = {1f};
    float[] m = {0f};
    float[] v = {0f};
    double[] exact = {1, 0, 0};
    for (int t = 1; t <= 3; t++) {
      float g = 0.5f - 0.3f * t;
      float stepSize = (float) (0.01 / (1 - StrictMath.pow(0.9, t)));
      float correction = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(0.999, t)));
      KERNELS.adamStep(
          1,
          w,
          0,
          new float[] {g},
          0,
          m,
          0,
          v,
          0,
          stepSize,
          correction,
          0.9f,
          0.999f,
          1e-8f,
          0.01f,
          1e-3f);
      double slope = g + 0.01f * exact[0];
      exact[1] = 0.9f * exact[1] + (1 - 0.9f) * slope;
      exact[2] = 0.999f * exact[2] + (1 - 0.999f) * slope * slope;
      double ratio = exact[1] / (Math.sqrt(exact[2]) * correction + 1e-8f);
      exact[0] = exact[0] - 1e-3f * exact[0] - stepSize * ratio;
      assertEquals(exact[1], m[0], 4 * 0x1p-24 * Math.abs(exact[1]));
      assertEquals(exact[2], v[0], 8 * 0x1p-24 * exact[2]);
      assertEquals(exact[0], w[0], 4 * 0x1p-24);
    }
  }
}
