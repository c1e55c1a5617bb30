package dev.discount.policy.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says up to some entry: names, budgets, open reservations and leases. Each entry is
 * checked against what was before, so that a journal which would spend money twice is no journal.
 * Confined to one thread.
 */
final class JournalState {

  /** The sorts of names. */
  static final int BUDGET_NAME = 1;

  static final int ACCOUNT = 2;
  static final int INSTANCE = 3;

  private static final int NUMBER_BITS = 20;
  private static final int NUMBER = (1 << NUMBER_BITS) - 1;
  private static final int CODE = 3;

  /** One budget. */
  static final class Sum {
    final String name;
    final Currency currency;
    long budgetMinor;
    long freeMinor;
    long spentMinor;

    /** The most that the budget ever was; what was reserved before it was lowered may come late. */
    long highestMinor;

    @Nullable LeasedSum leased;

    Sum(String name, Currency currency) {
      this.name = name;
      this.currency = currency;
    }
  }

  /**
   * One lease.
   *
   * @param grantedMinor all that was ever granted; what of it was given back and is known to be
   *     spent follows
   */
  record LeaseState(
      int instance,
      int budget,
      long grantedMinor,
      long returnedMinor,
      long spentMinor,
      long untilMillis) {

    long heldMinor() {
      return grantedMinor - returnedMinor - spentMinor;
    }
  }

  /** Takes entries. */
  interface Sink {
    void entry(long head, long id, long amount, long millis);

    void define(int what, int number, String text, long minor);
  }

  private final List<Sum> sums = new ArrayList<>();
  private final List<int[]> accounts = new ArrayList<>();
  private final List<String> instances = new ArrayList<>();
  private final SortedMap<Long, LeaseState> leases = new TreeMap<>();
  private long lastLease;
  private long generation;

  /** Open reservations by the index of their handles; 0 where none is. */
  private long[] handles = new long[1 << 10];

  private long[] amounts = new long[1 << 10];
  private long[] expiries = new long[1 << 10];
  private int[] accountNumbers = new int[1 << 10];

  private String source = "journal";
  private long offset;

