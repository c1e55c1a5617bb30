package dev.discount.policy.log;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue of byte records from many threads to one. Lock-free; memory is taken once. An
 * appending thread claims a range by one compare-and-set, copies its record and publishes it; the
 * reading thread takes records in the order of their claims.
 */
final class RecordRing {

  /*
   * The memory is parted into cells. A record takes consecutive cells and never wraps: where it does
   * not fit before the end, the rest is claimed as padding. lengths[c] is the length of the record
   * that begins in cell c, once it is published; -n for n cells of padding; 0 for nothing yet. The
   * reader sets it back to 0 before it moves the head, so whoever claims the cell next finds 0.
   * Positions count cells since the beginning; the sign of the tail says that the ring is closed, so
   * that no claim can follow the last reading.
   */

  /** What {@link #offer} did. */
  enum Offer {
    TAKEN,
    /** Taken, and more than half of the ring is used: whoever reads should, soon. */
    TAKEN_BEHIND_HALF,
    FULL,
    CLOSED
  }

  /** Takes a record out of the ring. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads one record.
     *
     * @param bytes the ring's memory, valid during the call
     * @param offset where the record begins
     * @param length its length
     */
    void read(byte[] bytes, int offset, int length);
  }

  private static final int CELL_SHIFT = 5;
  private static final int CELL_BYTES = 1 << CELL_SHIFT;
  private static final long CLOSED = Long.MIN_VALUE;

  private final byte[] bytes;
  private final AtomicIntegerArray lengths;
  private final int cells;
  private final PaddedLong tail = new PaddedLong();
  private final PaddedLong head = new PaddedLong();
  private final PaddedLong seenHead = new PaddedLong();

  /** A counter with a cache line of its own. */
  @SuppressWarnings("unused") // the padding
  private static final class PaddedLong extends AtomicLong {
    private static final long serialVersionUID = 1L;
    private long p1, p2, p3, p4, p5, p6, p7;
  }

  /**
   * Makes an empty ring.
   *
   * @param capacityBytes the memory, a power of two of at least {@code 4096}
   */
  RecordRing(int capacityBytes) {
    this.bytes = new byte[capacityBytes];
    this.cells = capacityBytes >> CELL_SHIFT;
    this.lengths = new AtomicIntegerArray(cells);
  }

  /** Returns the longest record that can be offered. */
  int maxBytes() {
    return Math.min(bytes.length / 4, Block.MAX_PAYLOAD / 2);
  }

  /**
   * Appends a record, from any thread.
   *
   * @param record the record
   * @param length its length, in [1, {@link #maxBytes()}]
   */
  Offer offer(byte[] record, int length) {
    int needed = (length + CELL_BYTES - 1) >>> CELL_SHIFT;
    while (true) {
      long from = tail.get();
      if (from < 0) {
        return Offer.CLOSED;
      }
      int cell = (int) from & (cells - 1);
      int before = cells - cell;
      int claimed = needed <= before ? needed : before + needed;
      boolean behindHalf = from + claimed - seenHead.getAcquire() > cells / 2;
      if (behindHalf) {
        long now = head.get();
        if (from + claimed - now > cells) {
          return Offer.FULL;
        }
        seenHead.setRelease(now);
        behindHalf = from + claimed - now > cells / 2;
      }
      if (tail.compareAndSet(from, from + claimed)) {
        if (claimed != needed) {
          lengths.setRelease(cell, -before);
          cell = 0;
        }
        System.arraycopy(record, 0, bytes, cell << CELL_SHIFT, length);
        lengths.setRelease(cell, length);
        return behindHalf ? Offer.TAKEN_BEHIND_HALF : Offer.TAKEN;
      }
      Thread.onSpinWait();
    }
  }

  /**
   * Reads records until there is none or enough are read, from the reading thread. If reading one
   * throws, it and those behind it stay.
   *
   * @return the number read
   */
  int drain(Reader reader, int max) {
    int count = 0;
    long at = head.getPlain();
    while (count < max) {
      int cell = (int) at & (cells - 1);
      int length = lengths.getAcquire(cell);
      if (length == 0) {
        break;
      }
      if (length > 0) {
        reader.read(bytes, cell << CELL_SHIFT, length);
        count++;
      }
      lengths.setPlain(cell, 0);
      at += length > 0 ? (length + CELL_BYTES - 1) >>> CELL_SHIFT : -length;
      head.setRelease(at);
    }
    return count;
  }

  /** Takes no more records; those claimed will still be read. */
  void close() {
    tail.getAndUpdate(position -> position | CLOSED);
  }

  boolean isClosed() {
    return tail.get() < 0;
  }

  /** Returns the position behind the last claim. */
  long claimed() {
    return tail.get() & ~CLOSED;
  }

  /** Returns the position behind the last record that was read. */
  long drained() {
    return head.get();
  }
}
