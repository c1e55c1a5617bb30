package dev.discount.nn.optim;

/**
 * Adam [1], with a coupled L2 penalty, a decoupled weight decay (AdamW [2]), or neither. Immutable.
 *
 * @param beta1 the decay of the first moment, in [0, 1)
 * @param beta2 the decay of the second moment, in [0, 1)
 * @param epsilon the constant added to the root of the corrected second moment, above 0
 * @param l2 the coupled L2 penalty, 0 or more: {@code l2 * w} is added to the gradient
 * @param weightDecay the decoupled decay, 0 or more: {@code learningRate * weightDecay * w} is
 *     taken off the weight
 */
public record Adam(double beta1, double beta2, double epsilon, double l2, double weightDecay)
    implements Optimizer {

  /*
   * With g' = g + l2 w, at step t:
   *
   *     m = b1 m + (1 - b1) g'          v = b2 v + (1 - b2) g'^2
   *     w = w - rate * decay * w - rate / (1 - b1^t) * m / (sqrt(v / (1 - b2^t)) + epsilon)
   *
   * The powers are taken in double by StrictMath, so that they are the same in every JVM.
   *
   * [1] D. P. Kingma and J. Ba, ICLR 2015, algorithm 1
   * [2] I. Loshchilov and F. Hutter, ICLR 2019, algorithm 2
   */

  /** Checks the ranges. */
  public Adam {
    requireShare("beta1", beta1);
    requireShare("beta2", beta2);
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("epsilon must be > 0 and finite, got " + epsilon);
    }
    requireFinite("l2", l2);
    requireFinite("weightDecay", weightDecay);
  }

  /**
   * Returns the optimiser with the constants of [1]: 0.9, 0.999 and 1e-8.
   *
   * @param l2 the coupled L2 penalty, 0 or more
   * @param weightDecay the decoupled decay, 0 or more
   */
  public static Adam of(double l2, double weightDecay) {
    return new Adam(0.9, 0.999, 1e-8, l2, weightDecay);
  }

  @Override
  public int statePerWeight() {
    return 2;
  }

  @Override
  public StepRule stepRule(long step, double learningRate, boolean penalised) {
    float stepSize = (float) (learningRate / (1 - StrictMath.pow(beta1, step)));
    float correction = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, step)));
    float penalty = penalised ? (float) l2 : 0;
    float decay = penalised ? (float) (learningRate * weightDecay) : 0;
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float eps = (float) epsilon;
    return (kernels, slice) ->
        kernels.adamStep(
            slice.size,
            slice.weights,
            slice.weightsOffset,
            slice.gradient,
            slice.gradientOffset,
            slice.state,
            slice.stateOffset,
            slice.state,
            slice.stateOffset + slice.stateStride,
            stepSize,
            correction,
            b1,
            b2,
            eps,
            penalty,
            decay);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1), got " + value);
    }
  }

  private static void requireFinite(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be >= 0 and finite, got " + value);
    }
  }
}