  /** Says where the next entries stand, for messages. */
  void at(String newSource, long newOffset) {
    source = newSource;
    offset = newOffset;
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw new JournalFormatException(source, offset, rule);
    }
  }

  List<Sum> sums() {
    return sums;
  }

  List<int[]> accounts() {
    return accounts;
  }

  List<String> instances() {
    return instances;
  }

  SortedMap<Long, LeaseState> leases() {
    return leases;
  }

  /** Returns the largest id that a lease has had. */
  long lastLease() {
    return lastLease;
  }

  void lastLease(long newLastLease) {
    lastLease = newLastLease;
  }

  /** Returns the largest generation that a handle has had. */
  long generation() {
    return generation;
  }

  void generation(long newGeneration) {
    generation = newGeneration;
  }

  /** Returns the head of an entry about a lease. */
  static long leaseHead(int instance, int budget) {
    return ((long) instance << NUMBER_BITS | budget) << Entries.KIND_BITS | Entries.LEASE;
  }

  /**
   * Adds a name.
   *
   * @param minor the size of a budget, else 0
   */
  void define(int what, int number, String text, long minor) {
    switch (what) {
      case BUDGET_NAME -> {
        require(number == sums.size() && text.length() > CODE, "name budget " + sums.size());
        Sum sum = new Sum(text.substring(CODE), currency(text.substring(0, CODE)));
        budget(sum, 0, minor);
        sums.add(sum);
      }
      case ACCOUNT -> {
        require(number == accounts.size(), "name account " + accounts.size());
        accounts.add(numbers(text));
      }
      case INSTANCE -> {
        require(number == instances.size(), "name instance " + instances.size());
        instances.add(text);
      }
      default -> require(false, "name a budget, an account or an instance, got " + what);
    }
  }

  private Currency currency(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      throw new JournalFormatException(source, offset, "name a currency, got " + code);
    }
  }

  private int[] numbers(String text) {
    try {
      int[] numbers = Arrays.stream(text.split(", ", -1)).mapToInt(Integer::parseInt).toArray();
      for (int number : numbers) {
        sum(number);
      }
      return numbers;
    } catch (NumberFormatException e) {
      throw new JournalFormatException(source, offset, "name budgets by number, got " + text);
    }
  }

  private Sum sum(long number) {
    require(number >= 0 && number < sums.size(), "be about a known budget, got " + number);
    return sums.get((int) number);
  }

  /**
   * Applies an entry.
   *
   * @param whole whether the entry belongs to a snapshot, whose sums are right only at its end
   */
  void apply(long head, long id, long amount, long millis, boolean whole) {
    long number = head >>> Entries.KIND_BITS;
    switch ((int) head & (1 << Entries.KIND_BITS) - 1) {
      case Entries.PASS -> {}
      case Entries.RESERVE -> reserve(number, id, amount, millis, whole);
      case Entries.COMMIT -> {
        int index = index(id);
        require(amount >= 0 && amount <= amounts[index], "spend what was reserved, got " + amount);
        end(index, amount);
      }
      case Entries.RELEASE, Entries.EXPIRE -> end(index(id), 0);
      case Entries.BUDGET -> budget(sum(number), id, amount);
      case Entries.SPENT -> spent(sum(number), amount);
      case Entries.GENERATION -> {
        require(id >= 0 && id <= Reservations.MAX_GENERATION, "be a generation, got " + id);
        generation = Math.max(generation, id);
        lastLease = Math.max(lastLease, amount);
      }
      case Entries.LEASED -> leased(sum(number), new LeasedSum(id, amount, millis));
      case Entries.LEASE -> lease(number, id, amount, millis, whole);
      case Entries.LEASE_REPORT -> report(id, amount, millis);
      case Entries.LEASE_END -> {
        LeaseState lease = known(id);
        sum(lease.budget).freeMinor += lease.heldMinor();
        leases.remove(id);
      }
      default -> require(false, "be a known entry, got " + Long.toHexString(head));
    }
  }

  private void budget(Sum sum, long highest, long amount) {
    require(amount >= 0 && amount <= Purse.MAX_MINOR, "be a budget, got " + amount);
    sum.freeMinor += amount - sum.budgetMinor;
    sum.budgetMinor = amount;
    sum.highestMinor = Math.max(sum.highestMinor, Math.max(highest, amount));
  }

  private void leased(Sum sum, LeasedSum leased) {
    LeasedSum old = Objects.requireNonNullElse(sum.leased, new LeasedSum(leased.id(), 0, 0));
    boolean fits =
        leased.id() > 0
            && leased.id() == old.id()
            && leased.grantedMinor() >= old.grantedMinor()
            && leased.returnedMinor() >= old.returnedMinor();
    require(fits, "go on with a lease, got " + leased);
    budget(sum, 0, leased.sizeMinor());
    sum.leased = leased;
  }

  private void spent(Sum sum, long amount) {
    require(amount >= 0 && amount <= Purse.MAX_MINOR, "be an amount, got " + amount);
    sum.spentMinor += amount;
    sum.freeMinor -= amount;
  }

  private void take(Sum sum, long amount, boolean whole) {
    long gone = sum.budgetMinor - sum.freeMinor + amount;
    require(whole || gone <= sum.highestMinor, "not exceed the budget " + sum.name);
    sum.freeMinor -= amount;
  }

  private void reserve(long account, long handle, long amount, long millis, boolean whole) {
    require(account >= 0 && account < accounts.size(), "be of a known account, got " + account);
    require(amount > 0 && amount <= Purse.MAX_MINOR, "reserve an amount, got " + amount);
    int index = (int) handle & (Reservations.MAX_SLOTS - 1);
    require(handle > index, "be a handle, got " + handle);
    if (index >= handles.length) {
      grow(index);
    }
    require(handles[index] == 0, "reserve under a handle that is not open, got " + handle);
    for (int budget : accounts.get((int) account)) {
      take(sums.get(budget), amount, whole);
    }
    handles[index] = handle;
    amounts[index] = amount;
    expiries[index] = millis;
    accountNumbers[index] = (int) account;
    generation = Math.max(generation, handle >>> Reservations.INDEX_BITS);
  }

  private void grow(int index) {
    int size = 2 * Integer.highestOneBit(index);
    handles = Arrays.copyOf(handles, size);
    amounts = Arrays.copyOf(amounts, size);
    expiries = Arrays.copyOf(expiries, size);
    accountNumbers = Arrays.copyOf(accountNumbers, size);
  }

  private int index(long handle) {
    int index = (int) handle & (Reservations.MAX_SLOTS - 1);
    boolean open = handle != 0 && index < handles.length && handles[index] == handle;
    require(open, "settle an open reservation, got " + handle);
    return index;
  }

  private void end(int index, long spent) {
    for (int budget : accounts.get(accountNumbers[index])) {
      Sum sum = sums.get(budget);
      sum.spentMinor += spent;
      sum.freeMinor += amounts[index] - spent;
    }
    handles[index] = 0;
  }

  private LeaseState known(long id) {
    LeaseState lease = leases.get(id);
    if (lease == null) {
      throw new JournalFormatException(source, offset, "be about a known lease, got " + id);
    }
    return lease;
  }

  private void lease(long number, long id, long amount, long millis, boolean whole) {
    int budget = (int) number & NUMBER;
    int instance = (int) (number >>> NUMBER_BITS);
    Sum sum = sum(budget);
    require(instance < instances.size(), "be of a known instance, got " + instance);
    LeaseState old = leases.getOrDefault(id, new LeaseState(instance, budget, 0, 0, 0, millis));
    boolean same = old.instance == instance && old.budget == budget;
    require(id > 0 && same && amount >= old.grantedMinor, "be a lease, got " + id);
    take(sum, amount - old.grantedMinor, whole);
    leases.put(
        id, new LeaseState(instance, budget, amount, old.returnedMinor, old.spentMinor, millis));
    lastLease = Math.max(lastLease, id);
  }

  private void report(long id, long spent, long returned) {
    LeaseState old = known(id);
    boolean fits =
        spent >= old.spentMinor
            && returned >= old.returnedMinor
            && spent <= old.grantedMinor - returned;
    require(fits, "report what was granted, got " + spent);
    Sum sum = sum(old.budget);
    sum.spentMinor += spent - old.spentMinor;
    sum.freeMinor += returned - old.returnedMinor;
    leases.put(
        id,
        new LeaseState(
            old.instance, old.budget, old.grantedMinor, returned, spent, old.untilMillis));
  }

  /** Checks the sums of a snapshot at its end. */
  void checkSums() {
    for (Sum sum : sums) {
      boolean fits =
          sum.budgetMinor - sum.freeMinor <= sum.highestMinor
              && sum.spentMinor >= 0
              && sum.spentMinor <= sum.budgetMinor - sum.freeMinor;
      require(fits, "not exceed the budget " + sum.name);
    }
  }

  /** Writes entries that make this state out of an empty one. */
  void writeTo(Sink out) {
    for (int i = 0; i < sums.size(); i++) {
      Sum sum = sums.get(i);
      String name = sum.currency.getCurrencyCode() + sum.name;
      out.define(BUDGET_NAME, i, name, sum.budgetMinor);
      out.entry(Entries.head(Entries.BUDGET, i), sum.highestMinor, sum.budgetMinor, 0);
      LeasedSum leased = sum.leased;
      if (leased != null) {
        long head = Entries.head(Entries.LEASED, i);
        out.entry(head, leased.id(), leased.grantedMinor(), leased.returnedMinor());
      }
    }
    for (int i = 0; i < accounts.size(); i++) {
      String text = Arrays.toString(accounts.get(i));
      out.define(ACCOUNT, i, text.substring(1, text.length() - 1), 0);
    }
    for (int i = 0; i < instances.size(); i++) {
      out.define(INSTANCE, i, instances.get(i), 0);
    }
    out.entry(Entries.GENERATION, generation, lastLease, 0);
    long[] leaseSpent = new long[sums.size()];
    leases.forEach(
        (id, lease) -> {
          out.entry(
              leaseHead(lease.instance, lease.budget), id, lease.grantedMinor, lease.untilMillis);
          out.entry(Entries.LEASE_REPORT, id, lease.spentMinor, lease.returnedMinor);
          leaseSpent[lease.budget] += lease.spentMinor;
        });
    for (int i = 0; i < sums.size(); i++) {
      long rest = sums.get(i).spentMinor - leaseSpent[i];
      out.entry(Entries.head(Entries.SPENT, i), 0, rest, 0);
    }
    forEachReservation(
        (handle, amount, expires, account) ->
            out.entry(Entries.head(Entries.RESERVE, account), handle, amount, expires));
  }

  /** Takes an open reservation. */
  interface ReservationVisitor {
    void visit(long handle, long amount, long expires, int account);
  }

  void forEachReservation(ReservationVisitor visitor) {
    for (int i = 0; i < handles.length; i++) {
      if (handles[i] != 0) {
        visitor.visit(handles[i], amounts[i], expiries[i], accountNumbers[i]);
      }
    }
  }
}
