package dev.discount.nn.loss;

/**
 * The rows of one batch as a {@link Loss} sees them. A reusable container; threads that write at
 * the same time write different rows. Every array has shape {@code [capacity]}.
 */
public final class LossRows {

  private final float[] outputs;
  private final float[] targets;
  private final float[] weights;
  private final float[] losses;
  private final float[] gradients;

  /**
   * Makes room for batches.
   *
   * @param capacity the largest number of rows, at least 1
   */
  public LossRows(int capacity) {
    this.outputs = new float[capacity];
    this.targets = new float[capacity];
    this.weights = new float[capacity];
    this.losses = new float[capacity];
    this.gradients = new float[capacity];
  }

  /** Returns the network's outputs, an input of the loss. */
  public float[] outputs() {
    return outputs;
  }

  /** Returns the targets, an input of the loss. */
  public float[] targets() {
    return targets;
  }

  /** Returns the weights of the rows, an input of the loss, not negative. */
  public float[] weights() {
    return weights;
  }

  /** Returns the weighted losses, written by the loss. */
  public float[] losses() {
    return losses;
  }

  /** Returns the derivatives of the weighted losses by the outputs, written by the loss. */
  public float[] gradients() {
    return gradients;
  }

  /** Returns the sum of the first losses, in double and in row order. */
  public double sum(int rows) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += losses[i];
    }
    return sum;
  }
}
