package dev.discount.nn.onnx;

import dev.discount.nn.NetworkView;
import dev.discount.nn.NetworkView.Arms;
import dev.discount.nn.NetworkView.Depth;
import dev.discount.nn.NetworkView.Layer;
import dev.discount.nn.NetworkView.Ramps;
import dev.discount.nn.layer.Activation;
import java.util.Arrays;
import java.util.List;

/** One network drawn into a graph. Confined to one thread. */
final class NetworkGraph {

  /*
   * What does not depend on the level is computed once a row, as in scoring: the first layer's
   * share of fields and numbers, and for a curve all layers. A level that is an input adds its
   * share of the first layer, a constant row for each level unless depths are an input; from there
   * on each row stands there once for each level.
   */

  private final OnnxGraph graph;
  private final GraphInputs inputs;
  private final NetworkView view;
  private final String name;

  /**
   * Makes a drawing of one network.
   *
   * @param graph the graph to add to
   * @param inputs the inputs, already declared
   * @param view the network
   * @param name the beginning of its constants' names
   */
  NetworkGraph(OnnxGraph graph, GraphInputs inputs, NetworkView view, String name) {
    this.graph = graph;
    this.inputs = inputs;
    this.view = view;
    this.name = name;
  }

  /** Draws the network; returns its probabilities, shape {@code [rows, levels]}. */
  String draw(OnnxExport.Form form) {
    int last = view.layers().size() - 1;
    boolean folded = form == OnnxExport.Form.FOLDED && last > 0;
    if (view.levels() instanceof Ramps ramps) {
      return graph.node("Sigmoid", curve(ramps, folded));
    }
    FirstLayer first = new FirstLayer(graph, inputs, view, name);
    String y = folded ? first.folded() : first.plain(view.layers().get(0).outputs(), 0);
    boolean each = view.levels() instanceof Depth || view.levels() instanceof Arms;
    if (each) {
      y = atEachLevel(y);
    }
    for (int l = 1; l <= last; l++) {
      y = dense(l, activated(y), 0, view.layers().get(l).outputs());
    }
    return graph.node("Sigmoid", each ? reshaped("levels", y, -1, inputs.levels()) : y);
  }

  /** Draws hidden layers and a monotone curve; returns the logits. */
  private String curve(Ramps ramps, boolean folded) {
    FirstLayer first = new FirstLayer(graph, inputs, view, name);
    int last = view.layers().size() - 1;
    int slopes = view.layers().get(last).outputs() - 1;
    String intercept;
    String raw = "";
    if (last == 0) {
      intercept = first.plain(1, 0);
      raw = slopes == 0 ? raw : first.plain(slopes, 1);
    } else {
      String y = folded ? first.folded() : first.plain(view.layers().get(0).outputs(), 0);
      for (int l = 1; l < last; l++) {
        y = dense(l, activated(y), 0, view.layers().get(l).outputs());
      }
      y = activated(y);
      intercept = dense(last, y, 0, 1);
      raw = slopes == 0 ? raw : dense(last, y, 1, slopes);
    }
    if (slopes == 0) {
      float[] ones = new float[inputs.levels()];
      Arrays.fill(ones, 1);
      return graph.node("MatMul", intercept, constant("flat", ones, 1, ones.length));
    }
    String steepness = graph.node("Softplus", raw);
    return inputs.priced()
        ? pricedCurve(ramps.knots(), intercept, steepness)
        : graph.node("Gemm", steepness, ramps(ramps.knots()), intercept);
  }

  private String ramps(float[] knots) {
    int levels = inputs.levels();
    float[] ramps = new float[(knots.length - 1) * levels];
    for (int k = 1; k < knots.length; k++) {
      for (int level = 0; level < levels; level++) {
        float ramp = (inputs.depths()[level] - knots[k - 1]) / (knots[k] - knots[k - 1]);
        ramps[(k - 1) * levels + level] = Math.min(1, Math.max(0, ramp));
      }
    }
    return constant("ramps", ramps, knots.length - 1, levels);
  }

