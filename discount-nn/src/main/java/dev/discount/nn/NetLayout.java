package dev.discount.nn;

import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Field;
import dev.discount.nn.layer.Matrix;
import java.util.List;

/**
 * Where everything stands in a network's first input, and how wide its layers are. Immutable.
 *
 * <p>Columns: the embedded fields in schema order, the embedding of a named arm if there is one,
 * the block of numbers, the standardised depth if it is an input.
 *
 * @param cardinalities the rows of each table, the arms' table last
 * @param tableWidths the width of each table
 * @param tableColumns where each table's vector begins
 * @param fields the tables of fields, all but an arms' table
 * @param numberColumn where the block of numbers begins
 * @param numberWidth its columns, 0 or more
 * @param depthColumn the column of the depth, or -1
 * @param inputs the columns of the first input, at least 1
 * @param layers the widths of all layers, the head's outputs last
 */
record NetLayout(
    int[] cardinalities,
    int[] tableWidths,
    int[] tableColumns,
    int fields,
    int numberColumn,
    int numberWidth,
    int depthColumn,
    int inputs,
    int[] layers) {

  /**
   * Lays a network out.
   *
   * @param encoder the encoder of its rows
   * @param config its shape
   * @param level how the level enters
   * @param headOutputs the outputs of the last layer
   */
  static NetLayout of(
      FeatureEncoder encoder, ResponseNetConfig config, LevelInput level, int headOutputs) {
    int fields = encoder.embeddedFields();
    int tables = fields + (level.kind() == LevelInput.Kind.ARM ? 1 : 0);
    int[] cardinalities = new int[tables];
    int[] widths = new int[tables];
    int[] columns = new int[tables];
    int column = 0;
    for (int f = 0; f < tables; f++) {
      boolean arm = f == fields;
      cardinalities[f] = arm ? encoder.schema().ladder().size() : encoder.cardinality(f);
      widths[f] =
          arm
              ? config.widthOfCategory(cardinalities[f])
              : width(encoder.schema().field(encoder.embeddedSlot(f)), cardinalities[f], config);
      columns[f] = column;
      column = Math.addExact(column, widths[f]);
    }
    int numberColumn = column;
    column += encoder.numberWidth();
    int depthColumn = level.kind() == LevelInput.Kind.DEPTH ? column++ : -1;
    if (column == 0) {
      throw new IllegalArgumentException(
          "schema must have a feature or, for head POINT, a discount, got neither");
    }
    return new NetLayout(
        cardinalities,
        widths,
        columns,
        fields,
        numberColumn,
        encoder.numberWidth(),
        depthColumn,
        column,
        layers(config.hidden(), headOutputs));
  }

  private static int width(Field field, int cardinality, ResponseNetConfig config) {
    if (field.width() > 0) {
      return field.width();
    }
    return field.kind() == Field.Kind.ID ? config.idWidth() : config.widthOfCategory(cardinality);
  }

  private static int[] layers(List<Integer> hidden, int headOutputs) {
    int[] layers = new int[hidden.size() + 1];
    for (int i = 0; i < hidden.size(); i++) {
      layers[i] = hidden.get(i);
    }
    layers[hidden.size()] = headOutputs;
    return layers;
  }

  /** Returns the number of tables, an arms' table included. */
  int tables() {
    return cardinalities.length;
  }

  /** Returns the columns of the first input that come from tables. */
  int embeddedColumns() {
    return numberColumn;
  }

  /** Returns the inputs of a layer. */
  int inputsOf(int layer) {
    return layer == 0 ? inputs : layers[layer - 1];
  }

  /** Returns the outputs of a layer, padded. */
  int strideOf(int layer) {
    return Matrix.pad(layers[layer]);
  }

  /** Returns the outputs of the first layer, padded. */
  int firstStride() {
    return Matrix.pad(layers[0]);
  }

  /** Returns the number of weights and biases, embeddings included. */
  long parameters() {
    long sum = 0;
    for (int f = 0; f < tables(); f++) {
      sum += (long) cardinalities[f] * tableWidths[f];
    }
    for (int l = 0; l < layers.length; l++) {
      sum += (inputsOf(l) + 1L) * layers[l];
    }
    return sum;
  }
}
