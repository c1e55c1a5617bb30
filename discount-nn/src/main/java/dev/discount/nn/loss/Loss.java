package dev.discount.nn.loss;

import dev.discount.core.internal.kernel.Kernels;

/** What training makes small: a function of one output and one target a row. Stateless. */
public interface Loss {

  /**
   * Computes the weighted losses of a range of rows and their derivatives by the outputs.
   *
   * @param rows the rows; outputs, targets and weights are read, losses and gradients written
   * @param from the first row
   * @param to the row after the last
   */
  void evaluate(Kernels kernels, LossRows rows, int from, int to);
}
