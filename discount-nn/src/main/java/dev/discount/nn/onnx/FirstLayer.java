package dev.discount.nn.onnx;

import dev.discount.core.io.FloatSource;
import dev.discount.nn.NetworkView;
import dev.discount.nn.NetworkView.Arms;
import dev.discount.nn.NetworkView.Layer;
import dev.discount.nn.NetworkView.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first layer of a network as far as it does not depend on the level. Confined to one thread.
 */
final class FirstLayer {

  private final OnnxGraph graph;
  private final GraphInputs inputs;
  private final NetworkView view;
  private final String name;
  private String joined = "";

  FirstLayer(OnnxGraph graph, GraphInputs inputs, NetworkView view, String name) {
    this.graph = graph;
    this.inputs = inputs;
    this.view = view;
    this.name = name;
  }

  /**
   * Draws some outputs of the layer, embeddings looked up and multiplied.
   *
   * @param count how many outputs
   * @param from the first of them
   * @return their sums, the bias included; shape {@code [rows, count]}
   */
  String plain(int count, int from) {
    Layer layer = view.layers().get(0);
    int columns = embeddedColumns(view.tables());
    float[] weights = new float[(columns + view.numberWidth()) * layer.outputs()];
    float[] embedded = rows(layer, 0, columns);
    float[] numbers = rows(layer, numberColumn(), view.numberWidth());
    System.arraycopy(embedded, 0, weights, 0, embedded.length);
    System.arraycopy(numbers, 0, weights, embedded.length, numbers.length);
    float[] some = columns(weights, layer.outputs(), from, count);
    return gemm(from == 0 ? "layer.0" : "layer.0." + from, joined(), some, from, count);
  }

  /**
   * Draws the layer with the products of embeddings looked up.
   *
   * @return the sums, the bias included; shape {@code [rows, outputs]}
   */
  String folded() {
    Layer layer = view.layers().get(0);
    int outputs = layer.outputs();
    String sum = "";
    if (inputs.numbers()) {
      float[] weights = rows(layer, numberColumn(), view.numberWidth());
      sum = gemm("layer.0.numbers", OnnxExport.NUMBERS, weights, 0, outputs);
    }
    int column = 0;
    for (int f = 0; f < view.tables().size(); f++) {
      Table table = view.tables().get(f);
      float[] start = f == 0 && !inputs.numbers() ? layer.bias() : new float[outputs];
      FloatSource products = products(table, rows(layer, column, table.width()), start);
      String constant = graph.floats(name + ".folded." + f, products, table.rows(), outputs);
      String share = graph.node("Gather", constant, inputs.indexes().get(f));
      sum = sum.isEmpty() ? share : graph.node("Add", sum, share);
      column += table.width();
    }
    return sum;
  }

  /** Draws the layer's input; returns shape {@code [rows, embedded columns + numbers]}. */
  private String joined() {
    if (!joined.isEmpty()) {
      return joined;
    }
    List<String> parts = new ArrayList<>();
    for (int f = 0; f < view.tables().size(); f++) {
      Table table = view.tables().get(f);
      String constant =
          graph.floats(name + ".table." + f, table.values(), table.rows(), table.width());
      parts.add(graph.node("Gather", constant, inputs.indexes().get(f)));
    }
    if (inputs.numbers()) {
      parts.add(OnnxExport.NUMBERS);
    }
    joined =
        parts.size() == 1
            ? parts.get(0)
            : graph.node(
                "Concat", List.of(OnnxGraph.attribute("axis", 1)), parts.toArray(new String[0]));
    return joined;
  }

  private String gemm(String part, String x, float[] weights, int from, int count) {
    float[] bias = view.layers().get(0).bias();
    return graph.node(
        "Gemm",
        x,
        graph.floats(name + "." + part + ".weights", weights, weights.length / count, count),
        graph.floats(name + "." + part + ".bias", columns(bias, bias.length, from, count), count));
  }

  private int numberColumn() {
    int arms = view.levels() instanceof Arms vectors ? vectors.width() : 0;
    return embeddedColumns(view.tables()) + arms;
  }

  /** Returns the columns of the first layer's input that come from tables of fields. */
  static int embeddedColumns(List<Table> tables) {
    return tables.stream().mapToInt(Table::width).sum();
  }

  /** Returns some rows of a layer's weights, row-major. */
  static float[] rows(Layer layer, int from, int count) {
    return Arrays.copyOfRange(
        layer.weights(), from * layer.outputs(), (from + count) * layer.outputs());
  }

  /** Returns some columns of a row-major block. */
  static float[] columns(float[] values, int width, int from, int count) {
    float[] some = new float[values.length / width * count];
    for (int i = 0; i < values.length / width; i++) {
      System.arraycopy(values, i * width + from, some, i * count, count);
    }
    return some;
  }

  /**
   * Adds the product of a vector and a block to a row, in double.
   *
   * @param x the vector
   * @param weights the block, shape {@code [x.length, outputs]}
   * @param sums shape {@code [outputs]}
   */
  static void addProduct(float[] x, float[] weights, double[] sums) {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += (double) x[i] * weights[i * sums.length + j];
      }
    }
  }

  /** Returns the products of a table's rows with a block, each begun at {@code start}. */
  private static FloatSource products(Table table, float[] weights, float[] start) {
    int outputs = start.length;
    float[] vector = new float[table.width()];
    double[] sums = new double[outputs];
    float[] product = new float[outputs];
    long[] known = {-1};
    return (from, count, out) -> {
      for (int done = 0; done < count; ) {
        long row = (from + done) / outputs;
        int column = (int) ((from + done) % outputs);
        if (row != known[0]) {
          table.values().copyInto(row * vector.length, vector.length, vector);
          for (int j = 0; j < outputs; j++) {
            sums[j] = start[j];
          }
          addProduct(vector, weights, sums);
          for (int j = 0; j < outputs; j++) {
            product[j] = (float) sums[j];
          }
          known[0] = row;
        }
        int run = Math.min(count - done, outputs - column);
        System.arraycopy(product, column, out, done, run);
        done += run;
      }
    };
  }
}
