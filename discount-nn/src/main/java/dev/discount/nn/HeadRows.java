package dev.discount.nn;

import dev.discount.nn.layer.Matrix;

/**
 * What a {@link ResponseHead} reads and writes for a batch. A reusable container; threads that
 * write at the same time write different rows.
 *
 * @param outputs the last layer's outputs, shape {@code [rows, head.outputs()]}; read
 * @param gradients the derivative of the loss by {@code outputs}, of the same shape; written
 * @param slopes scratch, of the same shape
 * @param ramps scratch, of the same shape
 * @param depths each row's discount depth, shape {@code [rows]}; read
 */
record HeadRows(Matrix outputs, Matrix gradients, Matrix slopes, Matrix ramps, float[] depths) {

  /**
   * Makes room for batches.
   *
   * @param capacity the largest batch
   * @param head the head
   */
  static HeadRows of(int capacity, ResponseHead head) {
    int columns = head.outputs();
    return new HeadRows(
        new Matrix(capacity, columns),
        new Matrix(capacity, columns),
        new Matrix(capacity, columns),
        new Matrix(capacity, columns),
        new float[capacity]);
  }
}
