package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.MANY_REGISTERS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;

import dev.discount.core.internal.kernel.PackedMatrix;
import java.util.Arrays;

/**
 * A matrix cut into panels of {@link #WIDTH} columns, each row of a panel contiguous and each panel
 * after the other; the last one is filled up with zeros. Immutable once made.
 *
 * @param rows the number of rows
 * @param columns the number of columns, padded
 * @param values the panels, shape {@code [panels, rows, WIDTH]}
 */
record Panels(int rows, int columns, float[] values) implements PackedMatrix {

  /** Columns of a panel: four vectors, the width of the widest tile. */
  static final int WIDTH = 4 * N;

  /** Rows that are packed at a time where B is not packed beforehand: they fit the first cache. */
  private static final int BLOCK = 128;

  /** Packs a whole matrix. */
  static Panels of(int k, int n, float[] b, int bOff, int ldb) {
    int count = (n + WIDTH - 1) / WIDTH;
    float[] values = new float[Math.multiplyExact(Math.multiplyExact(count, k), WIDTH)];
    for (int q = 0; q < count; q++) {
      int width = Math.min(WIDTH, n - q * WIDTH);
      copy(k, width, b, bOff + q * WIDTH, ldb, values, q * k * WIDTH);
    }
    return new Panels(k, n, values);
  }

  private static void copy(int k, int width, float[] b, int bOff, int ldb, float[] out, int at) {
    for (int p = 0; p < k; p++) {
      System.arraycopy(b, bOff + p * ldb, out, at + p * WIDTH, width);
    }
  }

  /** Computes {@code C (+)= A * this}. */
  void multiply(
      int m, float[] a, int aOff, int lda, float[] c, int cOff, int ldc, boolean accumulate) {
    if (m == 1) {
      singleRow(a, aOff, c, cOff, accumulate);
      return;
    }
    for (int j = 0; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      panel(m, width, rows, a, aOff, lda, 1, values, j * rows, c, cOff + j, ldc, accumulate);
    }
  }

  private void singleRow(float[] a, int aOff, float[] c, int cOff, boolean accumulate) {
    int j = 0;
    for (; j + WIDTH <= columns; j += WIDTH) {
      RowTiles.row1x4(rows, a, aOff, values, j * rows, WIDTH, c, cOff + j, accumulate);
    }
    int last = j * rows;
    for (int v = 0; j + v < columns; v += N) {
      RowTiles.row1x1(rows, a, aOff, values, last + v, WIDTH, c, cOff + j + v, accumulate);
    }
  }

  /**
   * Computes {@code C (+)= A * B} where element (i, p) of A stands at {@code i * rowStep + p *
   * step}, packing B block by block.
   */
  static void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int rowStep,
      int step,
      float[] b,
      int bOff,
      int ldb,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate) {
    if (k == 0 && !accumulate) {
      for (int i = 0; i < m; i++) {
        Arrays.fill(c, cOff + i * ldc, cOff + i * ldc + n, 0f);
      }
    }
    float[] block = new float[Math.min(k, BLOCK) * WIDTH];
    for (int p = 0; p < k; p += BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      boolean add = accumulate || p > 0;
      for (int j = 0; j < n; j += WIDTH) {
        int width = Math.min(WIDTH, n - j);
        copy(depth, width, b, bOff + p * ldb + j, ldb, block, 0);
        panel(m, width, depth, a, aOff + p * step, rowStep, step, block, 0, c, cOff + j, ldc, add);
      }
    }
  }

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
      int from = aOff + i * lda;
      int to = cOff + i * ldc;
      int j = 0;
      for (; j + WIDTH <= n; j += WIDTH) {
        RowTiles.row1x4(k, a, from, b, bOff + j, ldb, c, to + j, accumulate);
      }
      for (; j < n; j += N) {
        RowTiles.row1x1(k, a, from, b, bOff + j, ldb, c, to + j, accumulate);
      }
    }
  }

  /** Computes the columns of one panel. */
  private static void panel(
      int m,
      int width,
      int k,
      float[] a,
      int aOff,
      int rowStep,
      int step,
      float[] b,
      int bOff,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate) {
    int last = m - 1;
    for (int i = 0; i < m; i += 4) {
      int i1 = Math.min(i + 1, last);
      int i2 = Math.min(i + 2, last);
      int i3 = Math.min(i + 3, last);
      int a0 = aOff + i * rowStep;
      int a1 = aOff + i1 * rowStep;
      int a2 = aOff + i2 * rowStep;
      int a3 = aOff + i3 * rowStep;
      int c0 = cOff + i * ldc;
      int c1 = cOff + i1 * ldc;
      int c2 = cOff + i2 * ldc;
      int c3 = cOff + i3 * ldc;
      boolean wide = MANY_REGISTERS && width == WIDTH;
      if (wide && step == 1) {
        RowTiles.rows4x4(k, a, a0, a1, a2, a3, b, bOff, c, c0, c1, c2, c3, accumulate);
      } else if (wide && rowStep == 1 && i3 == i + 3) {
        ColumnTiles.columns4x4(k, a, a0, step, b, bOff, c, c0, c1, c2, c3, accumulate);
      } else {
        narrow(k, width, a, a0, a1, a2, a3, step, b, bOff, c, c0, c1, c2, c3, accumulate);
      }
    }
  }

  /** Computes four rows of a panel by tiles of two vectors and, for an odd last one, one. */
  private static void narrow(
      int k,
      int width,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int step,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int c1,
      int c2,
      int c3,
      boolean accumulate) {
    int j = 0;
    for (; j + 2 * N <= width; j += 2 * N) {
      if (step == 1) {
        RowTiles.rows4x2(
            k, a, a0, a1, a2, a3, b, bOff + j, c, c0 + j, c1 + j, c2 + j, c3 + j, accumulate);
      } else {
        ColumnTiles.columns4x2(
            k, a, a0, a1, a2, a3, step, b, bOff + j, c, c0 + j, c1 + j, c2 + j, c3 + j, accumulate);
      }
    }
    if (j < width) {
      ColumnTiles.columns4x1(
          k, a, a0, a1, a2, a3, step, b, bOff + j, c, c0 + j, c1 + j, c2 + j, c3 + j, accumulate);
    }
  }
}
