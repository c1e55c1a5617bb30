package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;

/** A function applied to every element of a layer's output. Stateless. */
public enum Activation {
  /** {@code max(x, 0)}; derivative 0 at 0. */
  RELU {
    @Override
    public void forwardInPlace(Kernels kernels, Matrix y, int from, int to) {
      kernels.relu((to - from) * y.stride(), y.values(), y.offset(from));
    }

    @Override
    public void backwardInPlace(Kernels kernels, Matrix y, Matrix dy, Range rows) {
      int n = size(y, rows);
      kernels.reluBackward(
          n, y.values(), y.offset(rows.from()), dy.values(), dy.offset(rows.from()));
    }
  },
  /** {@code x} above 0 and {@link #LEAKY_SLOPE}{@code * x} elsewhere. */
  LEAKY_RELU {
    @Override
    public void forwardInPlace(Kernels kernels, Matrix y, int from, int to) {
      kernels.leakyRelu((to - from) * y.stride(), LEAKY_SLOPE, y.values(), y.offset(from));
    }

    @Override
    public void backwardInPlace(Kernels kernels, Matrix y, Matrix dy, Range rows) {
      int n = size(y, rows);
      kernels.leakyReluBackward(
          n, LEAKY_SLOPE, y.values(), y.offset(rows.from()), dy.values(), dy.offset(rows.from()));
    }
  },
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID {
    @Override
    public void forwardInPlace(Kernels kernels, Matrix y, int from, int to) {
      int off = y.offset(from);
      kernels.sigmoid((to - from) * y.stride(), y.values(), off, y.values(), off);
    }

    @Override
    public void backwardInPlace(Kernels kernels, Matrix y, Matrix dy, Range rows) {
      int n = size(y, rows);
      kernels.sigmoidBackward(
          n, y.values(), y.offset(rows.from()), dy.values(), dy.offset(rows.from()));
    }
  },
  /** {@code tanh(x)}. */
  TANH {
    @Override
    public void forwardInPlace(Kernels kernels, Matrix y, int from, int to) {
      int off = y.offset(from);
      kernels.tanh((to - from) * y.stride(), y.values(), off, y.values(), off);
    }

    @Override
    public void backwardInPlace(Kernels kernels, Matrix y, Matrix dy, Range rows) {
      int n = size(y, rows);
      kernels.tanhBackward(
          n, y.values(), y.offset(rows.from()), dy.values(), dy.offset(rows.from()));
    }
  };

  /** The slope of {@link #LEAKY_RELU} below 0. */
  public static final float LEAKY_SLOPE = 0.01f;

  /**
   * Replaces x by y = f(x), padding included.
   *
   * @param y the values, shape {@code [rows, columns]}
   * @param from the first row
   * @param to the row after the last
   */
  public abstract void forwardInPlace(Kernels kernels, Matrix y, int from, int to);

  /**
   * Replaces the derivative of the loss by y with that by x. A padded element that is 0 stays 0.
   *
   * @param y the output of {@link #forwardInPlace}, shape {@code [rows, columns]}
   * @param dy the derivative, of the same shape
   * @param rows the rows
   */
  public abstract void backwardInPlace(Kernels kernels, Matrix y, Matrix dy, Range rows);

  private static int size(Matrix y, Range rows) {
    return rows.size() * y.stride();
  }
}
