package dev.discount.policy.budget;

/**
 * What the ledger of an instance knows of the lease that one of its budgets is.
 *
 * @param id the lease's id
 * @param grantedMinor the most that it was told was granted
 * @param returnedMinor what it has given up
 */
record LeasedSum(long id, long grantedMinor, long returnedMinor) {

  /** Returns what may be reserved and spent in all. */
  long sizeMinor() {
    return grantedMinor - returnedMinor;
  }

  /** Returns this after more was given up. */
  LeasedSum returning(long moreMinor) {
    return new LeasedSum(id, grantedMinor, returnedMinor + moreMinor);
  }

  /** Returns this with what an answer says; an older one says nothing new. */
  LeasedSum with(Lease answer) {
    return new LeasedSum(
        id,
        Math.max(grantedMinor, answer.grantedMinor()),
        Math.max(returnedMinor, answer.returnedMinor()));
  }
}
