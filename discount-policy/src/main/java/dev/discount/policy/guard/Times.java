package dev.discount.policy.guard;

import dev.discount.policy.DecisionContext;

/** The time of a decision in whole seconds, as windows keep it. Stateless. */
final class Times {

  /** What stands for a time that is not stated, or beyond what 32 bits of seconds hold (2106). */
  static final long NOT_STATED = -1;

  static final long MAX_SECONDS = 0xFFFF_FFFFL;

  private static final long MILLIS = 1_000;

  private Times() {}

  /** Returns the seconds since 1970, in [1, 2^32), or {@link #NOT_STATED}. */
  static long seconds(DecisionContext context) {
    long seconds = context.timeMillis() / MILLIS;
    return seconds >= 1 && seconds <= MAX_SECONDS ? seconds : NOT_STATED;
  }

  static long millis(long seconds) {
    return seconds * MILLIS;
  }
}
