package dev.discount.nn;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.nn.layer.Activation;
import dev.discount.nn.layer.Dense;
import dev.discount.nn.layer.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * A second implementation of a network's forward pass, in double and plain loops, on a copy of the
 * weights: the oracle for scores and, by central differences, for gradients.
 */
final class DoubleNetwork {

  final Network network;
  final double[][][] tables;
  final double[][][] weights;
  final double[][] biases;

  /** What the inputs of each layer are multiplied by, or null: shape [layers][rows][inputs]. */
  double @Nullable [][][] masks;

  DoubleNetwork(Network network) {
    this.network = network;
    EmbeddingTable[] floats = network.weights().tables();
    tables = new double[floats.length][][];
    for (int f = 0; f < floats.length; f++) {
      tables[f] = new double[(int) floats[f].rows()][floats[f].width()];
      for (int r = 0; r < tables[f].length; r++) {
        for (int j = 0; j < tables[f][r].length; j++) {
          tables[f][r][j] = floats[f].page(r)[floats[f].offset(r) + j];
        }
      }
    }
    Dense[] layers = network.weights().layers();
    weights = new double[layers.length][][];
    biases = new double[layers.length][];
    for (int l = 0; l < layers.length; l++) {
      weights[l] = new double[layers[l].inputs()][layers[l].outputs()];
      biases[l] = new double[layers[l].outputs()];
      for (int j = 0; j < layers[l].outputs(); j++) {
        biases[l][j] = layers[l].bias()[j];
        for (int i = 0; i < layers[l].inputs(); i++) {
          weights[l][i][j] = layers[l].weights().values()[layers[l].weights().offset(i) + j];
        }
      }
    }
  }

  /** Returns the logit of one encoded row at one level. */
  double logit(int[] indexes, float[] numbers, int arm, double depth) {
    return logit(firstInput(indexes, numbers, arm, depth), depth, 0);
  }

  private double[] firstInput(int[] indexes, float[] numbers, int arm, double depth) {
    NetLayout layout = network.layout();
    double[] x = new double[layout.inputs()];
    for (int f = 0; f < layout.tables(); f++) {
      int index = f == layout.fields() ? arm : indexes[f];
      System.arraycopy(tables[f][index], 0, x, layout.tableColumns()[f], layout.tableWidths()[f]);
    }
    for (int j = 0; j < layout.numberWidth(); j++) {
      x[layout.numberColumn() + j] = numbers[j];
    }
    if (layout.depthColumn() >= 0) {
      x[layout.depthColumn()] =
          (depth - network.level().depthMean()) * network.level().depthScale();
    }
    return x;
  }

  private double logit(double[] firstInput, double depth, int batchRow) {
    double[] x = firstInput;
    for (int l = 0; l < weights.length; l++) {
      if (masks != null && masks[l].length > 0) {
        for (int i = 0; i < x.length; i++) {
          x[i] *= masks[l][batchRow][i];
        }
      }
      double[] y = biases[l].clone();
      for (int j = 0; j < y.length; j++) {
        for (int i = 0; i < x.length; i++) {
          y[j] += x[i] * weights[l][i][j];
        }
        if (l < weights.length - 1) {
          y[j] = activate(network.activation(), y[j]);
        }
      }
      x = y;
    }
    double logit = x[0];
    if (network.head() instanceof MonotoneHead head) {
      float[] knots = head.knots();
      for (int k = 1; k < knots.length; k++) {
        double share = (depth - knots[k - 1]) / ((double) knots[k] - knots[k - 1]);
        logit += softplus(x[k]) * Math.max(0, Math.min(1, share));
      }
    }
    return logit;
  }

  /** Returns the mean weighted cross-entropy of rows of a log. */
  double loss(TrainingData data, int[] rows) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      double z = logit(data, row, i);
      sum += data.weights()[row] * (softplus(z) - data.outcomes()[row] * z);
    }
    return sum / rows.length;
  }

  /** Returns the logit of a row of a log at its own level. */
  double logit(TrainingData data, int row) {
    return logit(data, row, 0);
  }

  private double logit(TrainingData data, int row, int batchRow) {
    int[] indexes = new int[network.layout().fields()];
    for (int f = 0; f < indexes.length; f++) {
      indexes[f] = data.rows().indexes(f)[row];
    }
    int width = network.layout().numberWidth();
    float[] numbers = new float[width];
    System.arraycopy(data.rows().numbers(), row * width, numbers, 0, width);
    double depth = data.depths()[row];
    return logit(firstInput(indexes, numbers, data.levels()[row], depth), depth, batchRow);
  }

  /** Multiplies the inputs of every layer by the masks that a training step drew. */
  void useMasks(TrainingStep step) {
    double[][][] used = new double[weights.length][][];
    for (int l = 0; l < used.length; l++) {
      Matrix mask = step.mask(l);
      used[l] = new double[mask.rows()][mask.columns()];
      for (int i = 0; i < mask.rows(); i++) {
        for (int j = 0; j < mask.columns(); j++) {
          used[l][i][j] = mask.values()[mask.offset(i) + j];
        }
      }
    }
    masks = used;
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double activate(Activation activation, double x) {
    return switch (activation) {
      case RELU -> Math.max(0, x);
      case LEAKY_RELU -> x > 0 ? x : 0.01f * x;
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
    };
  }
}
