package dev.discount.nn;

import dev.discount.nn.optim.Adam;
import dev.discount.nn.optim.LearningRate;
import dev.discount.nn.optim.Optimizer;
import dev.discount.nn.optim.Sgd;
import dev.discount.nn.optim.StepRule;

/**
 * How the weights move in each step: the configured optimiser at the step's learning rate. Changed
 * by one thread between phases, read by all workers.
 */
final class StepRules {

  private final Optimizer optimizer;
  private final LearningRate learningRate;
  private StepRule weights;
  private StepRule biases;

  /**
   * Makes the rules of the first step.
   *
   * @param config the settings
   * @param rows the rows to train on
   */
  StepRules(TrainingConfig config, int rows) {
    this.optimizer =
        switch (config.optimizer()) {
          case SGD -> new Sgd(config.momentum(), config.l2());
          case ADAM -> Adam.of(config.l2(), 0);
          case ADAMW -> Adam.of(0, config.weightDecay());
        };
    this.learningRate =
        switch (config.schedule()) {
          case CONSTANT -> new LearningRate.Constant(config.learningRate());
          case COSINE -> {
            long perEpoch = (rows - 1L) / config.batchSize() + 1;
            yield new LearningRate.Cosine(
                config.learningRate(), config.warmUpSteps(), perEpoch * config.epochs());
          }
        };
    this.weights = optimizer.stepRule(1, config.learningRate(), true);
    this.biases = weights;
  }

  /** Returns the optimiser's floats of state per weight. */
  int statePerWeight() {
    return optimizer.statePerWeight();
  }

  /** Returns the learning rate of a step. */
  double learningRate(long step) {
    return learningRate.at(step);
  }

  /** Makes the rules those of a step. */
  void moveTo(long step) {
    double rate = learningRate.at(step);
    weights = optimizer.stepRule(step, rate, true);
    biases = optimizer.stepRule(step, rate, false);
  }

  /** Returns the rule of all weights but biases. */
  StepRule weights() {
    return weights;
  }

  /** Returns the rule of biases, which no penalty acts on. */
  StepRule biases() {
    return biases;
  }
}
