package dev.discount.policy.budget;

/** What became of a wish to commit or release a reservation. */
public enum Settlement {
  /** It was done now. */
  DONE,
  /** The reservation had been committed before, and that stands. */
  ALREADY_COMMITTED,
  /** The reservation had been released before, and that stands. */
  ALREADY_RELEASED,
  /** The reservation had expired and its money was taken back: nothing is reserved any more. */
  EXPIRED,
  /**
   * No reservation has this handle: it was never given out, or it was settled so long ago that its
   * place has been taken or the ledger was begun again since, or it was lost in a crash before it
   * was forced.
   */
  UNKNOWN;

  /** Returns whether the money of a commit is spent, by this call or an earlier one. */
  public boolean isCommitted() {
    return this == DONE || this == ALREADY_COMMITTED;
  }
}
