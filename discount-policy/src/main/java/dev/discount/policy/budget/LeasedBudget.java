package dev.discount.policy.budget;

import dev.discount.core.Money;
import java.util.Currency;

/**
 * A lease at the instance that spends it: a budget of the instance's own ledger, as large as the
 * lease and open until its end. Safe for concurrent use.
 *
 * <pre>{@code
 * LeasedBudget leased = LeasedBudget.of(local, lease);         // as the ledger granted it
 * BudgetAccount account = local.account(lease.budget());       // decide with it
 * ...
 * leased.renewed(ledger.leases().renew(leased.report(), more, nowMillis, time));
 * }</pre>
 *
 * <p>One lease serves one budget of a ledger for as long as the ledger lives: it is renewed, not
 * replaced.
 */
public final class LeasedBudget {

  private final BudgetLedger ledger;
  private final String budget;
  private final long id;

  /** What the lease's ledger knows to be spent and the instance's has forgotten. */
  private final long forgottenMinor;

  private Lease lease;

  private LeasedBudget(BudgetLedger ledger, Lease lease, long forgottenMinor) {
    this.ledger = ledger;
    this.budget = lease.budget();
    this.id = lease.id();
    this.lease = lease;
    this.forgottenMinor = forgottenMinor;
  }

  /**
   * Adds the budget of a new lease to an instance's ledger, or goes on with the one that the
   * ledger's journal has kept. What was spent there and lost before it was forced, but reported, is
   * taken off again.
   *
   * @param ledger the instance's own ledger
   * @param lease the lease as it is now
   * @throws IllegalArgumentException if something was reported for the lease, and the ledger knows
   *     nothing of it: what else was spent is then lost, and only {@link BudgetLeases#end} helps
   */
  public static LeasedBudget of(BudgetLedger ledger, Lease lease) {
    Currency currency = Currency.getInstance(lease.currency());
    if (ledger.budgets().contains(lease.budget())) {
      long spent = ledger.balance(lease.budget()).spentMinor();
      long forgotten = Math.max(0, lease.spentMinor() - spent);
      LeasedBudget leased = new LeasedBudget(ledger, lease, forgotten);
      leased.renewed(lease);
      return leased;
    }
    if (lease.spentMinor() != 0 || lease.returnedMinor() != 0) {
      throw new IllegalArgumentException(
          "lease must be new, or be known to the ledger's journal, got " + lease);
    }
    ledger.addBudget(lease.budget(), new Money(lease.grantedMinor(), currency));
    LeasedBudget leased = new LeasedBudget(ledger, lease, 0);
    leased.renewed(lease);
    return leased;
  }

  /**
   * Takes what a renewal said: more money, more time. An older answer than the last changes
   * nothing.
   *
   * @param now the lease as it is now
   * @throws IllegalArgumentException if it is another lease
   */
  public synchronized void renewed(Lease now) {
    if (now.id() != id || !now.budget().equals(budget)) {
      throw new IllegalArgumentException("lease must be " + id + " of " + budget + ", got " + now);
    }
    if (now.grantedMinor() < lease.grantedMinor() || now.untilMillis() < lease.untilMillis()) {
      return;
    }
    long returned = Math.max(now.returnedMinor(), lease.returnedMinor());
    lease =
        new Lease(
            id,
            now.instance(),
            budget,
            now.currency(),
            now.grantedMinor(),
            returned,
            now.spentMinor(),
            now.untilMillis());
    long sizeMinor = now.grantedMinor() - returned - forgottenMinor;
    ledger.changeBudget(budget, new Money(sizeMinor, Currency.getInstance(now.currency())));
    ledger.books().purse(ledger.books().number(budget)).untilMillis(now.untilMillis());
  }

  /**
   * Gives up money that is free here, so that the next report returns it. If the ledger has a
   * journal, the host forces it before it sends that report.
   *
   * @param amountMinor how much, in minor units, at least 1
   * @return whether that much was free
   */
  public synchronized boolean giveUp(long amountMinor) {
    if (amountMinor < 1) {
      throw new IllegalArgumentException("amountMinor must be >= 1, got " + amountMinor);
    }
    if (!ledger.giveUp(ledger.books().number(budget), amountMinor)) {
      return false;
    }
    lease =
        new Lease(
            id,
            lease.instance(),
            budget,
            lease.currency(),
            lease.grantedMinor(),
            lease.returnedMinor() + amountMinor,
            lease.spentMinor(),
            lease.untilMillis());
    return true;
  }

  /** Returns what is spent and given up, for the ledger that granted the lease. */
  public synchronized LeaseReport report() {
    long spent = ledger.balance(budget).spentMinor() + forgottenMinor;
    return new LeaseReport(id, spent, lease.returnedMinor());
  }
}
