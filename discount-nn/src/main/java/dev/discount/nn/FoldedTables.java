package dev.discount.nn;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.nn.layer.Dense;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The first layer's share of every table row, computed ahead: {@code row * W} for the rows of W
 * that read the table, so that scoring looks a sum up instead of multiplying. Immutable,
 * thread-safe.
 *
 * <p>Each element is the very fma chain that scoring computes without folding, so the bits of a
 * score do not depend on which tables are folded.
 */
final class FoldedTables {

  private static final int BLOCK_ROWS = 256;

  private final @Nullable EmbeddingTable[] tables;

  private FoldedTables(@Nullable EmbeddingTable[] tables) {
    this.tables = tables;
  }

  /**
   * Folds a network's tables of fields, the smallest first, as long as they fit.
   *
   * @param network the network
   * @param limitBytes the most memory to use, 0 or more
   */
  static FoldedTables of(Network network, long limitBytes, Kernels kernels) {
    NetLayout layout = network.layout();
    @Nullable EmbeddingTable[] tables = new EmbeddingTable[layout.fields()];
    long rest = limitBytes;
    int[] rising =
        IntStream.range(0, tables.length)
            .boxed()
            .sorted(Comparator.comparingInt(f -> layout.cardinalities()[f]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int f : rising) {
      long bytes = (long) layout.cardinalities()[f] * layout.firstStride() * Float.BYTES;
      if (bytes <= rest) {
        tables[f] = fold(network, f, kernels);
        rest -= bytes;
      }
    }
    return new FoldedTables(tables);
  }

  /**
   * Returns a field's folded table, rows padded to the first layer's stride; null if it has none.
   */
  @Nullable EmbeddingTable table(int field) {
    return tables[field];
  }

  /** Returns the number of folded tables. */
  int size() {
    return (int) Arrays.stream(tables).filter(t -> t != null).count();
  }

  private static EmbeddingTable fold(Network network, int field, Kernels kernels) {
    EmbeddingTable source = network.weights().tables()[field];
    Dense first = network.weights().layers()[0];
    int stride = first.weights().stride();
    int width = source.width();
    EmbeddingTable folded = new EmbeddingTable(source.rows(), stride);
    int block = Math.min(BLOCK_ROWS, Math.min(source.rowsPerPage(), folded.rowsPerPage()));
    for (long row = 0; row < source.rows(); row += block) {
      int rows = (int) Math.min(block, source.rows() - row);
      kernels.gemm(
          rows,
          stride,
          width,
          source.page(row),
          source.offset(row),
          width,
          first.weights().values(),
          first.weights().offset(network.layout().tableColumns()[field]),
          stride,
          folded.page(row),
          folded.offset(row),
          stride,
          false);
    }
    return folded;
  }
}
