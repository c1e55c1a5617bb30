package dev.discount.core.internal.kernel;

/**
 * A right-hand matrix of products, copied into the layout that one implementation of {@link
 * Kernels} reads fastest: for what serves many products. Made by {@link Kernels#pack} and of use to
 * the kernels of that {@link Kernels#name} only. Changed by {@link Kernels#repack} alone; safe for
 * concurrent use between such changes.
 */
public interface PackedMatrix {

  /** Returns the number of rows, the length of each sum. */
  int rows();

  /** Returns the number of columns, padded. */
  int columns();
}
