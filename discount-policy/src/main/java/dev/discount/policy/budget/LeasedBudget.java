package dev.discount.policy.budget;

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
 *
 * <p>A ledger with a journal goes on with its lease after a restart: what was granted and given up
 * is in the journal, and is forced before a {@link #report} says so. A ledger without one forgets
 * what it spent: its instance must be granted a new lease whenever it starts, and the old one is
 * {@linkplain BudgetLeases#end ended} by who knows what it had sold.
 */
public final class LeasedBudget {

  /*
   * What the instance may spend is what it knows to be granted, less what it has given up. The
   * first is at most what the lease's ledger holds, which is forced before it is told. The second
   * is at least what that ledger will ever hear was given up, because a report leaves after it was
   * forced here. Neither depends on the order, the number or the age of messages.
   */

  private final BudgetLedger ledger;
  private final String budget;
  private final long id;

  private LeasedBudget(BudgetLedger ledger, Lease lease) {
    this.ledger = ledger;
    this.budget = lease.budget();
    this.id = lease.id();
  }

  /**
   * Adds the budget of a new lease to an instance's ledger, or goes on with the one that the
   * ledger's journal has kept.
   *
   * @param ledger the instance's own ledger
   * @param lease the lease, as some answer said
   * @throws IllegalArgumentException if the ledger has another budget of this name; or if more was
   *     reported for the lease than the ledger knows of, so that its journal is not the lease's:
   *     what else was spent is then lost, and only {@link BudgetLeases#end} helps
   * @throws JournalWriteException if the ledger's journal takes no entries
   */
  public static LeasedBudget of(BudgetLedger ledger, Lease lease) {
    ledger.sizes().begin(lease);
    LeasedBudget leased = new LeasedBudget(ledger, lease);
    leased.renewed(lease);
    return leased;
  }

  /**
   * Takes what a renewal said: more money, more time. An older answer than the last changes
   * nothing.
   *
   * @param now the lease as it is now
   * @throws IllegalArgumentException if it is another lease
   * @throws JournalWriteException if the ledger's journal takes no entries; nothing is changed
   */
  public void renewed(Lease now) {
    if (now.id() != id || !now.budget().equals(budget)) {
      throw new IllegalArgumentException("lease must be " + id + " of " + budget + ", got " + now);
    }
    ledger.sizes().renew(now);
  }

  /**
   * Gives up money that is free here, so that the next report returns it.
   *
   * @param amountMinor how much, in minor units, at least 1
   * @return whether that much was free
   * @throws JournalWriteException if the ledger's journal takes no entries; nothing is given up
   */
  public boolean giveUp(long amountMinor) {
    if (amountMinor < 1) {
      throw new IllegalArgumentException("amountMinor must be >= 1, got " + amountMinor);
    }
    return ledger.sizes().giveUp(budget, amountMinor);
  }

  /**
   * Returns what is spent and given up, for the ledger that granted the lease. If this ledger has a
   * journal, it is forced first, so that no restart forgets what was reported.
   *
   * @throws JournalWriteException if the journal cannot be forced; nothing may be reported then
   */
  public LeaseReport report() {
    LeaseReport report = ledger.sizes().report(budget);
    Entries entries = ledger.entries();
    if (entries != null) {
      entries.force();
    }
    return report;
  }
}
