package dev.discount.policy.log;

import java.time.Duration;

/**
 * When written records are forced to the disk. What is forced survives the loss of power; what is
 * written survives the death of the process. A segment's end is always forced. Immutable.
 *
 * @param afterMillis how long a written record may stay unforced, 0 for every block, {@code
 *     Long.MAX_VALUE} for leaving it to the system
 */
public record ForceRule(long afterMillis) {

  /** Checks the time. */
  public ForceRule {
    if (afterMillis < 0) {
      throw new IllegalArgumentException("afterMillis must be >= 0, got " + afterMillis);
    }
  }

  /** Returns the rule that leaves it to the system. */
  public static ForceRule never() {
    return new ForceRule(Long.MAX_VALUE);
  }

  /** Returns the rule that forces every block as it is written. */
  public static ForceRule everyBlock() {
    return new ForceRule(0);
  }

  /** Returns the rule that forces at most so long after a record was written. */
  public static ForceRule every(Duration interval) {
    return new ForceRule(interval.toMillis());
  }
}
