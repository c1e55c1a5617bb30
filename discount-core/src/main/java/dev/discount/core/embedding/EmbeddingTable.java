package dev.discount.core.embedding;

import java.util.Objects;

/**
 * A table of float32 vectors, one for each row, of up to hundreds of millions of rows: what a
 * network has learnt about each customer or item. Rows lie one after the other in pages; no row is
 * split between two.
 *
 * <p>Any number of threads may read while none writes; writing different rows from different
 * threads is safe.
 */
public final class EmbeddingTable {

  /* Pages of 64 MiB: a small table is one array, and a large one never asks for a long free run. */
  private static final int PAGE_FLOATS = 1 << 24;

  private final TablePaging paging;
  private final float[][] pages;

  /**
   * Makes a table of zeros.
   *
   * @param rows the number of rows, at least 1
   * @param width the floats of a row, at least 1
   */
  public EmbeddingTable(long rows, int width) {
    this(rows, width, PAGE_FLOATS);
  }

  /** Makes a table whose pages hold at most a number of floats, or one row if that is longer. */
  EmbeddingTable(long rows, int width, int pageFloats) {
    this.paging = new TablePaging(rows, width, pageFloats);
    this.pages = new float[paging.pages()][];
    for (int page = 0; page < pages.length; page++) {
      pages[page] = new float[paging.rowsOf(page) * width];
    }
  }

  private EmbeddingTable(EmbeddingTable other) {
    this.paging = other.paging;
    this.pages = new float[other.pages.length][];
    for (int page = 0; page < pages.length; page++) {
      pages[page] = other.pages[page].clone();
    }
  }

  /** Returns the number of rows. */
  public long rows() {
    return paging.rows();
  }

  /** Returns the floats of a row. */
  public int width() {
    return paging.width();
  }

  /** Returns the number of pages. */
  public int pages() {
    return pages.length;
  }

  /** Returns the number of rows of every page but the last: a power of two. */
  public int rowsPerPage() {
    return paging.rowsPerPage();
  }

  /**
   * Returns the page that holds a row, row-major, shape {@code [rows of the page, width]}: the live
   * array, for kernels that read or write in place.
   *
   * @param row the row's index, in [0, rows)
   */
  public float[] page(long row) {
    Objects.checkIndex(row, paging.rows());
    return pages[paging.page(row)];
  }

  /**
   * Returns the place of a row's first float in {@link #page}.
   *
   * @param row the row's index, in [0, rows)
   */
  public int offset(long row) {
    return paging.offset(row);
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
    int width = paging.width();
    if (stride < width) {
      throw new IllegalArgumentException("stride must be >= width=" + width + ", got " + stride);
    }
    int at = outOffset;
    for (int i = 0; i < count; i++) {
      int row = rows[from + i];
      System.arraycopy(page(row), paging.offset(row), out, at, width);
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
    System.arraycopy(page(row), paging.offset(row), out, outOffset, paging.width());
  }

  /**
   * Replaces one row.
   *
   * @param row the row's index, in [0, rows)
   * @param values holds the new floats
   * @param valuesOffset the place of the first of {@code width} new floats
   */
  public void setRow(long row, float[] values, int valuesOffset) {
    System.arraycopy(values, valuesOffset, page(row), paging.offset(row), paging.width());
  }

  /**
   * Copies a run of floats, counted row-major over the whole table, as a file holds them.
   *
   * @param from the first float, in [0, rows * width]
   * @param count the number of floats
   * @param out receives the floats from its start on
   */
  public void floatsInto(long from, int count, float[] out) {
    forEachRun(from, count, (page, at, done, run) -> System.arraycopy(page, at, out, done, run));
  }

  /**
   * Replaces a run of floats, counted row-major over the whole table, as a file holds them.
   *
   * @param from the first float, in [0, rows * width]
   * @param count the number of floats
   * @param values holds the new floats from its start on
   */
  public void setFloats(long from, int count, float[] values) {
    forEachRun(from, count, (page, at, done, run) -> System.arraycopy(values, done, page, at, run));
  }

  private interface RunCopy {
    void copy(float[] page, int at, int done, int run);
  }

  private void forEachRun(long from, int count, RunCopy copy) {
    Objects.checkFromIndexSize(from, count, paging.rows() * paging.width());
    long pageFloats = (long) paging.rowsPerPage() * paging.width();
    int done = 0;
    while (done < count) {
      float[] page = pages[(int) ((from + done) / pageFloats)];
      int at = (int) ((from + done) % pageFloats);
      int run = Math.min(count - done, page.length - at);
      copy.copy(page, at, done, run);
      done += run;
    }
  }

  /**
   * Replaces every row by those of another table.
   *
   * @param other a table of the same rows, width and page size
   */
  public void copyFrom(EmbeddingTable other) {
    if (other.rows() != rows()
        || other.width() != width()
        || other.rowsPerPage() != rowsPerPage()) {
      throw new IllegalArgumentException("other must be of shape " + this + ", got " + other);
    }
    for (int page = 0; page < pages.length; page++) {
      System.arraycopy(other.pages[page], 0, pages[page], 0, pages[page].length);
    }
  }

  /** Returns a table of the same content that shares no memory with this one. */
  public EmbeddingTable copy() {
    return new EmbeddingTable(this);
  }

  @Override
  public String toString() {
    return "EmbeddingTable[" + rows() + ", " + width() + "]";
  }
}
