package dev.discount.policy.budget;

import dev.discount.core.Money;
import java.util.Map;

/** Makes a ledger what a journal says. Stateless. */
final class Recovery {

  /**
   * How many generations a restart passes over, so that handles which were given out and never
   * written are not given out again.
   */
  private static final long PASSED_OVER = 1L << 24;

  /** How many ids of leases a restart passes over, for the same reason. */
  private static final long PASSED_OVER_LEASES = 1L << 20;

  private Recovery() {}

  /**
   * Fills an empty ledger.
   *
   * @param state what the journal says; handles begin anew behind it
   * @param budgets what the host states; budgets of the same name must have the same currency
   */
  static void restore(JournalState state, BudgetLedger ledger, Map<String, Money> budgets) {
    for (JournalState.Sum sum : state.sums()) {
      Money stated = budgets.get(sum.name);
      if (stated != null && !stated.currency().equals(sum.currency)) {
        throw new IllegalArgumentException(
            "budget " + sum.name + " must be in " + sum.currency + " as before, got " + stated);
      }
    }
    checkRoom(state, ledger.reservations().capacity());
    long generation = state.generation() + PASSED_OVER;
    if (generation > Reservations.MAX_GENERATION - PASSED_OVER) {
      throw new IllegalStateException(
          "generation must be below 2^41 - 2^25, got " + generation + "; begin a new journal");
    }
    for (JournalState.Sum sum : state.sums()) {
      sum.highestMinor = Math.max(sum.budgetMinor, sum.budgetMinor - sum.freeMinor);
      ledger
          .books()
          .restoreBudget(sum.name, sum.currency, sum.budgetMinor, sum.freeMinor, sum.spentMinor);
    }
    for (int number = 0; number < state.sums().size(); number++) {
      LeasedSum leased = state.sums().get(number).leased;
      if (leased != null) {
        ledger.books().restoreLeased(number, leased);
      }
    }
    state.accounts().forEach(ledger.books()::restoreAccount);
    ledger.reservations().startAfter(generation);
    state.forEachReservation(ledger.reservations()::restore);
    state.generation(generation);
    boolean begun = !state.sums().isEmpty();
    state.lastLease(state.lastLease() + (begun ? PASSED_OVER_LEASES : 0));
    ledger.leases().restore(state);
  }

  private static void checkRoom(JournalState state, int capacity) {
    state.forEachReservation(
        (handle, amount, expires, account) -> {
          int index = (int) handle & (Reservations.MAX_SLOTS - 1);
          if (index >= capacity) {
            throw new IllegalArgumentException(
                "reservations must be at least "
                    + 2 * Integer.highestOneBit(index)
                    + " for those that are open, got "
                    + capacity);
          }
        });
  }
}
