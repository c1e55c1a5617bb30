package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.FLOATS;
import static dev.discount.core.internal.kernel.panama.Lanes.MANY_REGISTERS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;

import dev.discount.core.internal.kernel.CacheLines;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.PackedMatrix;
import jdk.incubator.vector.FloatVector;

/**
 * A matrix cut into panels of {@link #WIDTH} columns, each row of a panel contiguous and each panel
 * after the other; the last one is filled up with zeros.
 *
 * @param rows the number of rows
 * @param columns the number of columns, padded
 * @param first the place of the first panel
 * @param values the panels from there on, shape {@code [panels, rows, WIDTH]}
 */
record Panels(int rows, int columns, int first, float[] values) implements PackedMatrix {

  /** Columns of a panel: four vectors, the width of the widest tile. */
  static final int WIDTH = 4 * N;

  /** Rows of a panel that are read at a time, so that they stay in the first cache. */
  private static final int BLOCK = 128;

  /** Up to so many rows of A, a panel is read once or twice, and blocks of it are of no use. */
  private static final int ROWS_OF_ONE_PASS = 8;

  /** A row is taken as sparse if at least one of so many factors is 0, and if it has none. */
  private static final int DENSE_PART = 8;

  /** Makes panels of zeros for one product. */
  static Panels passing(int k, int n) {
    return new Panels(k, n, 0, new float[floats(k, n)]);
  }

  /** Makes panels of zeros for many products, in lines of the cache. */
  static Panels lasting(int k, int n) {
    return new Panels(k, n, CacheLines.LEAD_FLOATS, CacheLines.newFloats(floats(k, n)));
  }

  private static int floats(int k, int n) {
    int count = (n + WIDTH - 1) / WIDTH;
    return Math.multiplyExact(Math.multiplyExact(count, k), WIDTH);
  }

  /** Replaces rows by those of {@code b}, shape {@code [count, columns]}. */
  void setRows(int from, int count, float[] b, int bOff, int ldb) {
    for (int j = 0; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      int at = first + j * rows + from * WIDTH;
      if (width == WIDTH) {
        copyRows(count, b, bOff + j, ldb, values, at);
        continue;
      }
      for (int p = 0; p < count; p++) {
        System.arraycopy(b, bOff + p * ldb + j, values, at + p * WIDTH, width);
      }
    }
  }

  /** Copies rows of four vectors into a panel. */
  private static void copyRows(int count, float[] b, int bOff, int ldb, float[] panel, int at) {
    for (int p = 0; p < count; p++) {
      int from = bOff + p * ldb;
      int to = at + p * WIDTH;
      FloatVector v0 = FLOATS.cast(FloatVector.fromArray(F, b, from));
      FloatVector v1 = FLOATS.cast(FloatVector.fromArray(F, b, from + N));
      FloatVector v2 = FLOATS.cast(FloatVector.fromArray(F, b, from + 2 * N));
      FloatVector v3 = FLOATS.cast(FloatVector.fromArray(F, b, from + 3 * N));
      v0.intoArray(panel, to);
      v1.intoArray(panel, to + N);
      v2.intoArray(panel, to + 2 * N);
      v3.intoArray(panel, to + 3 * N);
    }
  }

  /** Replaces columns by the rows of {@code b}, shape {@code [count, rows]}. */
  void setColumns(int from, int count, float[] b, int bOff, int ldb, Kernels kernels) {
    int done = 0;
    while (done < count) {
      int column = from + done;
      int run = Math.min(WIDTH - column % WIDTH, count - done);
      int at = first + column / WIDTH * WIDTH * rows + column % WIDTH;
      kernels.transpose(run, rows, b, bOff + done * ldb, ldb, values, at, WIDTH);
      done += run;
    }
  }

  /** Computes {@code C (+)= A * this}. */
  void multiply(
      int m, float[] a, int aOff, int lda, float[] c, int cOff, int ldc, boolean accumulate) {
    if (m == 1) {
      singleRow(a, aOff, c, cOff, accumulate);
      return;
    }
    int block = m <= ROWS_OF_ONE_PASS ? Math.max(1, rows) : BLOCK;
    for (int j = 0; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      int p = 0;
      do {
        int k = Math.min(block, rows - p);
        int at = first + j * rows + p * WIDTH;
        boolean add = accumulate || p > 0;
        rowPanel(m, width, k, a, aOff + p, lda, values, at, c, cOff + j, ldc, add);
        p += k;
      } while (p < rows);
    }
  }

  /** Computes {@code C (+)= Aᵀ * this} over the first m rows of both, C of k rows. */
  void multiplyTransposed(
      int m,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate) {
    for (int j = 0; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      int p = 0;
      do {
        int depth = Math.min(BLOCK, m - p);
        int at = first + j * rows + p * WIDTH;
        boolean add = accumulate || p > 0;
        columnPanel(k, width, depth, a, aOff + p * lda, lda, values, at, c, cOff + j, ldc, add);
        p += depth;
      } while (p < m);
    }
  }

