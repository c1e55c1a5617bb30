package dev.discount.policy.budget;

import dev.discount.core.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The budgets and accounts of a ledger, by name and by number. Safe for concurrent use. */
final class LedgerBooks {

  private final BudgetLedger ledger;
  private final BudgetLedger.CellSource cells;
  private final int stripes;
  private final @Nullable Entries entries;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<Currency> currencies = new ArrayList<>();
  private final Map<List<String>, BudgetAccount> accountsByBudgets = new LinkedHashMap<>();
  private final Map<Integer, LeasedSum> leased = new HashMap<>();
  private volatile Purse[] purses = {};
  private volatile BudgetAccount[] accounts = {};

  LedgerBooks(
      BudgetLedger ledger, BudgetLedger.CellSource cells, int stripes, @Nullable Entries entries) {
    this.ledger = ledger;
    this.cells = cells;
    this.stripes = stripes;
    this.entries = entries;
  }

  static void requireBudget(String name, Money amount) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank, got \"" + name + "\"");
    }
    if (amount.minorUnits() <= 0 || amount.minorUnits() > Purse.MAX_MINOR) {
      throw new IllegalArgumentException(
          "budget " + name + " must be above 0 and at most 2^60 minor units, got " + amount);
    }
  }

  synchronized void addBudget(String name, Money amount) {
    requireBudget(name, amount);
    if (numbers.containsKey(name)) {
      throw new IllegalArgumentException("name must be new, got the budget " + name + " again");
    }
    addBudget(name, amount.currency(), amount.minorUnits());
  }

  private void addBudget(String name, Currency currency, long minor) {
    if (entries != null) {
      String text = currency.getCurrencyCode() + name;
      entries.define(JournalState.BUDGET_NAME, purses.length, text, minor);
    }
    restoreBudget(name, currency, minor, minor, 0);
  }

  /** Adds the budget of a lease, without money or time, if it is not there. */
  synchronized void addLeased(Lease lease) {
    if (!numbers.containsKey(lease.budget())) {
      addBudget(lease.budget(), Currency.getInstance(lease.currency()), 0);
      purses[purses.length - 1].untilMillis(0);
    }
  }

  /** Says what is known of the lease that a budget is; it is closed until an answer opens it. */
  synchronized void restoreLeased(int number, LeasedSum sum) {
    leased.put(number, sum);
    purses[number].untilMillis(0);
  }

  /** Says what is known of the lease that a budget is. */
  synchronized void leased(int number, LeasedSum sum) {
    leased.put(number, sum);
  }

  /** Returns what is known of the lease that a budget is, {@code null} if it is none. */
  synchronized @Nullable LeasedSum leased(int number) {
    return leased.get(number);
  }

  /** Adds a budget of which some money may be gone. */
  synchronized void restoreBudget(
      String name, Currency currency, long budgetMinor, long freeMinor, long spentMinor) {
    Purse purse = new Purse(cells.cells(Purse.cells(stripes)), stripes);
    purse.fill(budgetMinor, freeMinor, spentMinor);
    Purse[] more = Arrays.copyOf(purses, purses.length + 1);
    more[purses.length] = purse;
    numbers.put(name, purses.length);
    currencies.add(currency);
    purses = more;
  }

  synchronized BudgetAccount account(List<String> names) {
    BudgetAccount known = accountsByBudgets.get(names);
    if (known != null) {
      return known;
    }
    if (names.isEmpty() || Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException("budgets must be named, each once, got " + names);
    }
    int[] budgets = names.stream().mapToInt(this::number).toArray();
    for (int number : budgets) {
      if (!currencies.get(number).equals(currencies.get(budgets[0]))) {
        throw new IllegalArgumentException(
            "budgets must be in one currency, got "
                + names.get(0)
                + " in "
                + currencies.get(budgets[0])
                + " and another in "
                + currencies.get(number));
      }
    }
    if (entries != null) {
      String text = Arrays.toString(budgets);
      String list = text.substring(1, text.length() - 1);
      entries.define(JournalState.ACCOUNT, accounts.length, list, 0);
    }
    return add(names, budgets);
  }

  private BudgetAccount add(List<String> names, int[] budgets) {
    Purse[] own = Arrays.stream(budgets).mapToObj(number -> purses[number]).toArray(Purse[]::new);
    BudgetAccount account =
        new BudgetAccount(ledger, accounts.length, names, currencies.get(budgets[0]), own);
    BudgetAccount[] more = Arrays.copyOf(accounts, accounts.length + 1);
    more[accounts.length] = account;
    accountsByBudgets.put(names, account);
    accounts = more;
    return account;
  }

  /** Adds the account of budgets by their numbers. */
  synchronized void restoreAccount(int... budgets) {
    List<String> names = List.copyOf(numbers.keySet());
    add(Arrays.stream(budgets).mapToObj(names::get).toList(), budgets);
  }

  synchronized Set<String> budgets() {
    return new LinkedHashSet<>(numbers.keySet());
  }

  synchronized int number(String budget) {
    Integer number = numbers.get(budget);
    if (number == null) {
      throw new IllegalArgumentException(
          "budget must be one of " + numbers.keySet() + ", got " + budget);
    }
    return number;
  }

  synchronized String name(int number) {
    return List.copyOf(numbers.keySet()).get(number);
  }

  synchronized Currency currency(int number) {
    return currencies.get(number);
  }

  Purse purse(int number) {
    return purses[number];
  }

  BudgetAccount account(int number) {
    return accounts[number];
  }
}
