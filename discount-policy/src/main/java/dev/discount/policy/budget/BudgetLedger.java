package dev.discount.policy.budget;

import dev.discount.core.Money;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps budgets from being overspent by a minor unit. Money is reserved before a discount is shown,
 * committed when the customer buys, and free again when the reservation is released or has expired.
 * Safe for concurrent use; reserving, committing and releasing take no lock and allocate nothing.
 *
 * <pre>{@code
 * BudgetLedger ledger =
 *     BudgetLedger.builder()
 *         .budget("total", new Money(10_000_00, euro))
 *         .budget("spring", new Money(2_000_00, euro))
 *         .build();
 * BudgetAccount spring = ledger.account("total", "spring");
 * long handle = spring.reserve(5_00, nowMillis);
 * ...
 * ledger.commit(handle, 5_00);
 * }</pre>
 *
 * <p>What holds at every moment, for each budget: what is reserved and what is spent are together
 * at most the budget, unless the host has lowered it below that; then nothing is reserved until
 * enough was released. A reservation is refused only if at some moment during the call too little
 * was free; what a settlement or an expiry frees is free when that call has returned. One of
 * several budgets is taken in their order and given back if a later one refuses, so that another
 * thread may meanwhile find too little there.
 *
 * <p>Time is an argument. The ledger's time is the latest that {@link #expire} was given; earlier
 * times count as that, and are {@linkplain #clockSetbacks counted}. A clock that goes back
 * therefore ends no reservation early, and one that jumped ahead ends those that had expired by it.
 */
public final class BudgetLedger {

  /** What {@link BudgetAccount#reserve} returns if a budget has too little. */
  public static final long REFUSED = 0;

  /** What {@link BudgetAccount#reserve} returns if as many reservations are open as fit. */
  public static final long NO_ROOM = -1;

  /** A reservation that never expires. */
  static final long NEVER_MILLIS = Long.MAX_VALUE;

  private static final int CLOCK = 0;
  private static final int SETBACKS = Cells.APART;

  private final Reservations reservations;
  private final long holdMillis;
  private final int stripes;
  private final Cells time;
  private final @Nullable Entries entries;
  private final LedgerBooks books;
  private final BudgetSizes sizes;
  private final BudgetLeases leases = new BudgetLeases(this);

  BudgetLedger(BudgetLedgerBuilder settings, CellSource source, @Nullable Entries entries) {
    this.stripes = settings.stripes();
    this.holdMillis = settings.holdMillis();
    int capacity = settings.reservations();
    this.reservations =
        new Reservations(
            source.cells(Reservations.cells(capacity)),
            capacity,
            source.cells(stripes * Cells.APART),
            stripes);
    this.time = source.cells(2 * Cells.APART);
    this.entries = entries;
    this.books = new LedgerBooks(this, source, stripes, entries);
    this.sizes = new BudgetSizes(this, books, entries);
  }

  /** Makes shared numbers; a test's are watched. */
  @FunctionalInterface
  interface CellSource {
    Cells cells(int count);
  }

  /** Returns a builder. */
  public static BudgetLedgerBuilder builder() {
    return new BudgetLedgerBuilder();
  }

  Reservations reservations() {
    return reservations;
  }

  @Nullable Entries entries() {
    return entries;
  }

  LedgerBooks books() {
    return books;
  }

  /**
   * Adds a budget.
   *
   * @param name a name that no other budget has, not blank
   * @param amount the money, above 0
   * @throws IllegalArgumentException if the name is blank or taken, or the amount not above 0
   * @throws JournalWriteException if the journal takes no entries; nothing is added
   */
  public void addBudget(String name, Money amount) {
    books.addBudget(name, amount);
  }

  /** Returns the names of the budgets, in the order in which they were added. */
  public Set<String> budgets() {
    return books.budgets();
  }

  /**
   * Returns the account of one or several budgets; the same one for the same names.
   *
   * @param budgets the names, each once
   * @throws IllegalArgumentException if there is none, one is unknown or named twice, or their
   *     currencies differ
   * @throws JournalWriteException if the journal takes no entries; the account is not made
   */
  public BudgetAccount account(String... budgets) {
    return books.account(List.of(budgets));
  }

  int stripe() {
    return time.stripe(stripes);
  }

  /** Returns the ledger's time: a caller's, or the latest it was given if that is later. */
  long now(long nowMillis) {
    if (nowMillis < 0) {
      throw new IllegalArgumentException("nowMillis must be >= 0, got " + nowMillis);
    }
    long clock = time.get(CLOCK);
    if (nowMillis >= clock) {
      return nowMillis;
    }
    time.add(SETBACKS, 1);
    return clock;
  }

  /** Returns the ledger's time without counting a setback: for what only looks. */
  long latest(long nowMillis) {
    return Math.max(nowMillis, time.get(CLOCK));
  }

  long reserve(BudgetAccount account, long amountMinor, long nowMillis) {
    if (amountMinor < 1) {
      throw new IllegalArgumentException("amountMinor must be >= 1, got " + amountMinor);
    }
    long now = now(nowMillis);
    int stripe = stripe();
    if (!account.take(stripe, amountMinor, now)) {
      return REFUSED;
    }
    long handle = reservations.claim(stripe);
    if (handle == 0) {
      account.give(stripe, amountMinor);
      return NO_ROOM;
    }
    long expires = now > NEVER_MILLIS - holdMillis ? NEVER_MILLIS : now + holdMillis;
    if (entries != null) {
      recordReserved(entries, account, handle, amountMinor, expires);
    }
    reservations.publish(handle, amountMinor, expires, account.number());
    return handle;
  }

  private void recordReserved(
      Entries to, BudgetAccount account, long handle, long amountMinor, long expires) {
    long place;
    try {
      place = to.claim();
    } catch (RuntimeException e) {
      reservations.abandon(handle);
      account.give(stripe(), amountMinor);
      throw e;
    }
    to.fill(place, Entries.head(Entries.RESERVE, account.number()), handle, amountMinor, expires);
  }

  /**
   * Says that a reservation's money is spent, or some of it; the rest is free again. A reservation
   * can be committed as long as {@link #expire} has not taken it back, also after its time.
   *
   * @param handle what {@link BudgetAccount#reserve} returned
   * @param spentMinor what is spent, from 0 to what was reserved
   * @return {@link Settlement#DONE}, or why nothing was changed
   * @throws IllegalArgumentException if more is spent than was reserved; nothing is changed
   * @throws JournalWriteException if the journal takes no entries; nothing is changed
   */
  public Settlement commit(long handle, long spentMinor) {
    return settle(handle, Reservations.COMMITTED, spentMinor);
  }

  /**
   * Gives back what a reservation holds.
   *
   * @param handle what {@link BudgetAccount#reserve} returned
   * @return {@link Settlement#DONE}, or why nothing was changed
   * @throws JournalWriteException if the journal takes no entries; nothing is changed
   */
  public Settlement release(long handle) {
    return settle(handle, Reservations.RELEASED, 0);
  }

  private Settlement settle(long handle, int state, long spentMinor) {
    int found = reservations.state(handle);
    if (found != Reservations.LIVE) {
      return settled(found);
    }
    long amountMinor = reservations.amountMinor(handle);
    int account = reservations.account(handle);
    found = reservations.state(handle);
    if (found != Reservations.LIVE) {
      return settled(found);
    }
    if (spentMinor < 0 || spentMinor > amountMinor) {
      throw new IllegalArgumentException(
          "spentMinor must be in [0, " + amountMinor + "], got " + spentMinor);
    }
    long place = entries == null ? 0 : entries.claim();
    boolean done = reservations.end(handle, state);
    if (entries != null) {
      // The numbers of the entries are those of the states.
      entries.fill(place, done ? state : Entries.PASS, handle, spentMinor, 0);
    }
    if (!done) {
      return settled(reservations.state(handle));
    }
    int stripe = stripe();
    BudgetAccount from = books.account(account);
    if (state == Reservations.COMMITTED) {
      from.spend(stripe, spentMinor);
    }
    from.give(stripe, amountMinor - spentMinor);
    return Settlement.DONE;
  }

  private static Settlement settled(int state) {
    return switch (state) {
      case Reservations.COMMITTED -> Settlement.ALREADY_COMMITTED;
      case Reservations.RELEASED -> Settlement.ALREADY_RELEASED;
      case Reservations.EXPIRED -> Settlement.EXPIRED;
      default -> Settlement.UNKNOWN;
    };
  }

  /**
   * Takes back the money of all reservations whose time is over. Looks at every reservation; the
   * host calls it from time to time, from any thread.
   *
   * @param nowMillis the time in milliseconds since 1970, not negative; becomes the ledger's unless
   *     that is later
   * @return how many expired
   * @throws JournalWriteException if the journal takes no entries; those that had expired by then
   *     have, and the rest will at the next call
   */
  public int expire(long nowMillis) {
    long now = now(nowMillis);
    long clock = time.get(CLOCK);
    while (clock < now && !time.compareAndSet(CLOCK, clock, now)) {
      clock = time.get(CLOCK);
    }
    int expired = 0;
    for (int index = 0; index < reservations.capacity(); index++) {
      long handle = reservations.expiredAt(index, now);
      if (handle != 0 && settle(handle, Reservations.EXPIRED, 0) == Settlement.DONE) {
        expired++;
      }
    }
    return expired;
  }

  /** Returns how many times the ledger was given were before its own. */
  public long clockSetbacks() {
    return time.get(SETBACKS);
  }

  /**
   * Changes the size of a budget, while it is used. One that is lowered below what is reserved and
   * spent refuses until it is raised or enough was released; nothing is reserved that the lower
   * budget has not, once this returns.
   *
   * @param budget its name
   * @param amount the new size, not negative, in the budget's currency
   * @throws IllegalArgumentException if there is no such budget, it is a {@linkplain LeasedBudget
   *     lease}, or the amount does not fit it
   * @throws JournalWriteException if the journal takes no entries; the budget is as it was
   */
  public void changeBudget(String budget, Money amount) {
    sizes.change(budget, amount);
  }

  /** Returns what changes how large budgets are. */
  BudgetSizes sizes() {
    return sizes;
  }

  /** Returns what is leased to other instances of the host. */
  public BudgetLeases leases() {
    return leases;
  }

  /**
   * Returns where a budget's money is: exact if no other thread uses the budget meanwhile.
   *
   * @param budget its name
   * @throws IllegalArgumentException if there is no such budget
   */
  public Balance balance(String budget) {
    int number = books.number(budget);
    Purse purse = books.purse(number);
    long all = purse.budgetMinor();
    long spent = purse.spentMinor();
    long free = purse.freeMinor();
    return new Balance(budget, books.currency(number), all, free, all - free - spent, spent);
  }
}
