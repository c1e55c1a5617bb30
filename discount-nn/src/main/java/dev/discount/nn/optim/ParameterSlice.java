package dev.discount.nn.optim;

import dev.discount.core.internal.kernel.Kernels;

/**
 * A run of weights with their gradient and optimiser state: the reusable argument of {@link
 * StepRule#applyInPlace}. Confined to one thread.
 */
public final class ParameterSlice {

  private static final float[] NOTHING = {};

  /** The number of weights. */
  public int size;

  /** The array that holds the weights. */
  public float[] weights = NOTHING;

  /** Where the weights begin. */
  public int weightsOffset;

  /** The array that holds the gradient. */
  public float[] gradient = NOTHING;

  /** Where the gradient begins. */
  public int gradientOffset;

  /** The array that holds the state: velocity, or first and then second moments. */
  public float[] state = NOTHING;

  /** Where the state begins. */
  public int stateOffset;

  /** The distance from the first kind of state to the second, at least {@link #size}. */
  public int stateStride;

  /** What the gradient is multiplied by before the step: below 1 where it is clipped. */
  public float gradientScale = 1;

  /** What was read ahead of use, to have it in a cache; means nothing. */
  public float fetched;

  /**
   * Scales the gradient in place if it is clipped, and makes a step.
   *
   * @param rule the step
   */
  public void stepInPlace(Kernels kernels, StepRule rule) {
    if (gradientScale != 1) {
      kernels.scale(size, gradientScale, gradient, gradientOffset);
    }
    rule.applyInPlace(kernels, this);
  }
}
