package dev.discount.policy.budget;

import dev.discount.core.Money;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes how large the budgets of a ledger are: those of the host as it says, those that are
 * leases as their answers say. One change at a time. Safe for concurrent use.
 */
final class BudgetSizes {

  private final BudgetLedger ledger;
  private final LedgerBooks books;
  private final @Nullable Entries entries;

  BudgetSizes(BudgetLedger ledger, LedgerBooks books, @Nullable Entries entries) {
    this.ledger = ledger;
    this.books = books;
    this.entries = entries;
  }

  /** Does what {@link BudgetLedger#changeBudget} says. */
  synchronized void change(String budget, Money amount) {
    int number = books.number(budget);
    long newMinor = amount.minorUnits();
    if (newMinor < 0
        || newMinor > Purse.MAX_MINOR
        || !amount.currency().equals(books.currency(number))) {
      throw new IllegalArgumentException(
          "amount must be in "
              + books.currency(number)
              + ", at least 0 and at most 2^60 minor units, got "
              + amount);
    }
    if (books.leased(number) != null) {
      throw new IllegalArgumentException("budget must not be leased, got " + budget);
    }
    change(number, newMinor, null);
  }

  private void change(int number, long newMinor, @Nullable LeasedSum leased) {
    Purse purse = books.purse(number);
    long moreMinor = newMinor - purse.budgetMinor();
    if (moreMinor < 0) {
      purse.lower(-moreMinor);
    }
    try {
      record(number, newMinor, leased);
    } catch (RuntimeException e) {
      if (moreMinor < 0) {
        purse.raise(-moreMinor);
      }
      throw e;
    }
    if (moreMinor > 0) {
      purse.raise(moreMinor);
    }
  }

  private void record(int number, long newMinor, @Nullable LeasedSum leased) {
    if (entries == null) {
      return;
    }
    long place = entries.claim();
    if (leased == null) {
      entries.fill(place, Entries.head(Entries.BUDGET, number), 0, newMinor, 0);
    } else {
      long head = Entries.head(Entries.LEASED, number);
      entries.fill(place, head, leased.id(), leased.grantedMinor(), leased.returnedMinor());
    }
  }

  /** Makes the budget of a lease, without money, unless it is there and is the lease's. */
  synchronized void begin(Lease lease) {
    books.addLeased(lease);
    int number = books.number(lease.budget());
    LeasedSum known = books.leased(number);
    LeasedSum sum = known == null ? new LeasedSum(lease.id(), 0, 0) : known;
    Purse purse = books.purse(number);
    boolean fits =
        books.currency(number).getCurrencyCode().equals(lease.currency())
            && sum.id() == lease.id()
            && sum.sizeMinor() == purse.budgetMinor()
            && lease.spentMinor() <= purse.spentMinor()
            && lease.returnedMinor() <= sum.returnedMinor();
    if (!fits) {
      throw new IllegalArgumentException(
          "lease must be new, or be known to the ledger's journal with all that was reported, got "
              + lease);
    }
    books.leased(number, sum);
  }

  /** Gives the budget of a lease the size and the time that an answer says. */
  synchronized void renew(Lease answer) {
    int number = books.number(answer.budget());
    LeasedSum known = leased(number);
    LeasedSum now = known.with(answer);
    if (!now.equals(known)) {
      change(number, now.sizeMinor(), now);
      books.leased(number, now);
    }
    Purse purse = books.purse(number);
    purse.untilMillis(Math.max(purse.untilMillis(), answer.untilMillis()));
  }

  private LeasedSum leased(int number) {
    return Objects.requireNonNull(books.leased(number), "a lease has begun");
  }

  /** Takes free money out of the budget of a lease, or changes nothing if there is too little. */
  synchronized boolean giveUp(String budget, long lessMinor) {
    int number = books.number(budget);
    Purse purse = books.purse(number);
    if (!purse.take(ledger.stripe(), lessMinor)) {
      return false;
    }
    LeasedSum less = leased(number).returning(lessMinor);
    try {
      record(number, less.sizeMinor(), less);
    } catch (RuntimeException e) {
      purse.give(ledger.stripe(), lessMinor);
      throw e;
    }
    purse.shrink(lessMinor);
    books.leased(number, less);
    return true;
  }

  /** Returns what is spent and given up of the budget of a lease. */
  synchronized LeaseReport report(String budget) {
    int number = books.number(budget);
    LeasedSum known = leased(number);
    return new LeaseReport(known.id(), books.purse(number).spentMinor(), known.returnedMinor());
  }
}
