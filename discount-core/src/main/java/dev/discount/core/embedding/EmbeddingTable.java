package dev.discount.core.embedding;

import dev.discount.core.internal.kernel.CacheLines;
import dev.discount.core.internal.kernel.Numerics;
import java.util.Objects;

/**
 * A table of vectors, one for each row, of up to hundreds of millions of rows: what a network has
 * learnt about each customer or item. Rows lie one after the other in pages; no row is split
 * between two. Numbers are float32, or bfloat16 to take half the memory: what is written to such a
 * table is rounded to the nearest bfloat16, ties to even, and reads back exactly.
 *
 * <p>Any number of threads may read while none writes; writing different rows from different
 * threads is safe.
 */
public final class EmbeddingTable {

  /*
   * Pages of 256 MiB, of which the heap may waste the better part of a region, at most 32 MiB each.
   * Rows begin where they do not cross cache lines (CacheLines).
   */
  private static final int PAGE_FLOATS = 1 << 26;

  private final TablePaging paging;
  private final TablePrecision precision;
  private final int lead;

  /* One of the two has the table's pages, the other none. */
  private final float[][] floats;
  private final short[][] bfloats;

  /**
   * Makes a float32 table of zeros.
   *
   * @param rows the number of rows, at least 1
   * @param width the numbers of a row, at least 1
   */
  public EmbeddingTable(long rows, int width) {
    this(rows, width, TablePrecision.FLOAT32);
  }

  /**
   * Makes a table of zeros.
   *
   * @param rows the number of rows, at least 1
   * @param width the numbers of a row, at least 1
   * @param precision how the table holds its numbers
   */
  public EmbeddingTable(long rows, int width, TablePrecision precision) {
    this(rows, width, precision, PAGE_FLOATS);
  }

  /** Makes a table whose pages hold at most a number of floats, or one row if that is longer. */
  EmbeddingTable(long rows, int width, TablePrecision precision, int pageFloats) {
    this.paging = new TablePaging(rows, width, pageFloats);
    this.precision = precision;
    boolean wide = precision == TablePrecision.FLOAT32;
    this.lead = wide ? CacheLines.LEAD_FLOATS : CacheLines.LEAD_SHORTS;
    this.floats = new float[wide ? paging.pages() : 0][];
    this.bfloats = new short[wide ? 0 : paging.pages()][];
    for (int page = 0; page < paging.pages(); page++) {
      int length = paging.rowsOf(page) * width;
      if (wide) {
        floats[page] = new float[Math.addExact(CacheLines.LEAD_FLOATS, length)];
      } else {
        bfloats[page] = new short[Math.addExact(CacheLines.LEAD_SHORTS, length)];
      }
    }
  }

  /** Returns the number of rows. */
  public long rows() {
    return paging.rows();
  }

  /** Returns how the table holds its numbers. */
  public TablePrecision precision() {
    return precision;
  }

  /** Returns the numbers of a row. */
  public int width() {
    return paging.width();
  }

  /** Returns the number of pages. */
  public int pages() {
    return paging.pages();
  }

  /** Returns the number of rows of every page but the last: a power of two. */
  public int rowsPerPage() {
    return paging.rowsPerPage();
  }

  /**
   * Returns the page of a float32 table that holds a row: the live array, for kernels that read or
   * write in place. A row stands at {@link #offset}, the next row of the page right after it.
   *
   * @param row the row's index, in [0, rows)
   * @throws IllegalStateException if the table is not float32
   */
  public float[] page(long row) {
    Objects.checkIndex(row, paging.rows());
    if (floats.length == 0) {
      throw new IllegalStateException("precision must be FLOAT32, got " + precision);
    }
    return floats[paging.page(row)];
  }

  /**
   * Returns the page of a bfloat16 table that holds a row, as {@link #page} does: the live array,
   * each number the upper half of a float32.
   *
   * @param row the row's index, in [0, rows)
   * @throws IllegalStateException if the table is not bfloat16
   */
  public short[] bfloatPage(long row) {
    Objects.checkIndex(row, paging.rows());
    if (bfloats.length == 0) {
      throw new IllegalStateException("precision must be BFLOAT16, got " + precision);
    }
    return bfloats[paging.page(row)];
  }

  /**
   * Returns all pages of a float32 table, for kernels that read many rows: the live arrays, in the
   * order of their rows; empty if the table is not float32.
   */
  public float[][] floatPages() {
    return floats;
  }

  /** Returns all pages of a bfloat16 table, as {@link #floatPages} does those of a float32 one. */
  public short[][] bfloatPages() {
    return bfloats;
  }

  /**
   * Returns the place of a row's first number in {@link #page} or {@link #bfloatPage}.
   *
   * @param row the row's index, in [0, rows)
   */
  public int offset(long row) {
    return lead + paging.offset(row);
  }

