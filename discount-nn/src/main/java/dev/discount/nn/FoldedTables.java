package dev.discount.nn;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.PackedMatrix;
import dev.discount.nn.layer.Dense;
import org.jspecify.annotations.Nullable;

/**
 * The first layer's share of every table row, computed ahead: {@code row * W} for the rows of W
 * that read the table, so that scoring looks a sum up instead of multiplying. Immutable,
 * thread-safe.
 *
 * <p>Each element is the very fma chain that scoring computes without folding, rounded to bfloat16
 * where the table is bfloat16, so the bits of a score do not depend on which tables are folded.
 */
final class FoldedTables {

  private static final int BLOCK_ROWS = 256;

  private final @Nullable EmbeddingTable[] tables;

  private FoldedTables(@Nullable EmbeddingTable[] tables) {
    this.tables = tables;
  }

  /**
   * Folds a network's tables of fields.
   *
   * @param network the network
   * @param folding which of them
   */
  static FoldedTables of(Network network, Folding folding, Kernels kernels) {
    @Nullable EmbeddingTable[] tables = new EmbeddingTable[network.layout().fields()];
    for (int f = 0; f < tables.length; f++) {
      if (folding.tables().get(f).folded()) {
        tables[f] = fold(network, f, kernels);
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

  /** Returns the bytes that a field's folded table takes. */
  static long bytes(NetLayout layout, int field, TablePrecision precision) {
    return (long) layout.cardinalities()[field] * layout.firstStride() * precision.bytes();
  }

  private static EmbeddingTable fold(Network network, int field, Kernels kernels) {
    EmbeddingTable source = network.weights().tables()[field];
    Dense first = network.weights().layers()[0];
    int stride = first.weights().stride();
    int width = source.width();
    EmbeddingTable folded = new EmbeddingTable(source.rows(), stride, source.precision());
    int off = first.weights().offset(network.layout().tableColumns()[field]);
    PackedMatrix weights = kernels.pack(width, stride, first.weights().values(), off, stride);
    float[][] scratch = new float[2][stride];
    float[] vectors = new float[BLOCK_ROWS * width];
    float[] shares = new float[BLOCK_ROWS * stride];
    for (long row = 0; row < source.rows(); row += BLOCK_ROWS) {
      int rows = (int) Math.min(BLOCK_ROWS, source.rows() - row);
      source.floatsInto(row * width, rows * width, vectors);
      kernels.gemmPacked(rows, vectors, 0, width, weights, shares, 0, stride, false, scratch);
      folded.setFloats(row * stride, rows * stride, shares);
    }
    return folded;
  }
}
