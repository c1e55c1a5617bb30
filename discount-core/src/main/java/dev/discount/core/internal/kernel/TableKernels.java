package dev.discount.core.internal.kernel;

/**
 * The kernels that read tables of float32, or of bfloat16, whose elements are the upper halves of
 * float32. As they stand here they are the scalar recipe; a SIMD twin gives the same bits. No
 * element is computed from another, so that there is no order to keep.
 */
public interface TableKernels {

  /**
   * Copies rows of a paged table: {@code out[outOff + i * stride + j] = table[rows[from + i], j]}.
   *
   * @param count the rows to copy
   * @param rows the table's rows; row {@code r} is row {@code r % rowsPerPage} of page {@code r /
   *     rowsPerPage}
   * @param width the floats of a row
   * @param pages the pages, each row-major from {@link CacheLines#LEAD_FLOATS} on
   * @param rowsPerPage a power of two
   * @param out shape {@code [count, >= width]}
   * @param stride the distance between two rows of {@code out}
   */
  default void gather(
      int count,
      int[] rows,
      int from,
      int width,
      float[][] pages,
      int rowsPerPage,
      float[] out,
      int outOff,
      int stride) {
    int shift = Integer.numberOfTrailingZeros(rowsPerPage);
    for (int i = 0; i < count; i++) {
      int row = rows[from + i];
      int at = CacheLines.LEAD_FLOATS + (row & (rowsPerPage - 1)) * width;
      System.arraycopy(pages[row >>> shift], at, out, outOff + i * stride, width);
    }
  }

  /**
   * {@link #gather} from a table of bfloat16, widened exactly; rows begin at {@link
   * CacheLines#LEAD_SHORTS}.
   */
  default void gatherWidened(
      int count,
      int[] rows,
      int from,
      int width,
      short[][] pages,
      int rowsPerPage,
      float[] out,
      int outOff,
      int stride) {
    int shift = Integer.numberOfTrailingZeros(rowsPerPage);
    for (int i = 0; i < count; i++) {
      int row = rows[from + i];
      short[] page = pages[row >>> shift];
      int at = CacheLines.LEAD_SHORTS + (row & (rowsPerPage - 1)) * width;
      int to = outOff + i * stride;
      for (int j = 0; j < width; j++) {
        out[to + j] = Numerics.ofBfloat16(page[at + j]);
      }
    }
  }

  /** {@code y[i] += x[i]}, x of bfloat16. */
  default void addWidened(int n, short[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] += Numerics.ofBfloat16(x[xOff + i]);
    }
  }

  /** {@code y[i]} = the bfloat16 nearest to {@code y[i]}; see {@link Numerics#bfloat16}. */
  default void roundToBfloat16(int n, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Numerics.ofBfloat16(Numerics.bfloat16(y[yOff + i]));
    }
  }
}
