package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.nn.optim.ParameterSlice;
import dev.discount.nn.optim.StepRule;

/**
 * A {@link Dense} layer with all that training it needs: gradient, optimiser state and the
 * transpose of its weights. Methods that take a range of weight rows touch no others, so threads
 * may share the work.
 */
public final class TrainableDense {

  private final Dense layer;
  private final Dense.Gradient gradient;
  private final float[] weightState;
  private final float[] biasState;
  private final Matrix transposed;
  private final float[] squaredNorms;

  /**
   * Makes the trainable form of a layer.
   *
   * @param layer the layer, changed by steps
   * @param statePerWeight the optimiser's floats of state per weight, at least 1
   * @param gradientInputs the first inputs whose derivatives are asked for, at least 1 and at most
   *     the inputs
   */
  public TrainableDense(Dense layer, int statePerWeight, int gradientInputs) {
    this.layer = layer;
    this.gradient = new Dense.Gradient(layer);
    this.weightState =
        new float[Math.multiplyExact(layer.weights().values().length, statePerWeight)];
    this.biasState = new float[layer.bias().length * statePerWeight];
    this.transposed = new Matrix(layer.outputs(), gradientInputs);
    this.squaredNorms = new float[layer.inputs()];
  }

  /** Returns the layer. */
  public Dense layer() {
    return layer;
  }

  /** Returns the gradient. */
  public Dense.Gradient gradient() {
    return gradient;
  }

  /** Returns the transposed weights of the inputs whose derivatives are asked for. */
  public Matrix transposed() {
    return transposed;
  }

  /**
   * Copies a range of weight rows into the transpose; to be called before the first step.
   *
   * @param range the weight rows; those without asked-for derivatives are left out
   */
  public void transpose(Kernels kernels, Range range) {
    int to = Math.min(range.to(), transposed.columns());
    if (range.from() < to) {
      layer.transposeInto(kernels, new Range(range.from(), to), transposed);
    }
  }

  /**
   * Computes the squared norm of the gradient of each weight row of a range.
   *
   * @param range the weight rows
   */
  public void computeNorms(Kernels kernels, Range range) {
    Matrix g = gradient.weights();
    for (int i = range.from(); i < range.to(); i++) {
      int off = g.offset(i);
      squaredNorms[i] = kernels.dot(g.stride(), g.values(), off, g.values(), off);
    }
  }

  /** Returns the squared norm of the whole gradient, bias included, summed in row order. */
  public double squaredNorm(Kernels kernels) {
    float[] bias = gradient.bias();
    double sum = kernels.dot(bias.length, bias, 0, bias, 0);
    for (float norm : squaredNorms) {
      sum += norm;
    }
    return sum;
  }

  /**
   * Makes one optimiser step on a range of weight rows and brings the transpose up to date.
   *
   * @param rule the step
   * @param slice the caller's scratch, its gradient scale set
   * @param range the weight rows
   */
  public void stepWeights(Kernels kernels, StepRule rule, ParameterSlice slice, Range range) {
    Matrix w = layer.weights();
    int off = w.offset(range.from());
    slice.size = range.size() * w.stride();
    slice.weights = w.values();
    slice.weightsOffset = off;
    slice.gradient = gradient.weights().values();
    slice.gradientOffset = off;
    slice.state = weightState;
    slice.stateOffset = off;
    slice.stateStride = w.values().length;
    slice.stepInPlace(kernels, rule);
    transpose(kernels, range);
  }

  /**
   * Makes one optimiser step on the bias.
   *
   * @param rule the step
   * @param slice the caller's scratch, its gradient scale set
   */
  public void stepBias(Kernels kernels, StepRule rule, ParameterSlice slice) {
    slice.size = layer.bias().length;
    slice.weights = layer.bias();
    slice.weightsOffset = 0;
    slice.gradient = gradient.bias();
    slice.gradientOffset = 0;
    slice.state = biasState;
    slice.stateOffset = 0;
    slice.stateStride = layer.bias().length;
    slice.stepInPlace(kernels, rule);
  }
}
