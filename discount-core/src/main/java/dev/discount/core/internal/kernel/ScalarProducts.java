package dev.discount.core.internal.kernel;

import java.util.Arrays;

/** Matrix products in plain Java, in a form that HotSpot compiles to vector instructions. */
final class ScalarProducts {

  /*
   * HotSpot vectorises a loop whose arrays are all read and written at the same index; at different
   * offsets they might overlap, and it does not. So rows of B stand in arrays of their own, rows of
   * C are copied into scratch rows and back, and every inner loop runs over whole arrays by one
   * index. Four rows of B and two of C a pass keep loads and stores below the work; the chain of
   * every element runs over p in rising order all the same.
   */

  private ScalarProducts() {}

  /** A matrix with every row in an array of its own. */
  record RowMatrix(int rows, int columns, float[][] values) implements PackedMatrix {}

  /** Computes {@code C (+)= A * B} for a few rows from B as it stands, allocating nothing. */
  static void multiplyFew(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int ldb,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate) {
    for (int i = 0; i < m; i++) {
      int to = cOff + i * ldc;
      if (!accumulate) {
        Arrays.fill(c, to, to + n, 0f);
      }
      for (int p = 0; p < k; p++) {
        float x = a[aOff + i * lda + p];
        int from = bOff + p * ldb;
        for (int j = 0; j < n; j++) {
          c[to + j] = Numerics.fma(x, b[from + j], c[to + j]);
        }
      }
    }
  }

  /**
   * Computes {@code C (+)= A * B} for B given by its rows, two rows of C at a time; element (i, p)
   * of A stands at {@code aOff + i * rowStep + p * step}.
   */
  static void block(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int rowStep,
      int step,
      float[][] b,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate,
      float[][] scratch) {
    float[] y = scratch[0];
    float[] z = scratch[1];
    int i = 0;
    for (; i < m - 1; i += 2) {
      int co = cOff + i * ldc;
      load(n, c, co, accumulate, y);
      load(n, c, co + ldc, accumulate, z);
      twoRows(n, k, a, aOff + i * rowStep, aOff + (i + 1) * rowStep, step, b, y, z);
      System.arraycopy(y, 0, c, co, n);
      System.arraycopy(z, 0, c, co + ldc, n);
    }
    if (i < m) {
      int co = cOff + i * ldc;
      load(n, c, co, accumulate, y);
      oneRow(n, k, a, aOff + i * rowStep, step, b, y);
      System.arraycopy(y, 0, c, co, n);
    }
  }

  private static void load(int n, float[] c, int cOff, boolean accumulate, float[] y) {
    if (accumulate) {
      System.arraycopy(c, cOff, y, 0, n);
    } else {
      Arrays.fill(y, 0, n, 0f);
    }
  }

  private static void twoRows(
      int n, int k, float[] a, int a0, int a1, int step, float[][] b, float[] y, float[] z) {
    int p = 0;
    for (; p <= k - 4; p += 4) {
      int i = a0 + p * step;
      int j = a1 + p * step;
      fourByTwo(
          n,
          b[p],
          b[p + 1],
          b[p + 2],
          b[p + 3],
          a[i],
          a[i + step],
          a[i + 2 * step],
          a[i + 3 * step],
          y,
          a[j],
          a[j + step],
          a[j + 2 * step],
          a[j + 3 * step],
          z);
    }
    for (; p < k; p++) {
      one(n, b[p], a[a0 + p * step], y);
      one(n, b[p], a[a1 + p * step], z);
    }
  }

  private static void oneRow(int n, int k, float[] a, int a0, int step, float[][] b, float[] y) {
    int p = 0;
    for (; p <= k - 4; p += 4) {
      int i = a0 + p * step;
      four(
          n,
          b[p],
          b[p + 1],
          b[p + 2],
          b[p + 3],
          a[i],
          a[i + step],
          a[i + 2 * step],
          a[i + 3 * step],
          y);
    }
    for (; p < k; p++) {
      one(n, b[p], a[a0 + p * step], y);
    }
  }

  private static void fourByTwo(
      int n,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float y0,
      float y1,
      float y2,
      float y3,
      float[] y,
      float z0,
      float z1,
      float z2,
      float z3,
      float[] z) {
    for (int j = 0; j < n; j++) {
      float w0 = b0[j];
      float w1 = b1[j];
      float w2 = b2[j];
      float w3 = b3[j];
      float s = Numerics.fma(y1, w1, Numerics.fma(y0, w0, y[j]));
      float t = Numerics.fma(z1, w1, Numerics.fma(z0, w0, z[j]));
      y[j] = Numerics.fma(y3, w3, Numerics.fma(y2, w2, s));
      z[j] = Numerics.fma(z3, w3, Numerics.fma(z2, w2, t));
    }
  }

  private static void four(
      int n,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float y0,
      float y1,
      float y2,
      float y3,
      float[] y) {
    for (int j = 0; j < n; j++) {
      float s = Numerics.fma(y1, b1[j], Numerics.fma(y0, b0[j], y[j]));
      y[j] = Numerics.fma(y3, b3[j], Numerics.fma(y2, b2[j], s));
    }
  }

  private static void one(int n, float[] b, float x, float[] y) {
    for (int j = 0; j < n; j++) {
      y[j] = Numerics.fma(x, b[j], y[j]);
    }
  }
}
