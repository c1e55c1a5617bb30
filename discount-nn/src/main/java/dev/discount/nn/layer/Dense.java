package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.random.CounterRandom;
import java.util.Arrays;

/**
 * The weights of a fully connected layer, {@code y = x * W + b}. The shape is fixed, the weights
 * are mutable. The padded columns of weights, bias and their gradients are exactly 0 and stay so.
 */
public final class Dense {

  /** How weights are drawn; the bias begins at 0. */
  public enum Init {
    /** Uniform in ±sqrt(6 / inputs) [He et al., ICCV 2015, section 2.2]: for ReLU. */
    HE,
    /** Uniform in ±sqrt(6 / (inputs + outputs)) [Glorot and Bengio, AISTATS 2010, eq. 16]. */
    GLOROT
  }

  private final int inputs;
  private final int outputs;
  private final Matrix weights;
  private final float[] bias;

  /**
   * Makes a layer of zeros.
   *
   * @param inputs the number of inputs, at least 1
   * @param outputs the number of outputs, at least 1
   */
  public Dense(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = new Matrix(inputs, outputs);
    this.bias = new float[weights.stride()];
  }

  /**
   * Draws all weights and sets the bias to 0.
   *
   * @param init the distribution
   * @param seed the seed
   * @param stream the generator's stream, distinct for each layer
   */
  public void initialise(Init init, long seed, long stream) {
    double fans = init == Init.HE ? inputs : (double) inputs + outputs;
    float bound = (float) Math.sqrt(6 / fans);
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < outputs; j++) {
        float unit = CounterRandom.unitFloat(seed, stream, (long) i * outputs + j);
        weights.values()[weights.offset(i) + j] = (2 * unit - 1) * bound;
      }
    }
    Arrays.fill(bias, 0);
  }

  /** Returns the number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** Returns the number of outputs. */
  public int outputs() {
    return outputs;
  }

  /** Returns the live weights; shape {@code [inputs, outputs]}. */
  public Matrix weights() {
    return weights;
  }

  /** Returns the live bias; shape {@code [padded outputs]}. */
  public float[] bias() {
    return bias;
  }

  /** The gradient of one layer's weights and bias, summed over the rows of a batch. */
  public static final class Gradient {
    private final Matrix weights;
    private final float[] bias;

    /** Makes a gradient of zeros for a layer. */
    public Gradient(Dense layer) {
      this.weights = new Matrix(layer.inputs, layer.outputs);
      this.bias = new float[layer.bias.length];
    }

    /** Returns the live gradient of the weights; shape {@code [inputs, outputs]}. */
    public Matrix weights() {
      return weights;
    }

    /** Returns the live gradient of the bias; shape {@code [padded outputs]}. */
    public float[] bias() {
      return bias;
    }

    /**
     * Computes the gradient of the bias, the column sums of the first {@code rows} rows.
     *
     * @param dy the derivative by the outputs, shape {@code [>= rows, outputs]}
     * @param rows the rows of the batch
     */
    public void sumBias(Kernels kernels, Matrix dy, int rows) {
      Arrays.fill(bias, 0);
      kernels.columnSums(rows, dy.stride(), dy.values(), 0, dy.stride(), bias, 0);
    }
  }
}
