package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;

/**
 * The products of a {@link Dense} layer that run over its outputs, with the copies of weights and
 * derivatives that they read. Methods that take a range touch no output outside of it, so threads
 * may share the work; any number of threads may score at a time while no weights are copied.
 */
public interface DenseProducts {

  /**
   * Makes the products of a layer, its weights copied.
   *
   * @param kernels the kernels of all products
   * @param layer the layer
   * @param capacity the largest batch whose weight gradient is asked for, 0 to score only
   */
  static DenseProducts of(Kernels kernels, Dense layer, int capacity) {
    return layer.outputs() == 1
        ? new ColumnProducts(layer, capacity)
        : new PackedProducts(kernels, layer, capacity);
  }

  /** Brings the copy of a range of weight rows up to date. */
  void copyWeights(Kernels kernels, Range range);

  /**
   * Computes the outputs of rows, {@code x * W + b}.
   *
   * @param x the inputs, shape {@code [>= to, inputs]}
   * @param out the outputs, shape {@code [>= to, outputs]}
   * @param from the first row
   * @param to the row after the last
   */
  void forwardInto(Workbench bench, Matrix x, Matrix out, int from, int to);

  /**
   * Keeps the derivative of the loss by a range of rows of the outputs for {@link #sumWeights}.
   *
   * @param dy the derivative by the outputs, shape {@code [capacity, outputs]}
   * @param rows the rows
   */
  void keepOutputGradient(Workbench bench, Matrix dy, Range rows);

  /**
   * Computes the gradient of a range of weight rows from the kept derivatives, {@code xᵀ * dy}: one
   * fma chain each from +0 over the rows.
   *
   * @param x the inputs, shape {@code [>= rows, inputs]}
   * @param rows the rows of the batch
   * @param range the weight rows: inputs
   * @param out the gradient, shape {@code [inputs, outputs]}
   */
  void sumWeights(Workbench bench, Matrix x, int rows, Range range, Matrix out);
}
