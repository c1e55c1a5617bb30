package dev.discount.nn;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.PackedMatrix;
import dev.discount.nn.layer.Dense;
import dev.discount.nn.layer.DenseProducts;
import dev.discount.nn.layer.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * What all scorers of a network read: the sums folded into its tables, and the weights that are
 * left to multiply by, packed once for some kernels. Immutable, thread-safe.
 */
final class ServingWeights {

  private final FoldedTables folded;
  private final @Nullable PackedMatrix[] fields;
  private final @Nullable PackedMatrix numbers;
  private final DenseProducts[] layers;

  /**
   * Packs a network's weights.
   *
   * @param network the network
   * @param folded its folded tables, whose weights are not read again
   * @param kernels the kernels of all products
   */
  ServingWeights(Network network, FoldedTables folded, Kernels kernels) {
    this.folded = folded;
    NetLayout layout = network.layout();
    Dense[] dense = network.weights().layers();
    this.fields = new PackedMatrix[layout.fields()];
    for (int f = 0; f < fields.length; f++) {
      if (folded.table(f) == null) {
        fields[f] = pack(kernels, dense[0], layout.tableColumns()[f], layout.tableWidths()[f]);
      }
    }
    this.numbers =
        layout.numberWidth() == 0
            ? null
            : pack(kernels, dense[0], layout.numberColumn(), layout.numberWidth());
    this.layers = new DenseProducts[dense.length - 1];
    for (int l = 1; l < dense.length; l++) {
      layers[l - 1] = DenseProducts.of(kernels, dense[l], 0);
    }
  }

  private static PackedMatrix pack(Kernels kernels, Dense layer, int fromInput, int inputs) {
    Matrix w = layer.weights();
    return kernels.pack(inputs, w.stride(), w.values(), w.offset(fromInput), w.stride());
  }

  /** Returns a field's folded table, null if it has none. */
  @Nullable EmbeddingTable folded(int field) {
    return folded.table(field);
  }

  /** Returns the first layer's weights of a field, null if its table is folded. */
  @Nullable PackedMatrix field(int field) {
    return fields[field];
  }

  /** Returns the first layer's weights of the numbers, null if there are none. */
  @Nullable PackedMatrix numbers() {
    return numbers;
  }

  /** Returns the products of a layer after the first, which has the index 0. */
  DenseProducts layer(int layer) {
    return layers[layer - 1];
  }
}
