package dev.discount.nn;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.nn.layer.Dense;
import dev.discount.nn.layer.Embedding;
import java.util.function.IntFunction;

/**
 * All weights of one network. Mutable while it is trained; never changed once it is part of a
 * {@link ResponseNet}.
 *
 * @param tables the embeddings, in the order of {@link NetLayout#tables}
 * @param layers the dense layers, the head's last
 */
record NetWeights(EmbeddingTable[] tables, Dense[] layers) {

  /*
   * Ids begin small, so that an id seen once stays near the unknown one; categories are seen often
   * and begin with the spread of a standardised number.
   */
  private static final float ID_BOUND = 0.05f;
  private static final float CATEGORY_BOUND = 0.5f;
  private static final int CATEGORY_WIDTH = 16;

  /** Makes float32 weights of zeros. */
  static NetWeights zeros(NetLayout layout) {
    return zeros(layout, f -> TablePrecision.FLOAT32);
  }

  /**
   * Makes weights of zeros.
   *
   * @param layout the shapes
   * @param precisions how each table holds its numbers
   */
  static NetWeights zeros(NetLayout layout, IntFunction<TablePrecision> precisions) {
    EmbeddingTable[] tables = new EmbeddingTable[layout.tables()];
    for (int f = 0; f < tables.length; f++) {
      tables[f] =
          new EmbeddingTable(
              layout.cardinalities()[f], layout.tableWidths()[f], precisions.apply(f));
    }
    Dense[] layers = new Dense[layout.layers().length];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new Dense(layout.inputsOf(l), layout.layers()[l]);
    }
    return new NetWeights(tables, layers);
  }

  /**
   * Draws the weights training begins with.
   *
   * @param layout the shapes
   * @param activation decides between He and Glorot
   * @param seed the seed
   */
  static NetWeights initial(NetLayout layout, ResponseNetConfig.Activation activation, long seed) {
    NetWeights weights = zeros(layout);
    for (int f = 0; f < weights.tables.length; f++) {
      EmbeddingTable table = weights.tables[f];
      float bound = table.width() > CATEGORY_WIDTH ? ID_BOUND : CATEGORY_BOUND;
      Embedding.initialise(table, bound, seed, Streams.TABLE_INIT.of(f));
    }
    boolean rectified =
        activation == ResponseNetConfig.Activation.RELU
            || activation == ResponseNetConfig.Activation.LEAKY_RELU;
    for (int l = 0; l < weights.layers.length; l++) {
      boolean last = l == weights.layers.length - 1;
      Dense.Init init = rectified && !last ? Dense.Init.HE : Dense.Init.GLOROT;
      weights.layers[l].initialise(init, seed, Streams.DENSE_INIT.of(l));
    }
    return weights;
  }

  /**
   * Copies the values of weights of the same layout into these.
   *
   * @param source the weights to copy
   */
  void copyFrom(NetWeights source) {
    for (int f = 0; f < tables.length; f++) {
      tables[f].copyFrom(source.tables[f]);
    }
    for (int l = 0; l < layers.length; l++) {
      copy(source.layers[l].weights().values(), layers[l].weights().values());
      copy(source.layers[l].bias(), layers[l].bias());
    }
  }

  /**
   * Returns weights whose tables of fields hold their numbers otherwise; the dense layers, and the
   * vectors of arms, are shared.
   *
   * @param fields the tables of fields, the first ones
   * @param precision how they hold their numbers
   */
  NetWeights withTables(int fields, TablePrecision precision) {
    EmbeddingTable[] converted = tables.clone();
    for (int f = 0; f < fields; f++) {
      if (tables[f].precision() != precision) {
        converted[f] = tables[f].copy(precision);
      }
    }
    return new NetWeights(converted, layers);
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
