package dev.discount.policy.budget;

/**
 * Takes what a ledger does, in an order of which every beginning is a state that the ledger could
 * have been in: money is taken before the entry that says so has its place, and given only after.
 * Safe for concurrent use.
 */
interface Entries {

  /** The kinds of entries; the low byte of an entry's first number. */
  int PASS = 1;

  int RESERVE = 2;
  int COMMIT = 3;
  int RELEASE = 4;
  int EXPIRE = 5;
  int BUDGET = 6;
  int LEASE = 7;
  int LEASE_REPORT = 8;
  int LEASE_END = 9;
  int DEFINE = 10;
  int SPENT = 11;
  int GENERATION = 12;
  int LEASED = 13;

  int KIND_BITS = 8;

  /** Returns the first number of an entry about something that has a number. */
  static long head(int kind, int number) {
    return (long) number << KIND_BITS | kind;
  }

  /**
   * Takes the next place, which must then be filled.
   *
   * @throws JournalWriteException if no more entries can be taken; no place is then taken
   */
  long claim();

  /**
   * Fills a place.
   *
   * @param place what {@link #claim} returned
   * @param head the kind, and what is numbered above it
   * @param id a handle, or the id of a lease
   * @param amount an amount in minor units
   * @param millis a time
   */
  void fill(long place, long head, long id, long amount, long millis);

  /**
   * Returns once everything that was put in before is durable.
   *
   * @throws JournalWriteException if it cannot be made so
   */
  void force();

  /**
   * Adds a name.
   *
   * @param what one of {@code JournalState}'s sorts of names
   * @param number its number among the names of its sort
   * @param minor the size of a budget, else 0
   * @throws JournalWriteException if no more entries can be taken; nothing is then added
   */
  void define(int what, int number, String text, long minor);
}
