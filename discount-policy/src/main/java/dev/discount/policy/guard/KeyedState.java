package dev.discount.policy.guard;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One number for each of many keys, changed by compare-and-set, at 16 bytes a key. Safe for
 * concurrent use and lock-free, except that a segment which is full is rebuilt without the numbers
 * that no longer matter; while that lasts, its numbers can be read and not changed.
 */
final class KeyedState {

  /*
   * Open addressing with linear probing [1, section 6.4, algorithm L] in segments of about a
   * thousand keys. The upper bits of a key choose the segment, the lower 32 are its tag in there;
   * where probing begins follows from the tag, so a segment can be rebuilt from its own content. Two
   * keys share a number if segment and tag agree: for n keys in 2^s segments that befalls a key with
   * probability n / 2^(32 + s), 2e-7 at ten million. Guardrails are built so that sharing closes
   * more, never less.
   *
   * A tag is claimed once, always in the first empty slot of its probe sequence, and never given up;
   * so two threads cannot claim two slots for one key. Space comes back by rebuilding only: empty
   * slots are sealed, numbers frozen by their sign bit, the live ones copied, the new segment
   * published. A compare-and-set on a frozen number fails, whoever attempts it reads again.
   *
   * [1] D. E. Knuth, The Art of Computer Programming, volume 3, 2nd ed.
   */

  /** Says which numbers still matter. */
  @FunctionalInterface
  interface Life {
    boolean isLive(long state, long nowSeconds);
  }

  /** What is read for a key that has no number and no room for one. */
  static final long NO_ROOM = -1;

  private static final int KEYS_PER_SEGMENT = 1_250;
  private static final int MAX_SEGMENT_BITS = 20;
  private static final int SLOTS_PER_100_KEYS = 130;
  private static final long RETRY_SECONDS = 60;

  /** The largest number of keys. */
  static final int MAX_CAPACITY = KEYS_PER_SEGMENT << (MAX_SEGMENT_BITS - 1);

  private final AtomicReferenceArray<@Nullable StateSegment> segments;
  private final int segmentBits;
  private final int slots;
  private final Life life;

  /**
   * Makes a table without numbers. Memory is taken segment by segment when it is needed.
   *
   * @param capacity the number of keys to make room for
   * @param life which numbers survive when a full segment is rebuilt
   */
  KeyedState(int capacity, Life life) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "capacity must be in [1, " + MAX_CAPACITY + "], got " + capacity);
    }
    int segmentsNeeded = (capacity + KEYS_PER_SEGMENT - 1) / KEYS_PER_SEGMENT;
    this.segmentBits = Integer.SIZE - Integer.numberOfLeadingZeros(segmentsNeeded - 1);
    int keys = (int) (((long) capacity + (1L << segmentBits) - 1) >>> segmentBits);
    this.slots = Math.max(16, keys * SLOTS_PER_100_KEYS / 100);
    this.segments = new AtomicReferenceArray<>(1 << segmentBits);
    this.life = life;
  }

  /** Returns the bytes that the table takes when every segment is in use. */
  long bytes() {
    return (long) segments.length() * (4 + StateSegment.bytes(slots)) + 16;
  }

  /** Returns the number of keys that have or had a number. */
  int size() {
    int size = 0;
    for (int i = 0; i < segments.length(); i++) {
      StateSegment segment = segments.get(i);
      size += segment == null ? 0 : segment.used();
    }
    return size;
  }

  /** Returns a key's number, 0 if it has none, {@link #NO_ROOM} if it has none and cannot. */
  long read(long key, long nowSeconds) {
    StateSegment segment = segments.get(index(key));
    return segment == null ? 0 : segment.read(tag(key), nowSeconds);
  }

  /**
   * Changes a key's number if it is the expected one.
   *
   * @param expected what it must be, 0 for none
   * @param next what it becomes, not negative
   * @return whether it was changed
   */
  boolean compareAndSet(long key, long expected, long next, long nowSeconds) {
    int index = index(key);
    StateSegment segment = segments.get(index);
    if (segment == null) {
      segments.compareAndSet(index, null, new StateSegment(slots, 0));
      segment = segments.get(index);
    }
    int slot = segment.claim(tag(key));
    if (slot == StateSegment.FULL) {
      if (nowSeconds >= segment.retryAtSeconds()) {
        rebuild(index, segment, nowSeconds);
      }
      return false;
    }
    return slot >= 0 && segment.compareAndSet(slot, expected, next);
  }

  /** Replaces a segment by one with its live numbers alone; one thread at a time does it. */
  private void rebuild(int index, StateSegment segment, long nowSeconds) {
    if (!segment.startMoving()) {
      return;
    }
    segment.freeze();
    StateSegment next = new StateSegment(slots, 0);
    segment.forEach(
        (tag, state) -> {
          if (life.isLive(state, nowSeconds)) {
            next.put(tag, state);
          }
        });
    if (next.isFull()) {
      next.retryAt(nowSeconds + RETRY_SECONDS);
    }
    segments.set(index, next);
  }

  /** Writes every number; each is as it was at some moment during the call. */
  void writeTo(DataOutput out) throws IOException {
    out.writeInt(segments.length());
    for (int i = 0; i < segments.length(); i++) {
      StateSegment segment = segments.get(i);
      if (segment == null) {
        out.writeInt(0);
      } else {
        segment.writeTo(out);
      }
    }
  }

  /**
   * Reads numbers that {@link #writeTo} wrote.
   *
   * @return what puts them into the place of the present ones
   * @throws SnapshotFormatException if they do not fit this table
   */
  Runnable readFrom(DataInput in) throws IOException {
    int count = in.readInt();
    if (count != segments.length()) {
      throw new SnapshotFormatException(
          "segments must number " + segments.length() + ", got " + count);
    }
    @Nullable StateSegment[] read = new @Nullable StateSegment[count];
    for (int i = 0; i < count; i++) {
      int keys = in.readInt();
      if (keys != 0) {
        read[i] = StateSegment.readFrom(in, keys, slots);
      }
    }
    return () -> replace(read);
  }

  private void replace(@Nullable StateSegment[] read) {
    for (int i = 0; i < read.length; i++) {
      StateSegment next = read[i] == null ? new StateSegment(slots, 0) : read[i];
      StateSegment now = segments.get(i);
      while (now == null ? !segments.compareAndSet(i, null, next) : !now.startMoving()) {
        Thread.onSpinWait(); // somebody else is replacing it
        now = segments.get(i);
      }
      if (now != null) {
        now.freeze();
        segments.set(i, next);
      }
    }
  }

  private int index(long key) {
    return segmentBits == 0 ? 0 : (int) (key >>> (Long.SIZE - segmentBits));
  }

  private static int tag(long key) {
    return StateSegment.tag((int) key);
  }
}
