package dev.discount.nn;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.nn.layer.Range;
import dev.discount.nn.loss.Loss;
import dev.discount.nn.loss.LossRows;
import dev.discount.nn.loss.MeanSquaredError;

/** The head of one output that is a standardised value and not a logit. Stateless. */
final class ValueHead implements ResponseHead {

  private final PointHead point = new PointHead();

  @Override
  public int outputs() {
    return point.outputs();
  }

  @Override
  public boolean logit() {
    return false;
  }

  @Override
  public Loss loss() {
    return new MeanSquaredError();
  }

  @Override
  public void forward(Kernels kernels, HeadRows rows, LossRows loss, Range range) {
    point.forward(kernels, rows, loss, range);
  }

  @Override
  public void backward(Kernels kernels, HeadRows rows, LossRows loss, Range range) {
    point.backward(kernels, rows, loss, range);
  }
}
