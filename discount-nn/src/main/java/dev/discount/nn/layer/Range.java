package dev.discount.nn.layer;

/**
 * A half-open range of outputs: one worker's part of a phase. Immutable.
 *
 * @param from the first index
 * @param to the index after the last, not below {@code from}
 */
public record Range(int from, int to) {

  /** Returns the number of indexes. */
  public int size() {
    return to - from;
  }

  /** Returns whether there is no index. */
  public boolean isEmpty() {
    return from == to;
  }

  /**
   * Returns one worker's part of {@code n} outputs. The parts of all workers are disjoint, rise
   * with the worker and cover everything.
   *
   * @param n the number of outputs
   * @param worker the worker, in [0, workers)
   * @param workers the number of workers, at least 1
   */
  public static Range part(int n, int worker, int workers) {
    return new Range(
        (int) ((long) n * worker / workers), (int) ((long) n * (worker + 1) / workers));
  }
}
