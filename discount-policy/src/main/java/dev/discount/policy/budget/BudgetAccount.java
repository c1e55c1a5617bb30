package dev.discount.policy.budget;

import java.util.Currency;
import java.util.List;

/**
 * The budgets of a ledger that one reservation is taken from, all of them or none: a total and a
 * campaign's, say. Made by {@link BudgetLedger#account}. Safe for concurrent use.
 */
public final class BudgetAccount {

  private final BudgetLedger ledger;
  private final int number;
  private final List<String> budgets;
  private final Currency currency;
  private final Purse[] purses;

  BudgetAccount(
      BudgetLedger ledger, int number, List<String> budgets, Currency currency, Purse[] purses) {
    this.ledger = ledger;
    this.number = number;
    this.budgets = List.copyOf(budgets);
    this.currency = currency;
    this.purses = purses;
  }

  int number() {
    return number;
  }

  /** Returns the ledger that keeps the money. */
  public BudgetLedger ledger() {
    return ledger;
  }

  /** Returns the names of the budgets. */
  public List<String> budgets() {
    return budgets;
  }

  /** Returns the currency of all of them. */
  public Currency currency() {
    return currency;
  }

  /**
   * Returns how much could be reserved: the least that is free in one of the budgets, negative
   * while one was lowered below what is reserved and spent, 0 at times when a lease has ended.
   *
   * @param nowMillis the time in milliseconds since 1970; a time before the ledger's is taken for
   *     the ledger's
   */
  public long freeMinor(long nowMillis) {
    long now = ledger.latest(nowMillis);
    long least = Long.MAX_VALUE;
    for (Purse purse : purses) {
      least = Math.min(least, now < purse.untilMillis() ? purse.freeMinor() : 0);
    }
    return least;
  }

  /**
   * Reserves an amount. Nothing is allocated, no lock is taken, and no budget is ever exceeded; no
   * budget refuses while it has enough.
   *
   * @param amountMinor the amount in minor units, at least 1
   * @param nowMillis the time in milliseconds since 1970, not negative; a time before the ledger's
   *     is taken for the ledger's
   * @return the handle of the reservation, above 0; {@link BudgetLedger#REFUSED} if a budget has
   *     too little, {@link BudgetLedger#NO_ROOM} if too many reservations are open
   * @throws IllegalArgumentException if amount or time are out of their range
   * @throws JournalWriteException if the ledger has a journal that takes no entries; nothing is
   *     reserved
   */
  public long reserve(long amountMinor, long nowMillis) {
    return ledger.reserve(this, amountMinor, nowMillis);
  }

  boolean take(int stripe, long amountMinor, long nowMillis) {
    for (int i = 0; i < purses.length; i++) {
      if (nowMillis >= purses[i].untilMillis() || !purses[i].take(stripe, amountMinor)) {
        for (int j = i - 1; j >= 0; j--) {
          purses[j].give(stripe, amountMinor);
        }
        return false;
      }
    }
    return true;
  }

  void give(int stripe, long amountMinor) {
    for (Purse purse : purses) {
      purse.give(stripe, amountMinor);
    }
  }

  void spend(int stripe, long amountMinor) {
    for (Purse purse : purses) {
      purse.spend(stripe, amountMinor);
    }
  }

  @Override
  public String toString() {
    return "BudgetAccount" + budgets;
  }
}
