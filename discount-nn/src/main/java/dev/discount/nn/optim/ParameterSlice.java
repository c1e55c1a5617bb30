package dev.discount.nn.optim;

import dev.discount.core.internal.kernel.Kernels;

/**
 * A run of weights with their gradient and optimiser state: the reusable argument of {@link
 * StepRule#applyInPlace}. Confined to one thread.
 */
public final class ParameterSlice {

  /*
   * A penalty or a decaying moment shrinks what no gradient moves geometrically, towards the
   * subnormal numbers, on which products run many times slower, in training and in every later
   * score. (x + F) - F rounds x to a multiple of F / 2^24: anything below half of that becomes an
   * exact 0, and the error, at most F / 2^25, is beyond notice: 2^-65 for a weight; for the moments
   * 2^-85, whose root is far below Adam's epsilon. It is the same in every JVM and vectorises.
   */
  private static final float WEIGHT_FLOOR = 0x1p-40f;
  private static final float STATE_FLOOR = 0x1p-60f;

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

  /** The number of kinds of state: floats of state per weight. */
  public int statePerWeight;

  /** What the gradient is multiplied by before the step: below 1 where it is clipped. */
  public float gradientScale = 1;

  /**
   * Scales the gradient in place if it is clipped, makes a step, and sets what has shrunk to next
   * to nothing to 0.
   *
   * @param rule the step
   */
  public void stepInPlace(Kernels kernels, StepRule rule) {
    if (gradientScale != 1) {
      kernels.scale(size, gradientScale, gradient, gradientOffset);
    }
    rule.applyInPlace(kernels, this);
    flushInPlace(weights, weightsOffset, size, WEIGHT_FLOOR);
    for (int kind = 0; kind < statePerWeight; kind++) {
      flushInPlace(state, stateOffset + kind * stateStride, size, STATE_FLOOR);
    }
  }

  private static void flushInPlace(float[] values, int from, int count, float floor) {
    for (int i = from; i < from + count; i++) {
      values[i] = (values[i] + floor) - floor;
    }
  }
}
