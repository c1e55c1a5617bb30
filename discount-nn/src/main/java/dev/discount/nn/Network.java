package dev.discount.nn;

import dev.discount.nn.layer.Activation;

/**
 * A network as training and scoring share it. The weights are mutable while it is trained.
 *
 * @param layout where everything stands
 * @param weights the weights
 * @param head how the outputs become a logit
 * @param level how the level enters
 * @param activation the function after each hidden layer
 */
record Network(
    NetLayout layout,
    NetWeights weights,
    ResponseHead head,
    LevelInput level,
    Activation activation) {

  /** Returns the layer's form of a configured activation. */
  static Activation activation(ResponseNetConfig config) {
    return switch (config.activation()) {
      case RELU -> Activation.RELU;
      case LEAKY_RELU -> Activation.LEAKY_RELU;
      case SIGMOID -> Activation.SIGMOID;
      case TANH -> Activation.TANH;
    };
  }
}
