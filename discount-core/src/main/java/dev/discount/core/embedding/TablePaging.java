package dev.discount.core.embedding;

/**
 * Where a row of a paged table lies. Immutable. Pages hold a power of two of rows, the last one the
 * rest, so that a page is a shift and a place in it a mask.
 */
final class TablePaging {

  private final long rows;
  private final int width;
  private final int shift;
  private final int mask;
  private final int pages;

  /**
   * Lays out a table.
   *
   * @param rows the number of rows, at least 1
   * @param width the floats of a row, at least 1
   * @param pageFloats the most floats a page holds where a row is not longer, at least 1
   */
  TablePaging(long rows, int width, int pageFloats) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be >= 1, got " + rows);
    }
    if (width < 1) {
      throw new IllegalArgumentException("width must be >= 1, got " + width);
    }
    this.rows = rows;
    this.width = width;
    int rowsPerPage = Integer.highestOneBit(Math.max(1, pageFloats / width));
    this.shift = Integer.numberOfTrailingZeros(rowsPerPage);
    this.mask = rowsPerPage - 1;
    long needed = ((rows - 1) >>> shift) + 1;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "rows must be <= " + ((Integer.MAX_VALUE - 8L) << shift) + ", got " + rows);
    }
    this.pages = (int) needed;
  }

  long rows() {
    return rows;
  }

  int width() {
    return width;
  }

  int pages() {
    return pages;
  }

  int rowsPerPage() {
    return mask + 1;
  }

  /** Returns the page that holds a row. */
  int page(long row) {
    return (int) (row >>> shift);
  }

  /** Returns the place of a row's first float in its page. */
  int offset(long row) {
    return (int) (row & mask) * width;
  }

  /** Returns the number of rows that a page holds. */
  int rowsOf(int page) {
    long first = (long) page << shift;
    return (int) Math.min(rowsPerPage(), rows - first);
  }
}
