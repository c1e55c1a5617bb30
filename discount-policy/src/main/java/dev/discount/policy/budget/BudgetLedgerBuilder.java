package dev.discount.policy.budget;

import dev.discount.core.Money;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link BudgetLedger}. Confined to one thread. */
public final class BudgetLedgerBuilder {

  private static final Duration LONGEST_HOLD = Duration.ofDays(3_653);
  private static final int MAX_STRIPES = 16;

  private final Map<String, Money> budgets = new LinkedHashMap<>();
  private long holdMillis = Duration.ofMinutes(30).toMillis();
  private int reservations = 1 << 16;
  private int stripes =
      Math.min(MAX_STRIPES, 4 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors()));

  BudgetLedgerBuilder() {}

  /**
   * Adds a budget.
   *
   * @param name a name that no other budget has, not blank
   * @param amount the money, above 0
   * @throws IllegalArgumentException if the name is blank or taken, or the amount not above 0
   */
  public BudgetLedgerBuilder budget(String name, Money amount) {
    LedgerBooks.requireBudget(name, amount);
    if (budgets.putIfAbsent(name, amount) != null) {
      throw new IllegalArgumentException("name must be new, got the budget " + name + " again");
    }
    return this;
  }

  /**
   * Sets how long a reservation holds if it is not settled; 30 minutes if not said.
   *
   * @param hold at least a millisecond, at most ten years
   */
  public BudgetLedgerBuilder hold(Duration hold) {
    if (hold.compareTo(Duration.ofMillis(1)) < 0 || hold.compareTo(LONGEST_HOLD) > 0) {
      throw new IllegalArgumentException(
          "hold must be in [PT0.001S, " + LONGEST_HOLD + "], got " + hold);
    }
    holdMillis = hold.toMillis();
    return this;
  }

  /**
   * Sets how many reservations can be open at once; 65536 if not said. Each takes 32 bytes.
   *
   * @param newReservations a power of two in [1, 2^22]
   */
  public BudgetLedgerBuilder reservations(int newReservations) {
    if (newReservations < 1
        || newReservations > Reservations.MAX_SLOTS
        || Integer.bitCount(newReservations) != 1) {
      throw new IllegalArgumentException(
          "newReservations must be a power of two in [1, 2^22], got " + newReservations);
    }
    reservations = newReservations;
    return this;
  }

  /**
   * Sets into how many parts free money is divided, so that threads do not wait for one another;
   * four times as many as there are processors, at most 16, if not said. The result of no call
   * depends on it.
   *
   * @param newStripes a power of two in [1, 16]
   */
  public BudgetLedgerBuilder stripes(int newStripes) {
    if (newStripes < 1 || newStripes > MAX_STRIPES || Integer.bitCount(newStripes) != 1) {
      throw new IllegalArgumentException(
          "newStripes must be a power of two in [1, 16], got " + newStripes);
    }
    stripes = newStripes;
    return this;
  }

  int stripes() {
    return stripes;
  }

  long holdMillis() {
    return holdMillis;
  }

  int reservations() {
    return reservations;
  }

  /** Returns a ledger in memory. */
  public BudgetLedger build() {
    return build(Cells::new, null);
  }

  /**
   * Returns the ledger of a journal: with the budgets, open reservations and leases that it has,
   * and those budgets of this builder that it does not have. Writes the journal anew.
   *
   * @param journal an opened journal that no other ledger has
   * @throws IllegalArgumentException if a budget has another currency there, or an open reservation
   *     does not fit the number of reservations
   * @throws JournalWriteException if the journal cannot be written; it then stands as it was. Also
   *     if it was closed
   */
  public BudgetLedger build(LedgerJournal journal) {
    JournalState state = journal.take();
    boolean built = false;
    try {
      BudgetLedger ledger = new BudgetLedger(this, Cells::new, journal.entries());
      Recovery.restore(state, ledger, budgets);
      journal.begin();
      budgets.forEach(
          (name, amount) -> {
            if (!ledger.budgets().contains(name)) {
              ledger.addBudget(name, amount);
            }
          });
      built = true;
      return ledger;
    } finally {
      if (!built) {
        journal.untake();
      }
    }
  }

  BudgetLedger build(BudgetLedger.CellSource source, @Nullable Entries entries) {
    BudgetLedger ledger = new BudgetLedger(this, source, entries);
    budgets.forEach(ledger::addBudget);
    return ledger;
  }
}
