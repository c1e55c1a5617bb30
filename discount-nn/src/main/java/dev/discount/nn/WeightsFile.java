package dev.discount.nn;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.io.ModelFile;
import dev.discount.core.io.ModelFileBuilder;
import dev.discount.core.io.ModelFormatException;
import dev.discount.nn.layer.Dense;
import dev.discount.nn.layer.Matrix;

/** The weights of one network as tensors, without the padding. Stateless. */
final class WeightsFile {

  /* The bits of a magnitude, as a whole number, are below these where it is finite. */
  private static final int INFINITY_BITS = 0x7f800000;

  private WeightsFile() {}

  /**
   * Adds a network's weights to a file.
   *
   * @param network the network
   * @param name the beginning of the tensors' names
   * @param out the file
   */
  static void write(Network network, String name, ModelFileBuilder out) {
    EmbeddingTable[] tables = network.weights().tables();
    for (int f = 0; f < tables.length; f++) {
      long[] shape = {tables[f].rows(), tables[f].width()};
      if (tables[f].precision() == TablePrecision.BFLOAT16) {
        out.bfloat16s(table(name, f), shape, tables[f]::floatsInto);
      } else {
        out.floats(table(name, f), shape, tables[f]::floatsInto);
      }
    }
    Dense[] layers = network.weights().layers();
    for (int l = 0; l < layers.length; l++) {
      Dense layer = layers[l];
      long[] shape = {layer.inputs(), layer.outputs()};
      out.floats(
          weights(name, l), shape, (from, count, to) -> copy(layer.weights(), from, count, to));
      long[] outputs = {layer.outputs()};
      out.floats(
          bias(name, l),
          outputs,
          (from, count, to) -> System.arraycopy(layer.bias(), (int) from, to, 0, count));
    }
  }

  /**
   * Reads a network's weights; every shape is checked before memory is taken for any.
   *
   * @param layout the shapes
   * @param name the beginning of the tensors' names
   * @param file the file
   * @throws ModelFormatException if a tensor is missing, of another shape, or not finite
   */
  static NetWeights read(NetLayout layout, String name, ModelFile file) {
    for (int f = 0; f < layout.tables(); f++) {
      file.requireShape(table(name, f), layout.cardinalities()[f], layout.tableWidths()[f]);
    }
    for (int l = 0; l < layout.layers().length; l++) {
      file.requireShape(weights(name, l), layout.inputsOf(l), layout.layers()[l]);
      file.requireShape(bias(name, l), layout.layers()[l]);
    }
    NetWeights weights = NetWeights.zeros(layout, f -> precision(layout, name, f, file));
    for (int f = 0; f < layout.tables(); f++) {
      EmbeddingTable table = weights.tables()[f];
      String tensor = table(name, f);
      file.floatsInto(
          tensor,
          (from, count, values) -> {
            requireFinite(tensor, values, count);
            table.setFloats(from, count, values);
          });
    }
    for (int l = 0; l < layout.layers().length; l++) {
      Dense layer = weights.layers()[l];
      float[] values = file.floats(weights(name, l));
      requireFinite(weights(name, l), values, values.length);
      for (int i = 0; i < layer.inputs(); i++) {
        int outputs = layer.outputs();
        System.arraycopy(
            values, i * outputs, layer.weights().values(), layer.weights().offset(i), outputs);
      }
      float[] bias = file.floats(bias(name, l));
      requireFinite(bias(name, l), bias, bias.length);
      System.arraycopy(bias, 0, layer.bias(), 0, layer.outputs());
    }
    return weights;
  }

  private static void requireFinite(String name, float[] values, int count) {
    int largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Float.floatToRawIntBits(values[i]) & Integer.MAX_VALUE);
    }
    if (largest < INFINITY_BITS) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(values[i])) {
        throw new ModelFormatException(name + " must be finite, got " + values[i]);
      }
    }
  }

  /** Returns how the file holds a table; only tables of fields may be bfloat16. */
  private static TablePrecision precision(NetLayout layout, String name, int f, ModelFile file) {
    if (!file.isBfloat16(table(name, f))) {
      return TablePrecision.FLOAT32;
    }
    if (f >= layout.fields()) {
      throw new ModelFormatException(table(name, f) + ".dtype must be F32, got BF16");
    }
    return TablePrecision.BFLOAT16;
  }

  private static void copy(Matrix matrix, long from, int count, float[] out) {
    int columns = matrix.columns();
    int row = (int) (from / columns);
    int column = (int) (from % columns);
    for (int i = 0; i < count; i++) {
      out[i] = matrix.values()[matrix.offset(row) + column];
      if (++column == columns) {
        column = 0;
        row++;
      }
    }
  }

  private static String table(String name, int f) {
    return name + ".table." + f;
  }

  private static String weights(String name, int l) {
    return name + ".layer." + l + ".weights";
  }

  private static String bias(String name, int l) {
    return name + ".layer." + l + ".bias";
  }
}
