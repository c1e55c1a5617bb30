package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.PackedMatrix;

/**
 * What one thread computes products with. Confined to it.
 *
 * @param kernels the kernels
 * @param scratch the scratch memory of products, shape {@code [2, padded columns of the widest]}
 */
public record Workbench(Kernels kernels, float[][] scratch) {

  /**
   * Makes a workbench.
   *
   * @param kernels the kernels
   * @param columns the columns of the widest product's result
   */
  public static Workbench of(Kernels kernels, int columns) {
    return new Workbench(kernels, new float[2][Matrix.pad(columns)]);
  }

  /** Computes some rows of {@code c = a * b}, or adds that to them. */
  void multiply(Matrix a, PackedMatrix b, Matrix c, int from, int to, boolean accumulate) {
    kernels.gemmPacked(
        to - from,
        a.values(),
        a.offset(from),
        a.stride(),
        b,
        c.values(),
        c.offset(from),
        c.stride(),
        accumulate,
        scratch);
  }
}
