package dev.discount.policy.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue of entries from many threads to one. Lock-free; memory is taken once. A place is
 * claimed by one compare-and-set and filled later; entries are read in the order of their places.
 */
final class JournalRing {

  /*
   * An entry is four cells, the first of which is 0 until the entry is filled. The reader sets it
   * back to 0 before it moves the head, so whoever claims the place next finds 0. The sign of the
   * tail says that the ring is closed, so that no claim can follow the last reading.
   */

  /** Takes an entry out of the ring. */
  @FunctionalInterface
  interface Reader {
    void read(long head, long id, long amount, long millis);
  }

  /** What {@link #tryClaim} returns if there is no room. */
  static final long FULL = -1;

  /** What {@link #tryClaim} returns if the ring is closed. */
  static final long ENDED = -2;

  private static final int ENTRY = 4;
  private static final int ID = 1;
  private static final int AMOUNT = 2;
  private static final int MILLIS = 3;
  private static final long CLOSED = Long.MIN_VALUE;

  private final Cells cells;
  private final int entries;
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
   * @param entries how many it holds, a power of two
   */
  JournalRing(int entries) {
    this.entries = entries;
    this.cells = new Cells(entries * ENTRY);
  }

  /** Takes the next place, which must then be filled. */
  long tryClaim() {
    while (true) {
      long place = tail.get();
      if (place < 0) {
        return ENDED;
      }
      if (place - seenHead.getAcquire() >= entries) {
        long now = head.get();
        if (place - now >= entries) {
          return FULL;
        }
        seenHead.setRelease(now);
      }
      if (tail.compareAndSet(place, place + 1)) {
        return place;
      }
      Thread.onSpinWait();
    }
  }

  /** Fills a claimed place. */
  void fill(long place, long entryHead, long id, long amount, long millis) {
    int at = ((int) place & (entries - 1)) * ENTRY;
    cells.set(at + ID, id);
    cells.set(at + AMOUNT, amount);
    cells.set(at + MILLIS, millis);
    cells.set(at, entryHead);
  }

  /**
   * Reads entries until there is none, the next is claimed and not filled, or enough are read; from
   * the reading thread.
   *
   * @return the number read
   */
  int drain(Reader reader, int max) {
    long first = head.getPlain();
    long place = first;
    while (place - first < max) {
      int at = ((int) place & (entries - 1)) * ENTRY;
      long entryHead = cells.get(at);
      if (entryHead == 0) {
        break;
      }
      reader.read(entryHead, cells.get(at + ID), cells.get(at + AMOUNT), cells.get(at + MILLIS));
      cells.set(at, 0);
      place++;
      head.setRelease(place);
    }
    return (int) (place - first);
  }

  /** Takes no more entries; places that are claimed will still be read. */
  void close() {
    tail.getAndUpdate(place -> place | CLOSED);
  }

  boolean isClosed() {
    return tail.get() < 0;
  }

  /** Returns the place behind the last claim. */
  long claimed() {
    return tail.get() & ~CLOSED;
  }

  /** Returns the place behind the last entry that was read. */
  long drained() {
    return head.get();
  }
}
