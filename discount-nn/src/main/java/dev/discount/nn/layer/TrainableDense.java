package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.PackedMatrix;
import dev.discount.nn.optim.ParameterSlice;
import dev.discount.nn.optim.StepRule;

/**
 * A {@link Dense} layer with all that training it needs: gradient, optimiser state, and packed
 * copies of what its products read. Methods that take a range touch no output outside of it, so
 * threads may share the work.
 *
 * <p>Each output is one fma chain that begins at its bias and runs over the inputs in rising order,
 * but for a single output, which is its bias and a dot product. Each derivative by an input is one
 * chain from +0 over the outputs, each by a weight one over the rows of the batch.
 */
public final class TrainableDense {

  private final Dense layer;
  private final Dense.Gradient gradient;
  private final float[] weightState;
  private final float[] biasState;
  private final DenseProducts products;
  private final PackedMatrix transposed;
  private final int gradientInputs;
  private final float[] squaredNorms;

  /**
   * Makes the trainable form of a layer.
   *
   * @param kernels the kernels of all its products
   * @param layer the layer, changed by steps
   * @param statePerWeight the optimiser's floats of state per weight, at least 1
   * @param gradientInputs the first inputs whose derivatives are asked for, at least 1 and at most
   *     the inputs
   * @param capacity the largest batch
   */
  public TrainableDense(
      Kernels kernels, Dense layer, int statePerWeight, int gradientInputs, int capacity) {
    this.layer = layer;
    this.gradient = new Dense.Gradient(layer);
    this.weightState =
        new float[Math.multiplyExact(layer.weights().values().length, statePerWeight)];
    this.biasState = new float[layer.bias().length * statePerWeight];
    this.products = DenseProducts.of(kernels, layer, capacity);
    this.transposed = kernels.newPacked(layer.outputs(), Matrix.pad(gradientInputs));
    this.gradientInputs = gradientInputs;
    this.squaredNorms = new float[layer.inputs()];
    packTransposed(kernels, new Range(0, layer.inputs()));
  }

  /** Returns the layer. */
  public Dense layer() {
    return layer;
  }

  /** Returns the gradient. */
  public Dense.Gradient gradient() {
    return gradient;
  }

  /** Brings the transposed copy of a range of weight rows up to date. */
  private void packTransposed(Kernels kernels, Range range) {
    Matrix w = layer.weights();
    int off = w.offset(range.from());
    int count = Math.min(range.to(), gradientInputs) - range.from();
    if (count > 0) {
      kernels.repackTransposed(range.from(), count, w.values(), off, w.stride(), transposed);
    }
  }

  /**
   * Computes the outputs of a range of rows.
   *
   * @param x the inputs, shape {@code [rows, inputs]}
   * @param out the outputs, shape {@code [rows, outputs]}
   * @param rows the rows
   */
  public void forwardInto(Workbench bench, Matrix x, Matrix out, Range rows) {
    products.forwardInto(bench, x, out, rows.from(), rows.to());
  }

  /**
   * Keeps the derivative of the loss by a range of rows of the outputs for {@link #sumWeights}.
   *
   * @param dy the derivative by the outputs, shape {@code [capacity, outputs]}
   * @param rows the rows
   */
  public void keepOutputGradient(Workbench bench, Matrix dy, Range rows) {
    products.keepOutputGradient(bench, dy, rows);
  }

  /**
   * Computes the derivative of the loss by the inputs of a range of rows: {@code dx = dy * Wᵀ}.
   *
   * @param dy the derivative by the outputs, shape {@code [rows, outputs]}
   * @param dx the derivative by the first inputs, shape {@code [rows, gradientInputs]}
   * @param rows the rows
   */
  public void inputGradientInto(Workbench bench, Matrix dy, Matrix dx, Range rows) {
    bench.multiply(dy, transposed, dx, rows.from(), rows.to(), false);
  }

  /**
   * Computes the gradient of a range of weight rows from the kept derivatives by the outputs.
   *
   * @param x the inputs, shape {@code [>= rows, inputs]}
   * @param rows the rows of the batch
   * @param range the weight rows: inputs
   */
  public void sumWeights(Workbench bench, Matrix x, int rows, Range range) {
    products.sumWeights(bench, x, rows, range, gradient.weights());
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
   * Makes one optimiser step on a range of weight rows and brings the packed copies up to date.
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
    products.copyWeights(kernels, range);
    packTransposed(kernels, range);
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
