package dev.discount.core.io;

/** Where the numbers of a large tensor come from, piece by piece, while a file is written. */
@FunctionalInterface
public interface FloatSource {

  /**
   * Copies a run of elements. Runs are asked for once each, in rising order and without gaps.
   *
   * @param from the first element, counted row-major over the whole tensor
   * @param count the number of elements, at least 1
   * @param out where they go, from index 0 on; shape {@code [>= count]}
   */
  void copyInto(long from, int count, float[] out);
}
