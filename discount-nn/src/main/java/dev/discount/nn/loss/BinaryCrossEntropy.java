package dev.discount.nn.loss;

import dev.discount.core.internal.kernel.Kernels;

/**
 * Cross-entropy of a probability given by its logit z against a target y in [0, 1]: {@code w *
 * (softplus(z) - y * z)}, derivative {@code w * (sigmoid(z) - y)}.
 *
 * <p>This form, and not the logarithm of a rounded probability, stays finite for logits of any
 * size; its absolute error is a few units in the last place of the logit.
 */
public final class BinaryCrossEntropy implements Loss {

  @Override
  public void evaluate(Kernels kernels, LossRows rows, int from, int to) {
    float[] logits = rows.outputs();
    float[] targets = rows.targets();
    float[] weights = rows.weights();
    float[] losses = rows.losses();
    float[] gradients = rows.gradients();
    kernels.softplus(to - from, logits, from, losses, from);
    kernels.sigmoid(to - from, logits, from, gradients, from);
    for (int i = from; i < to; i++) {
      losses[i] = weights[i] * (losses[i] - targets[i] * logits[i]);
      gradients[i] = weights[i] * (gradients[i] - targets[i]);
    }
  }
}