  /**
   * Copies rows of the table into rows of a matrix.
   *
   * @param rows the table's rows to copy, each in [0, rows)
   * @param from the first element of {@code rows} to use
   * @param count the number of elements of {@code rows} to use
   * @param stride the distance between two rows of {@code out}, at least the width
   * @param outOffset the place of the first row in {@code out}
   * @param out the matrix; row {@code i} starts at {@code outOffset + i * stride}, and only the
   *     first {@code width} floats of it are written
   */
  public void gatherInto(int[] rows, int from, int count, int stride, int outOffset, float[] out) {
    Objects.checkFromIndexSize(from, count, rows.length);
    if (stride < width()) {
      throw new IllegalArgumentException("stride must be >= width=" + width() + ", got " + stride);
    }
    int at = outOffset;
    for (int i = 0; i < count; i++) {
      rowInto(rows[from + i], at, out);
      at += stride;
    }
  }

  /**
   * Copies one row.
   *
   * @param row the row's index, in [0, rows)
   * @param outOffset the place of the row's first float in {@code out}
   * @param out receives {@code width} floats
   */
  public void rowInto(long row, int outOffset, float[] out) {
    if (precision == TablePrecision.FLOAT32) {
      System.arraycopy(page(row), offset(row), out, outOffset, paging.width());
    } else {
      widen(bfloatPage(row), offset(row), out, outOffset, paging.width());
    }
  }

  /**
   * Replaces one row.
   *
   * @param row the row's index, in [0, rows)
   * @param values holds the new floats
   * @param valuesOffset the place of the first of {@code width} new floats
   */
  public void setRow(long row, float[] values, int valuesOffset) {
    if (precision == TablePrecision.FLOAT32) {
      System.arraycopy(values, valuesOffset, page(row), offset(row), paging.width());
    } else {
      narrow(values, valuesOffset, bfloatPage(row), offset(row), paging.width());
    }
  }

  /**
   * Copies a run of floats, counted row-major over the whole table, as a file holds them.
   *
   * @param from the first float, in [0, rows * width]
   * @param count the number of floats
   * @param out receives the floats from its start on
   */
  public void floatsInto(long from, int count, float[] out) {
    forEachRun(
        from,
        count,
        (page, at, done, run) -> {
          if (precision == TablePrecision.FLOAT32) {
            System.arraycopy(floats[page], at, out, done, run);
          } else {
            widen(bfloats[page], at, out, done, run);
          }
        });
  }

  /**
   * Replaces a run of floats, counted row-major over the whole table, as a file holds them.
   *
   * @param from the first float, in [0, rows * width]
   * @param count the number of floats
   * @param values holds the new floats from its start on
   */
  public void setFloats(long from, int count, float[] values) {
    forEachRun(
        from,
        count,
        (page, at, done, run) -> {
          if (precision == TablePrecision.FLOAT32) {
            System.arraycopy(values, done, floats[page], at, run);
          } else {
            narrow(values, done, bfloats[page], at, run);
          }
        });
  }

  private interface RunCopy {
    void copy(int page, int at, int done, int run);
  }

  private void forEachRun(long from, int count, RunCopy copy) {
    Objects.checkFromIndexSize(from, count, paging.rows() * paging.width());
    long pageFloats = (long) paging.rowsPerPage() * paging.width();
    int done = 0;
    while (done < count) {
      int page = (int) ((from + done) / pageFloats);
      int at = (int) ((from + done) % pageFloats);
      int run = Math.min(count - done, paging.rowsOf(page) * paging.width() - at);
      copy.copy(page, lead + at, done, run);
      done += run;
    }
  }

  private static void widen(short[] from, int at, float[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = Numerics.ofBfloat16(from[at + i]);
    }
  }

  private static void narrow(float[] from, int at, short[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = Numerics.bfloat16(from[at + i]);
    }
  }

  /**
   * Replaces every row by those of another table.
   *
   * @param other a table of the same rows, width, precision and page size
   */
  public void copyFrom(EmbeddingTable other) {
    if (other.rows() != rows()
        || other.width() != width()
        || other.precision != precision
        || other.rowsPerPage() != rowsPerPage()) {
      throw new IllegalArgumentException("other must be of shape " + this + ", got " + other);
    }
    for (int page = 0; page < floats.length; page++) {
      System.arraycopy(other.floats[page], 0, floats[page], 0, floats[page].length);
    }
    for (int page = 0; page < bfloats.length; page++) {
      System.arraycopy(other.bfloats[page], 0, bfloats[page], 0, bfloats[page].length);
    }
  }

  /** Returns a table of the same content that shares no memory with this one. */
  public EmbeddingTable copy() {
    return copy(precision);
  }

  /**
   * Returns a table of the same content, rounded if need be, that shares no memory with this one.
   *
   * @param newPrecision how the copy holds its numbers
   */
  public EmbeddingTable copy(TablePrecision newPrecision) {
    int pageFloats = Math.multiplyExact(rowsPerPage(), width());
    EmbeddingTable copy = new EmbeddingTable(rows(), width(), newPrecision, pageFloats);
    if (newPrecision == precision) {
      copy.copyFrom(this);
      return copy;
    }
    float[] row = new float[width()];
    for (long i = 0; i < rows(); i++) {
      rowInto(i, 0, row);
      copy.setRow(i, row, 0);
    }
    return copy;
  }

  @Override
  public String toString() {
    String suffix = precision == TablePrecision.FLOAT32 ? "" : " " + precision;
    return "EmbeddingTable[" + rows() + ", " + width() + "]" + suffix;
  }
}