  private void singleRow(float[] a, int aOff, float[] c, int cOff, boolean accumulate) {
    int p = 0;
    do {
      int k = Math.min(Long.SIZE, rows - p);
      long factors = SparseTiles.nonZero(k, a, aOff + p);
      boolean add = accumulate || p > 0;
      boolean sparse = (k - Long.bitCount(factors)) * DENSE_PART >= k;
      int j = 0;
      for (; j + WIDTH <= columns; j += WIDTH) {
        int at = first + j * rows + p * WIDTH;
        if (sparse) {
          SparseTiles.row1x4(factors, k, a, aOff + p, values, at, c, cOff + j, add);
        } else {
          RowTiles.row1x4(k, a, aOff + p, values, at, WIDTH, c, cOff + j, add);
        }
      }
      int last = first + j * rows + p * WIDTH;
      for (int v = 0; j + v < columns; v += N) {
        int to = cOff + j + v;
        if (sparse) {
          SparseTiles.row1x1(factors, k, a, aOff + p, values, last + v, c, to, add);
        } else {
          RowTiles.row1x1(k, a, aOff + p, values, last + v, WIDTH, c, to, add);
        }
      }
      p += k;
    } while (p < rows);
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

  /** Computes the columns of one panel, A read along its rows. */
  private static void rowPanel(
      int m,
      int width,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate) {
    if (MANY_REGISTERS && width == WIDTH) {
      fourRows(0, m, 4, k, a, aOff, lda, b, bOff, c, cOff, ldc, accumulate);
      return;
    }
    int j = 0;
    for (; j + 2 * N <= width; j += 2 * N) {
      fourRows(0, m, 2, k, a, aOff, lda, b, bOff + j, c, cOff + j, ldc, accumulate);
    }
    if (j < width) {
      int i = 0;
      for (; i + 8 <= m; i += 8) {
        int to = cOff + i * ldc + j;
        RowTiles.rows8x1(k, a, aOff + i * lda, lda, b, bOff + j, c, to, ldc, accumulate);
      }
      fourRows(i, m, 1, k, a, aOff, lda, b, bOff + j, c, cOff + j, ldc, accumulate);
    }
  }

  /** Computes rows i to m by four, and 1, 2 or 4 vectors; a last row is repeated to fill four. */
  private static void fourRows(
      int i,
      int m,
      int vectors,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] c,
      int cOff,
      int ldc,
      boolean add) {
    for (; i < m; i += 4) {
      int i1 = Math.min(i + 1, m - 1);
      int i2 = Math.min(i + 2, m - 1);
      int i3 = Math.min(i + 3, m - 1);
      int a0 = aOff + i * lda;
      int a1 = aOff + i1 * lda;
      int a2 = aOff + i2 * lda;
      int a3 = aOff + i3 * lda;
      int c0 = cOff + i * ldc;
      int c1 = cOff + i1 * ldc;
      int c2 = cOff + i2 * ldc;
      int c3 = cOff + i3 * ldc;
      switch (vectors) {
        case 4 -> RowTiles.rows4x4(k, a, a0, a1, a2, a3, b, bOff, c, c0, c1, c2, c3, add);
        case 2 -> RowTiles.rows4x2(k, a, a0, a1, a2, a3, b, bOff, c, c0, c1, c2, c3, add);
        default -> RowTiles.rows4x1(k, a, a0, a1, a2, a3, b, bOff, c, c0, c1, c2, c3, add);
      }
    }
  }

  /** Computes the columns of one panel, A read down its columns, lda apart. */
  private static void columnPanel(
      int m,
      int width,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] c,
      int cOff,
      int ldc,
      boolean add) {
    int fours = MANY_REGISTERS && width == WIDTH ? m & -4 : 0;
    for (int i = 0; i < fours; i += 4) {
      ColumnTiles.columns4x4(k, a, aOff + i, lda, b, bOff, c, cOff + i * ldc, ldc, add);
    }
    int j = 0;
    for (; j + 2 * N <= width; j += 2 * N) {
      int i = fours;
      for (; MANY_REGISTERS && i + 8 <= m; i += 8) {
        int to = cOff + i * ldc + j;
        ColumnTiles.columns8x2(k, a, aOff + i, lda, b, bOff + j, c, to, ldc, add);
      }
      fourColumns(i, m, 2, k, a, aOff, lda, b, bOff + j, c, cOff + j, ldc, add);
    }
    if (j < width) {
      int i = 0;
      for (; i + 8 <= m; i += 8) {
        int to = cOff + i * ldc + j;
        ColumnTiles.columns8x1(k, a, aOff + i, lda, b, bOff + j, c, to, ldc, add);
      }
      fourColumns(i, m, 1, k, a, aOff, lda, b, bOff + j, c, cOff + j, ldc, add);
    }
  }

  /** Computes rows i to m of C by four, and 1 or 2 vectors; a last row is repeated to fill four. */
  private static void fourColumns(
      int i,
      int m,
      int vectors,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] c,
      int cOff,
      int ldc,
      boolean add) {
    for (; i < m; i += 4) {
      int i1 = Math.min(i + 1, m - 1);
      int i2 = Math.min(i + 2, m - 1);
      int i3 = Math.min(i + 3, m - 1);
      int a0 = aOff + i;
      int a1 = aOff + i1;
      int a2 = aOff + i2;
      int a3 = aOff + i3;
      int c0 = cOff + i * ldc;
      int c1 = cOff + i1 * ldc;
      int c2 = cOff + i2 * ldc;
      int c3 = cOff + i3 * ldc;
      if (vectors == 2) {
        ColumnTiles.columns4x2(k, a, a0, a1, a2, a3, lda, b, bOff, c, c0, c1, c2, c3, add);
      } else {
        ColumnTiles.columns4x1(k, a, a0, a1, a2, a3, lda, b, bOff, c, c0, c1, c2, c3, add);
      }
    }
  }
}
