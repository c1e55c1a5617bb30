package dev.discount.policy.budget;

/**
 * The money of one budget: what is free, and what is spent. Safe for concurrent use. Taking and
 * giving are one compare-and-set each while there is plenty.
 */
final class Purse {

  /*
   * Free money lies in a rest and in stripes, one for each of a few threads, so that they do not
   * wait for one cache line. A thread takes from its stripe; if that is short, it moves a slice of
   * the rest there. When the rest is short as well, the purse becomes single: the lowest bit of the
   * rest is set, after which no slice is taken; every stripe is closed and what it had goes to the
   * rest, from which all take then. Raising the budget clears the bit and opens the stripes again.
   *
   * Money is in a thread's hand between two cells only while IN_HAND counts that thread. So whoever
   * refuses, having seen the purse single, every stripe closed and then IN_HAND at 0, knows that at
   * this moment all free money was in the rest, and stays there: the rest that he reads next is all
   * that was free at that time. Nothing is refused while enough is free. RAISES is odd while a
   * raise opens stripes: a refusal counts only if it was even before and the same afterwards, so
   * that no stripe was opened meanwhile. A stripe that a raise opens behind the back of a thread
   * that has just made the purse single does no harm: whoever refuses or lowers closes it first.
   * Only a refusal can wait, and only for threads that were carrying money or opening stripes.
   *
   * Lowering makes the purse single before it takes, so the rest may go below zero without a stripe
   * that still gives. The rest is stored shifted by the bit, so money is below 2^61.
   */

  static final long MAX_MINOR = 1L << 60;

  private static final int REST = 0;
  private static final int IN_HAND = Cells.APART;
  private static final int BUDGET = 2 * Cells.APART;
  private static final int UNTIL = BUDGET + 1;
  private static final int RAISES = BUDGET + 2;
  private static final int STRIPES = 3 * Cells.APART;

  /** Where the spent money of a stripe is, after its free money. */
  private static final int SPENT = 1;

  private static final long SINGLE = 1;
  private static final long CLOSED = -1;

  /** How many amounts like the one wanted a slice has at most. */
  private static final int SLICE = 64;

  private static final int READINGS = 3;

  private final Cells cells;
  private final int stripes;

  /**
   * Makes a purse.
   *
   * @param cells as many as {@link #cells} says, all 0
   * @param stripes the number of stripes
   */
  Purse(Cells cells, int stripes) {
    this.cells = cells;
    this.stripes = stripes;
    cells.set(UNTIL, Long.MAX_VALUE);
  }

  /** Returns the number of cells that a purse needs. */
  static int cells(int stripes) {
    return STRIPES + stripes * Cells.APART;
  }

  /**
   * Fills an empty purse, before any other thread has it.
   *
   * @param budgetMinor all the money
   * @param freeMinor what of it is free, negative if more is gone than there is
   * @param spentMinor what of it is spent
   */
  void fill(long budgetMinor, long freeMinor, long spentMinor) {
    cells.set(BUDGET, budgetMinor);
    cells.set(REST, freeMinor << 1);
    cells.set(STRIPES + SPENT, spentMinor);
    if (freeMinor < 0) {
      becomeSingle(); // what is given back has to fill the gap before anybody takes
    }
  }

  private static int at(int stripe) {
    return STRIPES + stripe * Cells.APART;
  }

  /**
   * Takes an amount, or nothing if it is not free.
   *
   * @param stripe the caller's stripe
   * @param amountMinor at least 1
   */
  boolean take(int stripe, long amountMinor) {
    int at = at(stripe);
    while (true) {
      long free = cells.get(at);
      if (free >= amountMinor) {
        if (cells.compareAndSet(at, free, free - amountMinor)) {
          return true;
        }
      } else if (free == CLOSED) {
        return takeSingle(amountMinor);
      } else {
        long rest = cells.get(REST);
        if ((rest & SINGLE) != 0 || rest >> 1 < amountMinor) {
          becomeSingle();
          return takeSingle(amountMinor);
        }
        if (takeSlice(at, rest, amountMinor)) {
          return true;
        }
      }
    }
  }

  /** Takes an amount from the rest, and a slice more into a stripe. */
  private boolean takeSlice(int at, long rest, long amountMinor) {
    long left = (rest >> 1) - amountMinor;
    long slice =
        Math.min(left / (2L * stripes), (SLICE - 1) * Math.min(amountMinor, left / (SLICE - 1)));
    cells.add(IN_HAND, 1);
    boolean taken = cells.compareAndSet(REST, rest, rest - ((amountMinor + slice) << 1));
    if (taken && slice > 0) {
      put(at, slice);
    }
    cells.add(IN_HAND, -1);
    return taken;
  }

