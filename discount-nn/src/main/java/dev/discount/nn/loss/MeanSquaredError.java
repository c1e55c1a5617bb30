package dev.discount.nn.loss;

import dev.discount.core.internal.kernel.Kernels;

/** Squared error {@code w * (z - y)^2} of an output z, derivative {@code 2 * w * (z - y)}. */
public final class MeanSquaredError implements Loss {

  @Override
  public void evaluate(Kernels kernels, LossRows rows, int from, int to) {
    for (int i = from; i < to; i++) {
      float error = rows.outputs()[i] - rows.targets()[i];
      float weighted = rows.weights()[i] * error;
      rows.losses()[i] = weighted * error;
      rows.gradients()[i] = 2 * weighted;
    }
  }
}
