package dev.discount.nn.optim;

/** A learning rate as a function of the step. Immutable. */
public sealed interface LearningRate {

  /**
   * Returns the learning rate of a step.
   *
   * @param step the step's number, from 1
   */
  double at(long step);

  /**
   * The same rate at every step.
   *
   * @param rate the rate
   */
  record Constant(double rate) implements LearningRate {
    @Override
    public double at(long step) {
      return rate;
    }
  }

  /**
   * A linear rise to the peak over the first steps, then half a cosine down to 0 after the last
   * step [I. Loshchilov and F. Hutter, ICLR 2017, eq. 5, without restarts].
   *
   * <p>Step {@code s <= warmUpSteps} has {@code peak * s / warmUpSteps}; a later one has {@code
   * peak * (1 + cos(pi * (s - 1 - warmUpSteps) / (steps - warmUpSteps))) / 2}; one after {@code
   * steps} has 0.
   *
   * @param peak the largest rate
   * @param warmUpSteps the steps of the rise, 0 or more
   * @param steps the steps of the whole training
   */
  record Cosine(double peak, long warmUpSteps, long steps) implements LearningRate {
    @Override
    public double at(long step) {
      if (step <= warmUpSteps) {
        return peak * step / warmUpSteps;
      }
      if (step > steps) {
        return 0;
      }
      double share = (step - 1 - warmUpSteps) / (double) (steps - warmUpSteps);
      return peak * (1 + StrictMath.cos(Math.PI * share)) / 2;
    }
  }
}
