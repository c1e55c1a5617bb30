package dev.discount.policy.guard;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/** A part of a {@link PriceLedger}: items and their prices. Safe for concurrent use. */
final class LedgerSegment {

  /*
   * Keys are claimed once, in the first empty slot of their probe sequence, and stay. The cells of a
   * slot are
   *
   *   [0] a version: odd while a record is written; readers read again if it has changed
   *   [1] the day of the last record, days since 1970 plus 1; 0 before the first
   *   [2] the price in force
   *   [3..33] the lowest price of day d at 3 + d mod 31, for the 31 days up to the last record
   *
   * Prices are stored plus 1, as unsigned numbers; 0 is a price that is not known. The lowest of the
   * 30 days before a day is a minimum of at most 30 cells, whatever the history.
   */

  static final int FULL = -1;
  static final int ABSENT = -1;

  private static final int VERSION = 0;
  private static final int LAST_DAY = 1;
  private static final int IN_FORCE = 2;
  private static final int LOWS = 3;
  private static final int DAYS = PriceLedger.WINDOW_DAYS + 1;
  private static final int CELLS = LOWS + DAYS;
  private static final long UNSIGNED = 0xFFFF_FFFFL;
  private static final long FIXED_BYTES = 32 + 2 * 16 + 16;

  private static final VarHandle KEYS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);

  private final long[] keys;
  private final int[] cells;
  private final AtomicInteger used = new AtomicInteger();

  LedgerSegment(int slots) {
    this.keys = new long[slots];
    this.cells = new int[slots * CELLS];
  }

  static long bytes(int slots) {
    return FIXED_BYTES + slots * (Long.BYTES + (long) CELLS * Integer.BYTES);
  }

  /** Returns a key's slot or {@link #ABSENT}. */
  int find(long key) {
    int slot = home(key);
    for (int probes = 0; probes < keys.length; probes++) {
      long found = (long) KEYS.getVolatile(keys, slot);
      if (found == key) {
        return slot;
      }
      if (found == Keys.MISSING) {
        return ABSENT;
      }
      slot = slot + 1 == keys.length ? 0 : slot + 1;
    }
    return ABSENT;
  }

  /** Returns a key's slot, claimed if it has none yet, or {@link #FULL}. */
  int claim(long key) {
    return claim(key, keys.length - Math.max(1, keys.length / 12));
  }

  private int claim(long key, int limit) {
    int slot = home(key);
    for (int probes = 0; probes < keys.length; probes++) {
      long found = (long) KEYS.getVolatile(keys, slot);
      if (found == Keys.MISSING) {
        if (used.get() >= limit) {
          return FULL;
        }
        found = (long) KEYS.compareAndExchange(keys, slot, Keys.MISSING, key);
        if (found == Keys.MISSING) {
          used.incrementAndGet();
          return slot;
        }
      }
      if (found == key) {
        return slot;
      }
      slot = slot + 1 == keys.length ? 0 : slot + 1;
    }
    return FULL;
  }

  /**
   * Records a price, unless the day is before the last record's.
   *
   * @return the day of the last record, which is {@code day} if it was recorded
   */
  int record(int slot, int day, long priceMinor) {
    int base = slot * CELLS;
    int version = lock(base);
    int last = cells[base + LAST_DAY] - 1;
    if (last <= day) {
      write(base, last, day, (int) (priceMinor + 1));
    }
    CELL.setRelease(cells, base + VERSION, version + 2);
    return Math.max(last, day);
  }

  /** Makes the version odd; returns what it was. */
  private int lock(int base) {
    int version = (int) CELL.getVolatile(cells, base + VERSION);
    while ((version & 1) != 0 || !CELL.compareAndSet(cells, base + VERSION, version, version + 1)) {
      Thread.onSpinWait();
      version = (int) CELL.getVolatile(cells, base + VERSION);
    }
    return version;
  }

  private void write(int base, int last, int day, int price) {
    VarHandle.storeStoreFence();
    int inForce = cells[base + IN_FORCE];
    // The price in force was that of every day since the last record, this day's start included.
    for (int d = Math.max(last + 1, day - DAYS + 1); d <= day; d++) {
      cells[base + LOWS + Math.floorMod(d, DAYS)] = inForce;
    }
    int today = base + LOWS + Math.floorMod(day, DAYS);
    cells[today] = lower(cells[today], price);
    cells[base + IN_FORCE] = price;
    cells[base + LAST_DAY] = day + 1;
  }

  /** Returns the lower of two stored prices, where 0 is not known. */
  private static int lower(int a, int b) {
    return Integer.compareUnsigned(a - 1, b - 1) <= 0 ? a : b;
  }

  /** Returns the lowest price of the 30 days before a day. */
  long lowest(int slot, int day) {
    int base = slot * CELLS;
    while (true) {
      int version = (int) CELL.getAcquire(cells, base + VERSION);
      if ((version & 1) == 0) {
        int lowest = lowestStored(base, day);
        VarHandle.loadLoadFence();
        if ((int) CELL.getOpaque(cells, base + VERSION) == version) {
          return (lowest & UNSIGNED) - 1;
        }
      }
      Thread.onSpinWait();
    }
  }

  private int lowestStored(int base, int day) {
    int last = cells[base + LAST_DAY] - 1;
    if (last < 0) {
      return 0;
    }
    int lowest = day > last + 1 ? cells[base + IN_FORCE] : 0;
    int from = Math.max(day - PriceLedger.WINDOW_DAYS, last - DAYS + 1);
    for (int d = from; d < day && d <= last; d++) {
      lowest = lower(lowest, cells[base + LOWS + Math.floorMod(d, DAYS)]);
    }
    return lowest;
  }

  void writeTo(DataOutput out) throws IOException {
    int count = used.get();
    int[] copy = new int[CELLS];
    int[] slots = new int[keys.length];
    int found = 0;
    for (int slot = 0; slot < keys.length && found < count; slot++) {
      if ((long) KEYS.getVolatile(keys, slot) != Keys.MISSING) {
        slots[found++] = slot;
      }
    }
    out.writeInt(found);
    for (int i = 0; i < found; i++) {
      copyInto(slots[i] * CELLS, copy);
      out.writeLong(keys[slots[i]]);
      for (int cell = LAST_DAY; cell < CELLS; cell++) {
        out.writeInt(copy[cell]);
      }
    }
  }

  private void copyInto(int base, int[] out) {
    int version = lock(base);
    System.arraycopy(cells, base, out, 0, CELLS);
    CELL.setRelease(cells, base + VERSION, version + 2);
  }

  static LedgerSegment readFrom(DataInput in, int count, int slots) throws IOException {
    if (count < 0 || count > slots) {
      throw new SnapshotFormatException("items must number at most " + slots + ", got " + count);
    }
    LedgerSegment segment = new LedgerSegment(slots);
    for (int i = 0; i < count; i++) {
      long key = in.readLong();
      if (key == Keys.MISSING || segment.find(key) != ABSENT) {
        throw new SnapshotFormatException("items must be stated and distinct, got " + key);
      }
      int slot = segment.claim(key, slots);
      if (slot == FULL) {
        throw new SnapshotFormatException("items must fit, got " + count + " in one segment");
      }
      for (int cell = LAST_DAY; cell < CELLS; cell++) {
        segment.cells[slot * CELLS + cell] = in.readInt();
      }
    }
    return segment;
  }

  private int home(long key) {
    return (int) (((key & UNSIGNED) * keys.length) >>> 32);
  }
}
