package dev.discount.policy.budget;

import dev.discount.policy.log.ForceRule;
import java.time.InstantSource;

/**
 * How a {@link LedgerJournal} writes. Immutable.
 *
 * @param ringEntries how many entries wait in memory for the writer, a power of two in [64, 2^24];
 *     each takes 32 bytes
 * @param force when written entries are forced to the disk; each group that the writer finds
 *     waiting is written at once
 * @param compactBytes the size above which the file is written anew with what is still open; it
 *     also has to have doubled since then
 * @param clock tells how long entries have been unforced
 */
public record LedgerJournalConfig(
    int ringEntries, ForceRule force, long compactBytes, InstantSource clock) {

  private static final int MIN_RING = 64;
  private static final int MAX_RING = 1 << 24;
  private static final long MIN_COMPACT_BYTES = 1 << 12;

  /** Checks the numbers. */
  public LedgerJournalConfig {
    if (ringEntries < MIN_RING || ringEntries > MAX_RING || Integer.bitCount(ringEntries) != 1) {
      throw new IllegalArgumentException(
          "ringEntries must be a power of two in [64, 2^24], got " + ringEntries);
    }
    if (compactBytes < MIN_COMPACT_BYTES) {
      throw new IllegalArgumentException(
          "compactBytes must be >= " + MIN_COMPACT_BYTES + ", got " + compactBytes);
    }
  }

  /**
   * Returns the defaults: 65536 entries, every group forced as it is written, 64 MiB, the system's
   * clock.
   */
  public static LedgerJournalConfig ofDefaults() {
    return new LedgerJournalConfig(
        1 << 16, ForceRule.everyBlock(), 1L << 26, InstantSource.system());
  }

  /** Returns this with another number of waiting entries. */
  public LedgerJournalConfig withRingEntries(int newRingEntries) {
    return new LedgerJournalConfig(newRingEntries, force, compactBytes, clock);
  }

  /** Returns this with another rule of forcing. */
  public LedgerJournalConfig withForce(ForceRule newForce) {
    return new LedgerJournalConfig(ringEntries, newForce, compactBytes, clock);
  }

  /** Returns this with another size above which the file is written anew. */
  public LedgerJournalConfig withCompactBytes(long newCompactBytes) {
    return new LedgerJournalConfig(ringEntries, force, newCompactBytes, clock);
  }

  /** Returns this with another clock. */
  public LedgerJournalConfig withClock(InstantSource newClock) {
    return new LedgerJournalConfig(ringEntries, force, compactBytes, newClock);
  }
}
