package dev.discount.policy.guard;

/**
 * A sliding window of grants in one number: when the last one was, and how many there were in each
 * slice of the window. Immutable; states are plain numbers.
 */
final class CapWindow {

  /*
   * A state is last * 2^31 + counts: the second of the last grant since 1970, 32 bits, and as many
   * counts of just the width that the maximum needs as fit 31 bits, the newest slice lowest. The
   * slices divide the window, so that with n counts a slice is a (n - 1)th of it, and a grant counts
   * until its slice is n - 1 slices old: never shorter than the window, and at most one slice longer.
   * So no window of the stated length, wherever it begins, holds more than the maximum.
   *
   * A time before the last grant is taken for that of the last grant: a clock that is set back opens
   * nothing.
   */

  static final int MAX_GRANTS = 1_023;

  private static final int COUNT_BITS = 31;
  private static final long COUNTS = (1L << COUNT_BITS) - 1;

  private final int maximum;
  private final int width;
  private final int slices;
  private final long sliceSeconds;
  private final long cooldownSeconds;

  CapWindow(int maximum, long windowSeconds, long cooldownSeconds) {
    this.maximum = maximum;
    this.width = Integer.SIZE - Integer.numberOfLeadingZeros(maximum);
    int parts = COUNT_BITS / width - 1;
    this.sliceSeconds = (windowSeconds + parts - 1) / parts;
    this.slices = (int) ((windowSeconds + sliceSeconds - 1) / sliceSeconds) + 1;
    this.cooldownSeconds = cooldownSeconds;
  }

  /** Returns how much longer than the window a grant may count, in seconds. */
  long sliceSeconds() {
    return sliceSeconds;
  }

  static long last(long state) {
    return state >>> COUNT_BITS;
  }

  /** Returns how many grants count at a time. */
  int counted(long state, long nowSeconds) {
    return sum(state, age(state, nowSeconds));
  }

  /** Sums the counts that still count when the newest is so many slices old. */
  private int sum(long state, long age) {
    int sum = 0;
    for (long slice = age; slice < slices; slice++) {
      sum += count(state, (int) (slice - age));
    }
    return sum;
  }

  private int count(long state, int slice) {
    return (int) (state >>> (slice * width)) & ((1 << width) - 1);
  }

  /** Returns how many slices a state's newest one is old. */
  private long age(long state, long nowSeconds) {
    long last = last(state);
    return Math.max(nowSeconds, last) / sliceSeconds - last / sliceSeconds;
  }

  /** Returns whether a grant is due at a time. */
  boolean isOpen(long state, long nowSeconds) {
    return state == 0
        || (counted(state, nowSeconds) < maximum
            && Math.max(nowSeconds, last(state)) - last(state) >= cooldownSeconds);
  }

  /** Returns the first second, not before now, at which a grant is due. */
  long opensAt(long state, long nowSeconds) {
    if (isOpen(state, nowSeconds)) {
      return nowSeconds;
    }
    long last = last(state);
    long age = age(state, nowSeconds);
    long opens = Math.max(nowSeconds, last + cooldownSeconds);
    while (sum(state, age) >= maximum) {
      age++;
      opens = Math.max(opens, (last / sliceSeconds + age) * sliceSeconds);
    }
    return opens;
  }

  /** Returns the state after a grant. */
  long granted(long state, long nowSeconds) {
    long age = age(state, nowSeconds);
    long kept = (1L << (slices * width)) - 1;
    long counts = age >= slices ? 0 : ((state & COUNTS) << (age * width)) & kept;
    return (Math.max(nowSeconds, last(state)) << COUNT_BITS) | (counts + 1);
  }

  /** Returns the state without one of the grants of a time; the last grant stays where it is. */
  long withdrawn(long state, long grantedSeconds) {
    long age = age(grantedSeconds << COUNT_BITS, last(state));
    if (age >= slices || count(state, (int) age) == 0) {
      return state;
    }
    return state - (1L << (age * width));
  }

  /** Returns whether a state can still close anything. */
  boolean isLive(long state, long nowSeconds) {
    return age(state, nowSeconds) < slices
        || Math.max(nowSeconds, last(state)) - last(state) < cooldownSeconds;
  }

  /** Returns whether the cap can ever be reached under the cooldown. */
  boolean isReachable() {
    return (maximum - 1) * cooldownSeconds < sliceSeconds * (slices - 1);
  }
}
