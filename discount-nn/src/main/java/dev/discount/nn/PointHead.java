package dev.discount.nn;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.nn.layer.Range;
import dev.discount.nn.loss.LossRows;
import java.util.Arrays;

/** The head of one output, the logit itself. The level, if there is one, is an input. Stateless. */
final class PointHead implements ResponseHead {

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public void forward(Kernels kernels, HeadRows rows, LossRows loss, Range range) {
    for (int i = range.from(); i < range.to(); i++) {
      loss.outputs()[i] = rows.outputs().values()[rows.outputs().offset(i)];
    }
  }

  @Override
  public void backward(Kernels kernels, HeadRows rows, LossRows loss, Range range) {
    int stride = rows.gradients().stride();
    float[] gradients = rows.gradients().values();
    Arrays.fill(gradients, range.from() * stride, range.to() * stride, 0f);
    for (int i = range.from(); i < range.to(); i++) {
      gradients[i * stride] = loss.gradients()[i];
    }
  }
}
