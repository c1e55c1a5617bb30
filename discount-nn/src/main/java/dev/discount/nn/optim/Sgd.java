package dev.discount.nn.optim;

/**
 * Stochastic gradient descent with momentum: {@code v = momentum * v + (g + l2 * w)}, {@code w -=
 * rate * v}. Immutable.
 *
 * @param momentum the share of the velocity that a step keeps, in [0, 1)
 * @param l2 the L2 penalty, 0 or more: {@code l2 / 2 * |w|^2} is added to the loss
 */
public record Sgd(double momentum, double l2) implements Optimizer {

  /** Checks the ranges. */
  public Sgd {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1), got " + momentum);
    }
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("l2 must be >= 0 and finite, got " + l2);
    }
  }

  @Override
  public int statePerWeight() {
    return 1;
  }

  @Override
  public StepRule stepRule(long step, double learningRate, boolean penalised) {
    float rate = (float) learningRate;
    float keep = (float) momentum;
    float penalty = penalised ? (float) l2 : 0;
    return (kernels, slice) ->
        kernels.sgdStep(
            slice.size,
            slice.weights,
            slice.weightsOffset,
            slice.gradient,
            slice.gradientOffset,
            slice.state,
            slice.stateOffset,
            rate,
            keep,
            penalty);
  }
}
