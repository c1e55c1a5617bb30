package dev.discount.policy.guard;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A part of a {@link KeyedState}: tags and their numbers. Safe for concurrent use; how it works is
 * said there.
 */
final class StateSegment {

  /** What {@link #claim} returns where no further tag fits. */
  static final int FULL = -1;

  /** What {@link #claim} returns where a tag is new and the segment is being replaced. */
  static final int MOVING = -2;

  private static final VarHandle TAGS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle STATES = MethodHandles.arrayElementVarHandle(long[].class);

  private static final int EMPTY = 0;
  private static final int SEALED = -1;
  private static final int ABSENT = -1;
  private static final long FROZEN = Long.MIN_VALUE;
  private static final int NOT_MOVING = 0;

  /** Object, two arrays with their headers, two counters. */
  private static final long FIXED_BYTES = 32 + 2 * 16 + 2 * 16;

  private final int[] tags;
  private final long[] states;
  private final int limit;
  private final AtomicInteger used = new AtomicInteger();
  private final AtomicInteger moving = new AtomicInteger(NOT_MOVING);
  private volatile long retryAtSeconds;

  StateSegment(int slots, long retryAtSeconds) {
    this.tags = new int[slots];
    this.states = new long[slots];
    this.limit = slots - Math.max(1, slots / 12);
    this.retryAtSeconds = retryAtSeconds;
  }

  static long bytes(int slots) {
    return FIXED_BYTES + (long) slots * (Integer.BYTES + Long.BYTES);
  }

  /** Returns the tag for 32 bits of a key: never one of the marks. */
  static int tag(int bits) {
    return bits == EMPTY || bits == SEALED ? bits + 2 : bits;
  }

  int used() {
    return used.get();
  }

  boolean isFull() {
    return used.get() >= limit;
  }

  long retryAtSeconds() {
    return retryAtSeconds;
  }

  void retryAt(long seconds) {
    retryAtSeconds = seconds;
  }

  long read(int tag, long nowSeconds) {
    int slot = find(tag);
    if (slot >= 0) {
      return (long) STATES.getVolatile(states, slot) & ~FROZEN;
    }
    return isFull() && nowSeconds < retryAtSeconds ? KeyedState.NO_ROOM : 0;
  }

  private int find(int tag) {
    int slot = home(tag);
    for (int probes = 0; probes < tags.length; probes++) {
      int found = (int) TAGS.getVolatile(tags, slot);
      if (found == tag) {
        return slot;
      }
      if (found == EMPTY || found == SEALED) {
        return ABSENT;
      }
      slot = slot + 1 == tags.length ? 0 : slot + 1;
    }
    return ABSENT;
  }

  /** Returns the slot of a tag, claimed if it has none yet, or {@link #FULL} or {@link #MOVING}. */
  int claim(int tag) {
    int slot = home(tag);
    for (int probes = 0; probes < tags.length; probes++) {
      int found = (int) TAGS.getVolatile(tags, slot);
      if (found == EMPTY) {
        if (isFull()) {
          return FULL;
        }
        found = (int) TAGS.compareAndExchange(tags, slot, EMPTY, tag);
        if (found == EMPTY) {
          used.incrementAndGet();
          return slot;
        }
      }
      if (found == tag) {
        return slot;
      }
      if (found == SEALED) {
        return MOVING;
      }
      slot = slot + 1 == tags.length ? 0 : slot + 1;
    }
    return FULL;
  }

  boolean compareAndSet(int slot, long expected, long next) {
    return STATES.compareAndSet(states, slot, expected, next);
  }

  /** Returns whether the caller is the one to replace this segment. */
  boolean startMoving() {
    return moving.compareAndSet(NOT_MOVING, 1);
  }

  /** Makes every further change fail. */
  void freeze() {
    for (int slot = 0; slot < tags.length; slot++) {
      TAGS.compareAndSet(tags, slot, EMPTY, SEALED);
    }
    for (int slot = 0; slot < tags.length; slot++) {
      STATES.getAndBitwiseOr(states, slot, FROZEN);
    }
  }

  /** Takes a tag and its number. */
  @FunctionalInterface
  interface Entry {
    void accept(int tag, long state);
  }

  void forEach(Entry entry) {
    for (int slot = 0; slot < tags.length; slot++) {
      int tag = (int) TAGS.getVolatile(tags, slot);
      long state = (long) STATES.getVolatile(states, slot) & ~FROZEN;
      if (tag != EMPTY && tag != SEALED && state != 0) {
        entry.accept(tag, state);
      }
    }
  }

  /**
   * Puts a number into a segment that no other thread has seen, beyond the limit too; returns
   * whether the tag was new and fit.
   */
  boolean put(int tag, long state) {
    int slot = home(tag);
    for (int probes = 0; probes < tags.length; probes++) {
      if (tags[slot] == tag) {
        return false;
      }
      if (tags[slot] == EMPTY) {
        tags[slot] = tag;
        states[slot] = state;
        used.incrementAndGet();
        return true;
      }
      slot = slot + 1 == tags.length ? 0 : slot + 1;
    }
    return false;
  }

  void writeTo(DataOutput out) throws IOException {
    int[] foundTags = new int[tags.length];
    long[] foundStates = new long[tags.length];
    int[] count = {0};
    forEach(
        (tag, state) -> {
          foundTags[count[0]] = tag;
          foundStates[count[0]++] = state;
        });
    out.writeInt(count[0]);
    for (int i = 0; i < count[0]; i++) {
      out.writeInt(foundTags[i]);
      out.writeLong(foundStates[i]);
    }
  }

  static StateSegment readFrom(DataInput in, int keys, int slots) throws IOException {
    if (keys < 0 || keys > slots) {
      throw new SnapshotFormatException("keys must number at most " + slots + ", got " + keys);
    }
    StateSegment segment = new StateSegment(slots, 0);
    for (int i = 0; i < keys; i++) {
      int tag = in.readInt();
      long state = in.readLong();
      if (tag == EMPTY || tag == SEALED || state <= 0) {
        throw new SnapshotFormatException(
            "an entry must have a tag and a state above 0, got " + tag + " and " + state);
      }
      if (!segment.put(tag, state)) {
        throw new SnapshotFormatException("tags must be distinct and fit, got " + tag);
      }
    }
    return segment;
  }

  private int home(int tag) {
    return (int) (((tag & 0xFFFF_FFFFL) * tags.length) >>> 32);
  }
}