  private String pricedCurve(float[] knots, String intercept, String steepness) {
    int slopes = knots.length - 1;
    float[] begins = new float[slopes];
    float[] lengths = new float[slopes];
    for (int k = 0; k < slopes; k++) {
      begins[k] = knots[k];
      lengths[k] = knots[k + 1] - knots[k];
    }
    String depths = reshaped("depths", OnnxExport.DEPTHS, -1, inputs.levels(), 1);
    String past = graph.node("Sub", depths, constant("knots", begins, slopes));
    String share = graph.node("Div", past, constant("stretches", lengths, slopes));
    String ramps =
        graph.node(
            "Clip", share, constant("zero", new float[] {0}), constant("one", new float[] {1}));
    String rises = graph.node("Mul", ramps, reshaped("slopes", steepness, -1, 1, slopes));
    String rise =
        graph.node(
            "ReduceSum",
            List.of(OnnxGraph.attribute("keepdims", 0)),
            rises,
            graph.longs(name + ".axis", 2));
    return graph.node("Add", rise, intercept);
  }

  /** Adds each level's share to the first layer; returns shape {@code [rows * levels, outputs]}. */
  private String atEachLevel(String common) {
    int outputs = view.layers().get(0).outputs();
    String rows = reshaped("rows", common, -1, 1, outputs);
    String sum = graph.node("Add", rows, inputs.priced() ? pricedShares() : levelShares());
    return reshaped("flat", sum, -1, outputs);
  }

  private String pricedShares() {
    Depth depth = (Depth) view.levels();
    int outputs = view.layers().get(0).outputs();
    String depths = reshaped("depths", OnnxExport.DEPTHS, -1, inputs.levels(), 1);
    String centred = graph.node("Sub", depths, constant("depth.mean", new float[] {depth.mean()}));
    String scaled =
        graph.node("Mul", centred, constant("depth.scale", new float[] {depth.scale()}));
    float[] weights = FirstLayer.rows(view.layers().get(0), depthColumn(), 1);
    return graph.node("Mul", scaled, constant("depth.weights", weights, outputs));
  }

  private String levelShares() {
    Layer first = view.layers().get(0);
    int outputs = first.outputs();
    float[] shares = new float[inputs.levels() * outputs];
    for (int level = 0; level < inputs.levels(); level++) {
      float[] x;
      int column;
      if (view.levels() instanceof Depth depth) {
        x = new float[] {(inputs.depths()[level] - depth.mean()) * depth.scale()};
        column = depthColumn();
      } else {
        x = ((Arms) view.levels()).vector(level);
        column = FirstLayer.embeddedColumns(view.tables());
      }
      double[] sums = new double[outputs];
      FirstLayer.addProduct(x, FirstLayer.rows(first, column, x.length), sums);
      for (int j = 0; j < outputs; j++) {
        shares[level * outputs + j] = (float) sums[j];
      }
    }
    return constant("levels.shares", shares, inputs.levels(), outputs);
  }

  private int depthColumn() {
    return view.layers().get(0).inputs() - 1;
  }

  private String activated(String x) {
    return switch (view.activation()) {
      case RELU -> graph.node("Relu", x);
      case LEAKY_RELU ->
          graph.node("LeakyRelu", List.of(OnnxGraph.attribute("alpha", Activation.LEAKY_SLOPE)), x);
      case SIGMOID -> graph.node("Sigmoid", x);
      case TANH -> graph.node("Tanh", x);
    };
  }

  /** Draws some outputs of a layer. */
  private String dense(int l, String x, int from, int count) {
    Layer layer = view.layers().get(l);
    String part = "layer." + l + (count == layer.outputs() ? "" : "." + from);
    float[] weights = FirstLayer.columns(layer.weights(), layer.outputs(), from, count);
    float[] bias = FirstLayer.columns(layer.bias(), layer.outputs(), from, count);
    return graph.node(
        "Gemm",
        x,
        constant(part + ".weights", weights, layer.inputs(), count),
        constant(part + ".bias", bias, count));
  }

  private String reshaped(String what, String x, long... shape) {
    return graph.node("Reshape", x, graph.longs(name + "." + what + ".shape", shape));
  }

  private String constant(String what, float[] values, long... shape) {
    return graph.floats(name + "." + what, values, shape);
  }
}