  /** Lets nobody take slices any more, and moves what stripes have to the rest. */
  private void becomeSingle() {
    long rest = cells.get(REST);
    while ((rest & SINGLE) == 0 && !cells.compareAndSet(REST, rest, rest | SINGLE)) {
      rest = cells.get(REST);
    }
    for (int stripe = 0; stripe < stripes; stripe++) {
      int at = at(stripe);
      if (cells.get(at) != CLOSED) {
        cells.add(IN_HAND, 1);
        long had = cells.getAndSet(at, CLOSED);
        if (had > 0) {
          cells.add(REST, had << 1);
        }
        cells.add(IN_HAND, -1);
      }
    }
  }

  private boolean takeSingle(long amountMinor) {
    while (true) {
      long rest = cells.get(REST);
      if (rest >> 1 >= amountMinor) {
        if (cells.compareAndSet(REST, rest, rest - (amountMinor << 1))) {
          return true;
        }
        continue;
      }
      long raises = cells.get(RAISES);
      if ((raises & 1) != 0) {
        cells.pause();
        continue;
      }
      becomeSingle();
      if (cells.get(IN_HAND) != 0) {
        cells.pause();
      } else if (cells.get(REST) >> 1 < amountMinor && cells.get(RAISES) == raises) {
        return false;
      }
    }
  }

  /**
   * Gives back what was taken.
   *
   * @param stripe the caller's stripe
   * @param amountMinor at least 0
   */
  void give(int stripe, long amountMinor) {
    if (amountMinor > 0) {
      put(at(stripe), amountMinor);
    }
  }

  private void put(int at, long amountMinor) {
    while (true) {
      long free = cells.get(at);
      if (free == CLOSED) {
        cells.add(REST, amountMinor << 1);
        return;
      }
      if (cells.compareAndSet(at, free, free + amountMinor)) {
        return;
      }
    }
  }

  /**
   * Says that an amount that was taken is spent.
   *
   * @param stripe the caller's stripe
   * @param amountMinor at least 0
   */
  void spend(int stripe, long amountMinor) {
    cells.add(at(stripe) + SPENT, amountMinor);
  }

  /** Adds to the budget and to what is free. One thread at a time raises or lowers. */
  void raise(long moreMinor) {
    cells.set(BUDGET, cells.get(BUDGET) + moreMinor);
    cells.add(RAISES, 1);
    if (addAndOpen(moreMinor)) {
      for (int stripe = 0; stripe < stripes; stripe++) {
        cells.compareAndSet(at(stripe), CLOSED, 0);
      }
    }
    cells.add(RAISES, 1);
  }

  /** Adds to the rest; returns whether a purse that was single is so no more. */
  private boolean addAndOpen(long moreMinor) {
    while (true) {
      long rest = cells.get(REST);
      long more = rest + (moreMinor << 1);
      boolean opens = (rest & SINGLE) != 0 && more >> 1 > 0;
      if (cells.compareAndSet(REST, rest, opens ? more & ~SINGLE : more)) {
        return opens;
      }
    }
  }

  /**
   * Takes from the budget and from what is free, though that goes below zero. Once this returns
   * nothing is taken that the lower budget has not. One thread at a time raises or lowers.
   */
  void lower(long lessMinor) {
    becomeSingle();
    cells.add(REST, -lessMinor << 1);
    cells.set(BUDGET, cells.get(BUDGET) - lessMinor);
  }

  /** Takes from the budget what was taken from the free money. */
  void shrink(long lessMinor) {
    cells.set(BUDGET, cells.get(BUDGET) - lessMinor);
  }

  /** Returns the whole budget. */
  long budgetMinor() {
    return cells.get(BUDGET);
  }

  /** Returns when the budget ends, in milliseconds since 1970. */
  long untilMillis() {
    return cells.get(UNTIL);
  }

  /** Says when the budget ends. */
  void untilMillis(long millis) {
    cells.set(UNTIL, millis);
  }

  /** Returns what is spent: exact if nobody spends meanwhile, else not more than at the return. */
  long spentMinor() {
    long spent = 0;
    for (int stripe = 0; stripe < stripes; stripe++) {
      spent += cells.get(at(stripe) + SPENT);
    }
    return spent;
  }

  /**
   * Returns what is free, negative if the budget was lowered below what was taken: exact if nobody
   * takes or gives meanwhile. Money that is moved between rest and stripes is looked for again.
   */
  long freeMinor() {
    long sum = 0;
    for (int reading = 0; reading < READINGS; reading++) {
      long rest = cells.get(REST);
      sum = rest >> 1;
      for (int stripe = 0; stripe < stripes; stripe++) {
        sum += Math.max(0, cells.get(at(stripe)));
      }
      if (cells.get(IN_HAND) == 0 && cells.get(REST) == rest) {
        break;
      }
    }
    return sum;
  }
}
