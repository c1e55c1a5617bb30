package dev.discount.policy.budget;

/**
 * A table of reservations, each known by a handle that is never used twice. Lock-free; memory is
 * taken once. A settled reservation is remembered until another takes its place, as late as
 * possible.
 */
final class Reservations {

  /*
   * A slot is four cells: generation and state, amount, expiry, account. The state is changed by
   * compare-and-set alone; the other three are written between claiming the slot (PENDING) and
   * publishing it (LIVE), and read before the compare-and-set that ends it: if that succeeds, the
   * generation is the same, so they belonged to it.
   *
   * Slots are claimed round and round, each stripe from where it claimed last.
   */

  static final int INDEX_BITS = 22;
  static final int MAX_SLOTS = 1 << INDEX_BITS;

  /** The largest generation of a handle that is not negative. */
  static final long MAX_GENERATION = (1L << (Long.SIZE - 1 - INDEX_BITS)) - 1;

  /** The states of a slot, also of an end that {@link #end} writes. */
  static final int FREE = 0;

  static final int PENDING = 1;
  static final int LIVE = 2;
  static final int COMMITTED = 3;
  static final int RELEASED = 4;
  static final int EXPIRED = 5;

  private static final int STATE_BITS = 3;
  private static final int STATE = (1 << STATE_BITS) - 1;
  private static final int SLOT = 4;
  private static final int AMOUNT = 1;
  private static final int EXPIRES = 2;
  private static final int ACCOUNT = 3;

  private final Cells slots;
  private final Cells hints;
  private final int mask;

  /** The generation that all handles are above; set before any other thread has the table. */
  private long floor;

  /**
   * Makes an empty table.
   *
   * @param slots four cells for each reservation, a power of two of those, all 0
   * @param hints {@link Cells#APART} cells for each stripe, all 0
   */
  Reservations(Cells slots, int capacity, Cells hints, int stripes) {
    this.slots = slots;
    this.hints = hints;
    this.mask = capacity - 1;
    for (int stripe = 0; stripe < stripes; stripe++) {
      hints.set(stripe * Cells.APART, (long) stripe * capacity / stripes);
    }
  }

  static int cells(int capacity) {
    return capacity * SLOT;
  }

  int capacity() {
    return mask + 1;
  }

  private static int index(long handle) {
    return (int) handle & (MAX_SLOTS - 1);
  }

  private static long word(long generation, int state) {
    return generation << STATE_BITS | state;
  }

  private static long generation(long handle) {
    return handle >>> INDEX_BITS;
  }

  /** Begins all handles after a generation, before any other thread has the table. */
  void startAfter(long generation) {
    floor = generation;
    for (int index = 0; index <= mask; index++) {
      slots.set(index * SLOT, word(generation, FREE));
    }
  }

  /** Puts a reservation where its handle says, before any other thread has the table. */
  void restore(long handle, long amountMinor, long expiresMillis, int account) {
    int at = index(handle) * SLOT;
    slots.set(at + AMOUNT, amountMinor);
    slots.set(at + EXPIRES, expiresMillis);
    slots.set(at + ACCOUNT, account);
    slots.set(at, word(generation(handle), LIVE));
  }

  /** Claims a slot. Returns the handle that it will have once it is published, 0 if all live. */
  long claim(int stripe) {
    int hint = stripe * Cells.APART;
    long next = hints.get(hint);
    for (int probes = 0; probes <= mask; probes++) {
      int index = (int) next++ & mask;
      int at = index * SLOT;
      long word = slots.get(at);
      int state = (int) word & STATE;
      long generation = Math.max(word >>> STATE_BITS, floor) + 1;
      if (state != PENDING
          && state != LIVE
          && generation <= MAX_GENERATION
          && slots.compareAndSet(at, word, word(generation, PENDING))) {
        hints.set(hint, next);
        return generation << INDEX_BITS | index;
      }
    }
    return 0;
  }

  /** Makes a claimed slot live. */
  void publish(long handle, long amountMinor, long expiresMillis, int account) {
    int at = index(handle) * SLOT;
    slots.set(at + AMOUNT, amountMinor);
    slots.set(at + EXPIRES, expiresMillis);
    slots.set(at + ACCOUNT, account);
    slots.set(at, word(generation(handle), LIVE));
  }

  /** Gives a claimed slot up. */
  void abandon(long handle) {
    slots.set(index(handle) * SLOT, word(generation(handle), RELEASED));
  }

  /** Returns the state of a handle: {@link #FREE} if its slot has it no more or never had it. */
  int state(long handle) {
    int index = index(handle);
    if (handle <= 0 || index > mask) {
      return FREE;
    }
    long word = slots.get(index * SLOT);
    return word >>> STATE_BITS == generation(handle) ? (int) word & STATE : FREE;
  }

  /** Returns the amount of a handle; meaningful if the handle is live afterwards. */
  long amountMinor(long handle) {
    return slots.get(index(handle) * SLOT + AMOUNT);
  }

  /** Returns the account of a handle; meaningful if the handle is live afterwards. */
  int account(long handle) {
    return (int) slots.get(index(handle) * SLOT + ACCOUNT);
  }

  /** Ends a live reservation. Returns whether it was this call that ended it. */
  boolean end(long handle, int state) {
    long generation = generation(handle);
    return slots.compareAndSet(
        index(handle) * SLOT, word(generation, LIVE), word(generation, state));
  }

  /** Returns the handle in a slot if it is live and has expired, else 0. */
  long expiredAt(int index, long nowMillis) {
    int at = index * SLOT;
    long word = slots.get(at);
    boolean expired =
        ((int) word & STATE) == LIVE
            && slots.get(at + EXPIRES) <= nowMillis
            && slots.get(at) == word;
    return expired ? word >>> STATE_BITS << INDEX_BITS | index : 0;
  }
}
