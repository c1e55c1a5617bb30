package dev.discount.nn.layer;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Kernels;

/** Reads rows of tables of any precision, by the kernels of the caller. Stateless. */
public final class TableRows {

  private TableRows() {}

  /**
   * Copies rows of a table into rows of a matrix, as float32.
   *
   * @param table the table
   * @param indexes the table's rows, each in its range
   * @param from the first element of {@code indexes} to use
   * @param count the number of elements to use
   * @param out the matrix, whose row {@code i} begins at {@code outOff + i * stride}
   */
  public static void gatherInto(
      Kernels kernels,
      EmbeddingTable table,
      int[] indexes,
      int from,
      int count,
      float[] out,
      int outOff,
      int stride) {
    int width = table.width();
    int perPage = table.rowsPerPage();
    if (table.precision() == TablePrecision.FLOAT32) {
      float[][] pages = table.floatPages();
      kernels.gather(count, indexes, from, width, pages, perPage, out, outOff, stride);
    } else {
      short[][] pages = table.bfloatPages();
      kernels.gatherWidened(count, indexes, from, width, pages, perPage, out, outOff, stride);
    }
  }
}
