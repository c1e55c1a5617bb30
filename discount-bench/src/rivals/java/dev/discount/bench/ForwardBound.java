package dev.discount.bench;

import dev.discount.core.data.EncodedRows;
import dev.discount.nn.NetworkView;
import dev.discount.nn.NetworkView.Arms;
import dev.discount.nn.NetworkView.Depth;
import dev.discount.nn.NetworkView.Layer;
import dev.discount.nn.NetworkView.Ramps;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's probabilities in double, each with a bound of how far any evaluation in float, in
 * whatever order it adds, may be from it. Immutable.
 */
final class ForwardBound {

  /*
   * With u = 2^-24 and g(n) = n u / (1 - n u), a float sum of n products and a bias, in any order,
   * with fma or without, is off by at most g(n + 2) times the sum of magnitudes [1, section 3.1];
   * errors e of its inputs add sum e_i |w_i|. Two more roundings in g cover a first layer whose
   * products come rounded out of a folded table. Slopes of the functions are at most 1 (sigmoid
   * 1/4), so they pass an error on; their own error is taken as FUNCTION_ERROR of their magnitude
   * or of 1, whichever is more: ours are below 2.5 units in the last place, the rational functions
   * of the usual runtimes below 5 [2].
   *
   * [1] N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.
   * [2] Eigen, unsupported/Eigen, ptanh_float and plogistic; ONNX Runtime, mlas/lib/tanh.cpp
   */

  private static final double U = 0x1p-24;
  private static final double FUNCTION_ERROR = 8 * U;

  /** A value and how far a float evaluation may be from it. */
  record Bounded(double value, double error) {}

  private final NetworkView view;
  private final List<float[]> weights = new ArrayList<>();
  private final List<float[]> biases = new ArrayList<>();

  ForwardBound(NetworkView view) {
    this.view = view;
    for (Layer layer : view.layers()) {
      weights.add(layer.weights());
      biases.add(layer.bias());
    }
  }

  /**
   * Computes a probability.
   *
   * @param rows encoded rows
   * @param row the row
   * @param level the level's place in the ladder
   * @param depth its depth on this row, as a float
   */
  Bounded probability(EncodedRows rows, int row, int level, float depth) {
    Bounded[] y = input(rows, row, level, depth);
    for (int l = 0; l < weights.size(); l++) {
      y = dense(l, y);
      if (l < weights.size() - 1) {
        for (int j = 0; j < y.length; j++) {
          y[j] = activated(y[j]);
        }
      }
    }
    return sigmoid(view.levels() instanceof Ramps ramps ? curve(ramps.knots(), y, depth) : y[0]);
  }

  private Bounded[] input(EncodedRows rows, int row, int level, float depth) {
    List<Bounded> x = new ArrayList<>();
    for (int f = 0; f < view.tables().size(); f++) {
      NetworkView.Table table = view.tables().get(f);
      float[] vector = new float[table.width()];
      table.values().copyInto((long) rows.indexes(f)[row] * vector.length, vector.length, vector);
      addExact(vector, 0, vector.length, x);
    }
    if (view.levels() instanceof Arms arms) {
      addExact(arms.vector(level), 0, arms.width(), x);
    }
    addExact(rows.numbers(), row * view.numberWidth(), view.numberWidth(), x);
    if (view.levels() instanceof Depth input) {
      double value = ((double) depth - input.mean()) * input.scale();
      x.add(new Bounded(value, 3 * U * Math.abs(value)));
    }
    return x.toArray(new Bounded[0]);
  }

  private static void addExact(float[] values, int from, int count, List<Bounded> out) {
    for (int i = from; i < from + count; i++) {
      out.add(new Bounded(values[i], 0));
    }
  }

  private Bounded[] dense(int l, Bounded[] x) {
    float[] w = weights.get(l);
    float[] bias = biases.get(l);
    Bounded[] y = new Bounded[bias.length];
    double g = (x.length + 2) * U / (1 - (x.length + 2) * U);
    for (int j = 0; j < y.length; j++) {
      double sum = bias[j];
      double size = Math.abs(bias[j]);
      double passed = 0;
      for (int i = 0; i < x.length; i++) {
        double weight = w[i * y.length + j];
        sum += x[i].value * weight;
        size += (Math.abs(x[i].value) + x[i].error) * Math.abs(weight);
        passed += x[i].error * Math.abs(weight);
      }
      y[j] = new Bounded(sum, passed + g * size);
    }
    return y;
  }

  private Bounded activated(Bounded x) {
    double v = x.value;
    return switch (view.activation()) {
      case RELU -> new Bounded(Math.max(v, 0), x.error);
      case LEAKY_RELU -> new Bounded(v > 0 ? v : 0.01f * v, x.error + U * (Math.abs(v) + x.error));
      case SIGMOID -> sigmoid(x);
      case TANH -> new Bounded(Math.tanh(v), x.error + FUNCTION_ERROR);
    };
  }

  private static Bounded sigmoid(Bounded x) {
    return new Bounded(1 / (1 + Math.exp(-x.value)), x.error / 4 + FUNCTION_ERROR);
  }

  private static Bounded curve(float[] knots, Bounded[] y, float depth) {
    double sum = y[0].value;
    double size = Math.abs(sum) + y[0].error;
    double passed = y[0].error;
    for (int k = 1; k < knots.length; k++) {
      double share = ((double) depth - knots[k - 1]) / ((double) knots[k] - knots[k - 1]);
      double ramp = Math.min(1, Math.max(0, share));
      double slope = Math.max(y[k].value, 0) + Math.log1p(Math.exp(-Math.abs(y[k].value)));
      double slopeError = y[k].error + FUNCTION_ERROR * (1 + slope);
      sum += slope * ramp;
      size += (slope + slopeError) * ramp;
      passed += slopeError * ramp + (slope + slopeError) * 4 * U;
    }
    return new Bounded(sum, passed + (knots.length + 2) * 1.01 * U * size);
  }
}
