package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;

/**
 * A dense row-major block of float32, its rows padded with zeros to a multiple of {@link
 * Kernels#LANES}: element {@code (i, j)} stands at {@code i * stride() + j}. The shape is fixed,
 * the values are shared and mutable; threads that write at the same time write different rows.
 */
public final class Matrix {

  private final float[] values;
  private final int rows;
  private final int columns;
  private final int stride;

  /**
   * Makes a block of zeros.
   *
   * @param rows the number of rows, 0 or more
   * @param columns the number of columns that hold values, at least 1
   */
  public Matrix(int rows, int columns) {
    if (rows < 0) {
      throw new IllegalArgumentException("rows must be >= 0, got " + rows);
    }
    if (columns < 1) {
      throw new IllegalArgumentException("columns must be >= 1, got " + columns);
    }
    this.rows = rows;
    this.columns = columns;
    this.stride = pad(columns);
    this.values = new float[Math.multiplyExact(rows, stride)];
  }

  /** Returns the number of columns that a row of {@code columns} values is padded to. */
  public static int pad(int columns) {
    return Math.addExact(columns, Kernels.LANES - 1) / Kernels.LANES * Kernels.LANES;
  }

  /** Returns the live values; shape {@code [rows, stride]}. */
  public float[] values() {
    return values;
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of columns that hold values. */
  public int columns() {
    return columns;
  }

  /** Returns the distance between two rows, a multiple of {@link Kernels#LANES}. */
  public int stride() {
    return stride;
  }

  /** Returns where a row begins in {@link #values()}. */
  public int offset(int row) {
    return row * stride;
  }
}
