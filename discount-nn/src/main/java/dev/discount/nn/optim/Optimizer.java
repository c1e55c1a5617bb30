package dev.discount.nn.optim;

/**
 * A rule that turns gradients into steps. Immutable; the state it keeps per weight (velocity,
 * moments) belongs to the caller and begins at 0.
 */
public interface Optimizer {

  /** Returns the number of floats of state per weight. */
  int statePerWeight();

  /**
   * Returns the rule of one step.
   *
   * @param step the step's number, from 1, counted over all steps whether or not they touch a
   *     weight
   * @param learningRate the learning rate of this step
   * @param penalised whether L2 penalty and weight decay act; biases are exempt
   */
  StepRule stepRule(long step, double learningRate, boolean penalised);
}
