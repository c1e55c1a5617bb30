package dev.discount.nn;

import java.util.List;

/**
 * The shape of a {@link ResponseNet}: everything that is chosen before training and is not about
 * the training itself. Immutable; every instance is valid.
 *
 * @param hidden the widths of the hidden layers, each at least 1; empty for a logistic regression;
 *     copied
 * @param activation the function after each hidden layer
 * @param head how the discount enters
 * @param dropout the probability that a hidden unit is dropped while training, in [0, 1)
 * @param inputDropout the probability that a unit of the first layer's input (embeddings, numbers,
 *     depth) is dropped while training, in [0, 1)
 * @param idWidth the width of the embedding of an id without a width of its own, at least 1
 * @param categoryWidth the width of the embedding of a category or named arm without a width of its
 *     own, at least 1, or 0 for the rule {@code min(16, round(1.6 * cardinality^0.56))}
 * @param maxKnots the largest number of knots of a {@link Head#MONOTONE} curve, at least 2
 */
public record ResponseNetConfig(
    List<Integer> hidden,
    Activation activation,
    Head head,
    double dropout,
    double inputDropout,
    int idWidth,
    int categoryWidth,
    int maxKnots) {

  /** The function after a hidden layer. */
  public enum Activation {
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code x} above 0 and {@code 0.01 * x} elsewhere. */
    LEAKY_RELU,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** {@code tanh(x)}. */
    TANH
  }

  /** How the discount enters the network. */
  public enum Head {
    /**
     * The level is one more input: its depth for percentages and amounts, an embedding for named
     * arms. The response may take any shape.
     */
    POINT,
    /**
     * The network's outputs are an intercept and one slope for each stretch between two knots of
     * depth. A deeper discount never lowers the probability, one pass gives the whole curve, and
     * another ladder needs no new training. Not for named arms, which have no order.
     */
    MONOTONE
  }

  private static final int MAX_CATEGORY_WIDTH = 16;

  /** Checks the ranges and copies the list. */
  public ResponseNetConfig {
    hidden = List.copyOf(hidden);
    for (int i = 0; i < hidden.size(); i++) {
      require(hidden.get(i) >= 1, "hidden[" + i + "]", ">= 1", hidden.get(i));
    }
    require(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
    require(inputDropout >= 0 && inputDropout < 1, "inputDropout", "in [0, 1)", inputDropout);
    require(idWidth >= 1, "idWidth", ">= 1", idWidth);
    require(categoryWidth >= 0, "categoryWidth", ">= 0", categoryWidth);
    require(maxKnots >= 2, "maxKnots", ">= 2", maxKnots);
  }

  /** Returns the shape that is used where nothing else is said. */
  public static ResponseNetConfig ofDefaults() {
    return new ResponseNetConfig(List.of(64, 32), Activation.RELU, Head.MONOTONE, 0.1, 0, 32, 0, 8);
  }

  /** Returns this shape with other hidden layers. */
  public ResponseNetConfig withHidden(Integer... widths) {
    return new ResponseNetConfig(
        List.of(widths), activation, head, dropout, inputDropout, idWidth, categoryWidth, maxKnots);
  }

  /** Returns this shape with another function after each hidden layer. */
  public ResponseNetConfig withActivation(Activation newActivation) {
    return new ResponseNetConfig(
        hidden, newActivation, head, dropout, inputDropout, idWidth, categoryWidth, maxKnots);
  }

  /** Returns this shape with another head. */
  public ResponseNetConfig withHead(Head newHead) {
    return new ResponseNetConfig(
        hidden, activation, newHead, dropout, inputDropout, idWidth, categoryWidth, maxKnots);
  }

  /** Returns this shape with another dropout of hidden units. */
  public ResponseNetConfig withDropout(double rate) {
    return new ResponseNetConfig(
        hidden, activation, head, rate, inputDropout, idWidth, categoryWidth, maxKnots);
  }

  /** Returns this shape with another dropout of inputs. */
  public ResponseNetConfig withInputDropout(double rate) {
    return new ResponseNetConfig(
        hidden, activation, head, dropout, rate, idWidth, categoryWidth, maxKnots);
  }

  /** Returns this shape with another width of id embeddings. */
  public ResponseNetConfig withIdWidth(int width) {
    return new ResponseNetConfig(
        hidden, activation, head, dropout, inputDropout, width, categoryWidth, maxKnots);
  }

  /** Returns this shape with another width of category embeddings, 0 for the rule. */
  public ResponseNetConfig withCategoryWidth(int width) {
    return new ResponseNetConfig(
        hidden, activation, head, dropout, inputDropout, idWidth, width, maxKnots);
  }

  /** Returns this shape with another largest number of knots. */
  public ResponseNetConfig withMaxKnots(int knots) {
    return new ResponseNetConfig(
        hidden, activation, head, dropout, inputDropout, idWidth, categoryWidth, knots);
  }

  /**
   * Returns the width of the embedding of a category.
   *
   * @param cardinality the number of categories, the unknown one included
   */
  int widthOfCategory(int cardinality) {
    if (categoryWidth > 0) {
      return categoryWidth;
    }
    long rule = Math.round(1.6 * StrictMath.pow(cardinality, 0.56));
    return (int) Math.max(1, Math.min(MAX_CATEGORY_WIDTH, rule));
  }

  private static void require(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + rule + ", got " + value);
    }
  }
}
