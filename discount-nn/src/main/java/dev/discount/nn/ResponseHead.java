package dev.discount.nn;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.nn.layer.Range;
import dev.discount.nn.loss.BinaryCrossEntropy;
import dev.discount.nn.loss.Loss;
import dev.discount.nn.loss.LossRows;

/** How a network's outputs become the logit of a purchase at a depth. Immutable, thread-safe. */
sealed interface ResponseHead permits PointHead, MonotoneHead, ValueHead {

  /** Returns whether the output is a logit, whose sigmoid is the prediction. */
  default boolean logit() {
    return true;
  }

  /** Returns what training makes small. */
  default Loss loss() {
    return new BinaryCrossEntropy();
  }

  /** Returns the number of outputs of the last layer that the head reads, at least 1. */
  int outputs();

  /**
   * Computes the logits of a range of rows into {@code loss.outputs()}.
   *
   * @param rows the last layer's outputs and the depths
   * @param range the rows
   */
  void forward(Kernels kernels, HeadRows rows, LossRows loss, Range range);

  /**
   * Computes the derivative of the loss by the last layer's outputs from {@code loss.gradients()},
   * after {@link #forward}; padding is set to 0.
   *
   * @param rows as in {@link #forward}
   * @param range the rows
   */
  void backward(Kernels kernels, HeadRows rows, LossRows loss, Range range);
}
