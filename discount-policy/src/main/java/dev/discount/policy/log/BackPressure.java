package dev.discount.policy.log;

/** What an appending thread does when the ring between it and the writer is full. */
public enum BackPressure {
  /** Waits until there is room. Nothing is lost while the writer runs; decisions may be slow. */
  BLOCK,
  /**
   * Drops the record and counts it, in {@link DecisionLog#dropped()} and in the log itself, so that
   * a reader sees how many are missing and where.
   */
  DROP,
  /** Throws {@link LogFullException}; the decision is not handed out. */
  FAIL
}
