package dev.discount.policy.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * How a log is written. Immutable.
 *
 * @param ringBytes the memory between the deciding threads and the writer, a power of two in [4096,
 *     2^30]; records above a quarter of it are refused. An idle writer sleeps for up to 2 ms and is
 *     woken when half of it is used: with {@link BackPressure#FAIL} and {@link BackPressure#DROP}
 *     the other half has to hold what is decided until it wakes
 * @param backPressure what a deciding thread does when that memory is full
 * @param blockMillis how long a record may wait in memory for others of its block; a block is
 *     written when it is full or so old
 * @param force when written blocks are forced to the disk
 * @param segmentBytes the size at which a new segment begins, at least 65536
 * @param segmentMillis the age at which a new segment begins, at least 1
 * @param personalFields the names of fields to encrypt besides the customer's id; names that a
 *     schema does not have are ignored
 * @param cachedKeys the number of customers whose ciphers are kept ready, a power of two; each
 *     takes about three kilobytes once used
 * @param clock tells the age of blocks and segments
 */
public record DecisionLogConfig(
    int ringBytes,
    BackPressure backPressure,
    long blockMillis,
    ForceRule force,
    long segmentBytes,
    long segmentMillis,
    Set<String> personalFields,
    int cachedKeys,
    InstantSource clock) {

  private static final int MIN_RING_BYTES = 1 << 12;
  private static final int MAX_RING_BYTES = 1 << 30;
  private static final long MIN_SEGMENT_BYTES = 1 << 16;

  /** Checks the numbers and copies the names. */
  public DecisionLogConfig {
    powerOfTwo("ringBytes", ringBytes, MIN_RING_BYTES, MAX_RING_BYTES);
    powerOfTwo("cachedKeys", cachedKeys, 1, 1 << 24);
    atLeast("blockMillis", blockMillis, 0);
    atLeast("segmentBytes", segmentBytes, MIN_SEGMENT_BYTES);
    atLeast("segmentMillis", segmentMillis, 1);
    personalFields = Set.copyOf(personalFields);
  }

  private static void powerOfTwo(String name, int value, int min, int max) {
    if (value < min || value > max || Integer.bitCount(value) != 1) {
      throw new IllegalArgumentException(
          name + " must be a power of two in [" + min + ", " + max + "], got " + value);
    }
  }

  private static void atLeast(String name, long value, long min) {
    if (value < min) {
      throw new IllegalArgumentException(name + " must be >= " + min + ", got " + value);
    }
  }

  /**
   * Returns the defaults: 4 MiB of ring, blocking, blocks of at most 10 ms, forced every second,
   * segments of 256 MiB or a day, the customer's id alone personal, 65536 customers' ciphers, the
   * system's clock.
   */
  public static DecisionLogConfig ofDefaults() {
    return new DecisionLogConfig(
        1 << 22,
        BackPressure.BLOCK,
        10,
        ForceRule.every(Duration.ofSeconds(1)),
        1L << 28,
        Duration.ofDays(1).toMillis(),
        Set.of(),
        1 << 16,
        InstantSource.system());
  }

  /** Returns this with another ring. */
  public DecisionLogConfig withRingBytes(int bytes) {
    return new DecisionLogConfig(
        bytes,
        backPressure,
        blockMillis,
        force,
        segmentBytes,
        segmentMillis,
        personalFields,
        cachedKeys,
        clock);
  }

  /** Returns this with another back-pressure. */
  public DecisionLogConfig withBackPressure(BackPressure newBackPressure) {
    return new DecisionLogConfig(
        ringBytes,
        newBackPressure,
        blockMillis,
        force,
        segmentBytes,
        segmentMillis,
        personalFields,
        cachedKeys,
        clock);
  }

  /** Returns this with another longest wait of a record in memory, and another rule of forcing. */
  public DecisionLogConfig withWriting(long newBlockMillis, ForceRule newForce) {
    return new DecisionLogConfig(
        ringBytes,
        backPressure,
        newBlockMillis,
        newForce,
        segmentBytes,
        segmentMillis,
        personalFields,
        cachedKeys,
        clock);
  }

  /** Returns this with other bounds of a segment. */
  public DecisionLogConfig withSegments(long bytes, long millis) {
    return new DecisionLogConfig(
        ringBytes,
        backPressure,
        blockMillis,
        force,
        bytes,
        millis,
        personalFields,
        cachedKeys,
        clock);
  }

  /** Returns this with other personal fields and another number of ciphers kept ready. */
  public DecisionLogConfig withPersonalFields(Set<String> names, int newCachedKeys) {
    return new DecisionLogConfig(
        ringBytes,
        backPressure,
        blockMillis,
        force,
        segmentBytes,
        segmentMillis,
        names,
        newCachedKeys,
        clock);
  }

  /** Returns this with another clock. */
  public DecisionLogConfig withClock(InstantSource newClock) {
    return new DecisionLogConfig(
        ringBytes,
        backPressure,
        blockMillis,
        force,
        segmentBytes,
        segmentMillis,
        personalFields,
        cachedKeys,
        newClock);
  }
}
