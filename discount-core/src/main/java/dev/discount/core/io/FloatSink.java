package dev.discount.core.io;

/** Where the numbers of a large tensor go, piece by piece, while a file is read. */
@FunctionalInterface
public interface FloatSink {

  /**
   * Takes a run of elements. Runs are handed over once each, in rising order and without gaps.
   *
   * @param from the first element, counted row-major over the whole tensor
   * @param count the number of elements, at least 1
   * @param values the elements, from index 0 on, shape {@code [>= count]}; reused for the next run
   */
  void accept(long from, int count, float[] values);
}
