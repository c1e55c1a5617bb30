package dev.discount.policy.budget;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Numbers that several threads share: all that a ledger does with memory goes through here. Not
 * final, so that a test can put every step of one thread between any two of another.
 */
class Cells {

  /** The distance at which two cells share no cache line, nor the line fetched beside it. */
  static final int APART = 16;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] cells;

  Cells(int count) {
    this.cells = new long[count];
  }

  long get(int cell) {
    return (long) LONGS.getVolatile(cells, cell);
  }

  /**
   * Writes a number that others see only after what was written before. They may see it late, but
   * not after what this thread adds, swaps or compares next.
   */
  void set(int cell, long value) {
    LONGS.setRelease(cells, cell, value);
  }

  boolean compareAndSet(int cell, long expected, long value) {
    return LONGS.compareAndSet(cells, cell, expected, value);
  }

  long getAndSet(int cell, long value) {
    return (long) LONGS.getAndSet(cells, cell, value);
  }

  void add(int cell, long more) {
    LONGS.getAndAdd(cells, cell, more);
  }

  /** Returns the stripe of the calling thread, one of a power of two. */
  int stripe(int stripes) {
    return (int) Thread.currentThread().getId() & (stripes - 1);
  }

  /** Waits a moment for another thread to change something. */
  void pause() {
    Thread.onSpinWait();
  }
}
