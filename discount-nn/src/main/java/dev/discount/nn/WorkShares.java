package dev.discount.nn;

import dev.discount.nn.layer.Range;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The outputs of a phase that no worker has taken yet. Each worker begins with a part of its own
 * and takes ever smaller pieces of it; who has none left takes from the others. So a worker that
 * the machine holds up does less, and no other waits long for it. Reset by one thread between
 * phases, taken from by all workers at once.
 *
 * <p>Who computes an output is a matter of chance; phases compute each one whole and from what the
 * phase before has left, so it changes no bit.
 */
final class WorkShares {

  /**
   * Distance between two shares, in longs: a share has its cache line, and its neighbour, alone.
   */
  private static final int STRIDE = 16;

  private static final Range NOTHING = new Range(0, 0);

  /** Computes something on a range of the outputs of one layer or table. */
  interface Work {
    /**
     * Does it.
     *
     * @param index the layer, or the table
     * @param range its weight rows, or its groups of equal indexes
     */
    void run(int index, Range range);
  }

  /** Of each share what is left of it: the first index above, the index after the last below. */
  private final AtomicLongArray rest;

  private final int workers;
  private final int least;

  /**
   * Makes shares of nothing.
   *
   * @param workers the number of workers, at least 1
   * @param least the outputs of the smallest piece, at least 1; pieces begin at multiples of it
   */
  WorkShares(int workers, int least) {
    this.rest = new AtomicLongArray((workers + 1) * STRIDE);
    this.workers = workers;
    this.least = least;
  }

  /**
   * Gives every worker a part of the outputs.
   *
   * @param n the number of outputs
   */
  void reset(int n) {
    int blocks = (n + least - 1) / least;
    for (int share = 0; share < workers; share++) {
      Range part = Range.part(blocks, share, workers);
      int to = (int) Math.min(n, (long) part.to() * least);
      rest.set(place(share), packed((int) Math.min(to, (long) part.from() * least), to));
    }
  }

  /**
   * Takes a piece, of the worker's own share while there is one.
   *
   * @param worker the worker, in [0, workers)
   * @return the outputs to compute; empty if none is left
   */
  Range take(int worker) {
    for (int i = 0; i < workers; i++) {
      int place = place((worker + i) % workers);
      while (true) {
        long before = rest.get(place);
        int from = (int) (before >>> Integer.SIZE);
        int to = (int) before;
        if (from == to) {
          break;
        }
        int next = from + piece(to - from);
        if (rest.compareAndSet(place, before, packed(next, to))) {
          return new Range(from, next);
        }
      }
    }
    return NOTHING;
  }

  /** Returns how much of what is left of a share to take: all if nobody else could, or half. */
  private int piece(int left) {
    if (workers == 1) {
      return left;
    }
    return Math.min(left, Math.max(1, left / (2 * least)) * least);
  }

  private static int place(int share) {
    return (share + 1) * STRIDE;
  }

  private static long packed(int from, int to) {
    return (long) from << Integer.SIZE | to;
  }
}
