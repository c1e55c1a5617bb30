package dev.discount.policy.budget;

import dev.discount.policy.budget.JournalState.LeaseState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger has leased to other instances of the host, so that they spend one budget together.
 * How they talk to each other is the host's: {@link Lease} and {@link LeaseReport} are all that
 * goes over the wire. Safe for concurrent use.
 *
 * <p>A granted sum is reserved in this ledger, so all instances together can never exceed the
 * budget. It stays so when an instance dies: a lease that is over ends nothing by itself, and what
 * its instance has not reported counts as gone until {@link #end} says otherwise.
 */
public final class BudgetLeases {

  private final BudgetLedger ledger;
  private final Map<String, Integer> instances = new LinkedHashMap<>();
  private final Map<Long, LeaseState> leases = new TreeMap<>();
  private long last;

  BudgetLeases(BudgetLedger ledger) {
    this.ledger = ledger;
  }

  synchronized void restore(JournalState state) {
    state.instances().forEach(name -> instances.put(name, instances.size()));
    leases.putAll(state.leases());
    last = state.lastLease();
  }

  /**
   * Makes an instance known; one that is known stays so.
   *
   * @param instance its name, not blank
   * @throws JournalWriteException if the journal takes no entries; it is not made known
   */
  public synchronized void register(String instance) {
    if (instance.isBlank()) {
      throw new IllegalArgumentException("instance must not be blank, got \"" + instance + "\"");
    }
    if (!instances.containsKey(instance)) {
      Entries entries = ledger.entries();
      if (entries != null) {
        entries.define(JournalState.INSTANCE, instances.size(), instance, 0);
      }
      instances.put(instance, instances.size());
    }
  }

  /** Returns the names of the instances that are known. */
  public synchronized Set<String> instances() {
    return new LinkedHashSet<>(instances.keySet());
  }

  /**
   * Grants a lease. If the ledger has a journal it is forced before this returns, so that nothing
   * that an instance was told is forgotten in a crash: a call takes as long as the disk does, and
   * calls at one time share that.
   *
   * @param instance who may spend it
   * @param budget the name of a budget of this ledger
   * @param amountMinor how much, in minor units, at least 1
   * @param nowMillis the time in milliseconds since 1970
   * @param time for how long, above 0
   * @return the lease, empty if the budget has too little
   * @throws UnknownInstanceException if the instance was not registered
   * @throws IllegalArgumentException if another argument is out of its range
   * @throws JournalWriteException if the journal takes no entries, and nothing is granted, or
   *     cannot be forced: the lease then stands among {@link #leases()}, and nobody spends from it
   */
  public Optional<Lease> grant(
      String instance, String budget, long amountMinor, long nowMillis, Duration time) {
    Optional<Lease> granted = granted(instance, budget, amountMinor, nowMillis, time);
    if (granted.isPresent()) {
      force();
    }
    return granted;
  }

  private void force() {
    Entries entries = ledger.entries();
    if (entries != null) {
      entries.force();
    }
  }

  private synchronized Optional<Lease> granted(
      String instance, String budget, long amountMinor, long nowMillis, Duration time) {
    Integer number = instances.get(instance);
    if (number == null) {
      throw new UnknownInstanceException(instance, instances());
    }
    if (amountMinor < 1) {
      throw new IllegalArgumentException("amountMinor must be >= 1, got " + amountMinor);
    }
    long until = until(nowMillis, time);
    LeaseState none = new LeaseState(number, ledger.books().number(budget), 0, 0, 0, until);
    if (!take(last + 1, none, amountMinor, until)) {
      return Optional.empty();
    }
    last++;
    return lease(last);
  }

  private long until(long nowMillis, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time must be above 0, got " + time);
    }
    return ledger.now(nowMillis) + time.toMillis();
  }

  /** Takes more money for a lease and moves its end; changes nothing if there is too little. */
  private boolean take(long id, LeaseState lease, long moreMinor, long until) {
    Purse purse = ledger.books().purse(lease.budget());
    int stripe = ledger.stripe();
    if (moreMinor > 0 && !purse.take(stripe, moreMinor)) {
      return false;
    }
    LeaseState more =
        new LeaseState(
            lease.instance(),
            lease.budget(),
            lease.grantedMinor() + moreMinor,
            lease.returnedMinor(),
            lease.spentMinor(),
            Math.max(until, lease.untilMillis()));
    Entries entries = ledger.entries();
    if (entries != null) {
      long place;
      try {
        place = entries.claim();
      } catch (RuntimeException e) {
        purse.give(stripe, moreMinor);
        throw e;
      }
      long head = JournalState.leaseHead(lease.instance(), lease.budget());
      entries.fill(place, head, id, more.grantedMinor(), more.untilMillis());
    }
    leases.put(id, more);
    return true;
  }

  /**
   * Takes a report, and grants more time and more money if there is enough; time alone if not.
   * Forced as {@link #grant} is.
   *
   * @param report what the instance says
   * @param moreMinor how much more it wants, not negative
   * @param nowMillis the time in milliseconds since 1970
   * @param time for how long from then on, above 0
   * @return the lease as it is now
   * @throws IllegalArgumentException if the lease is unknown or ended, the report exceeds it, or
   *     another argument is out of its range
   * @throws JournalWriteException if the journal takes no entries or cannot be forced; what was
   *     granted before that stands, and is in the next answer
   */
  public Lease renew(LeaseReport report, long moreMinor, long nowMillis, Duration time) {
    Lease renewed = renewed(report, moreMinor, nowMillis, time);
    force();
    return renewed;
  }

  private synchronized Lease renewed(
      LeaseReport report, long moreMinor, long nowMillis, Duration time) {
    if (moreMinor < 0) {
      throw new IllegalArgumentException("moreMinor must be >= 0, got " + moreMinor);
    }
    long until = until(nowMillis, time);
    report(report);
    LeaseState lease = known(report.leaseId());
    if (!take(report.leaseId(), lease, moreMinor, until)) {
      take(report.leaseId(), lease, 0, until);
    }
    return lease(report.leaseId()).orElseThrow();
  }

  /**
   * Takes a report. What is less than what was reported before is an old message and changes
   * nothing.
   *
   * @param report what the instance says
   * @return the lease as it is now
   * @throws IllegalArgumentException if the lease is unknown or ended, or the report exceeds it
   * @throws JournalWriteException if the journal takes no entries; nothing is changed
   */
  public synchronized Lease report(LeaseReport report) {
    LeaseState old = known(report.leaseId());
    long spent = Math.max(old.spentMinor(), report.spentMinor());
    long returned = Math.max(old.returnedMinor(), report.returnedMinor());
    if (spent > old.grantedMinor() || returned > old.grantedMinor() - spent) {
      throw new IllegalArgumentException(
          "report must not exceed the " + old.grantedMinor() + " granted, got " + report);
    }
    if (spent > old.spentMinor() || returned > old.returnedMinor()) {
      Entries entries = ledger.entries();
      if (entries != null) {
        entries.fill(entries.claim(), Entries.LEASE_REPORT, report.leaseId(), spent, returned);
      }
      leases.put(
          report.leaseId(),
          new LeaseState(
              old.instance(),
              old.budget(),
              old.grantedMinor(),
              returned,
              spent,
              old.untilMillis()));
      Purse purse = ledger.books().purse(old.budget());
      purse.spend(ledger.stripe(), spent - old.spentMinor());
      purse.give(ledger.stripe(), returned - old.returnedMinor());
    }
    return lease(report.leaseId()).orElseThrow();
  }

  /**
   * Ends a lease: what it held and was not spent is free again. Only who knows that nobody spends
   * from it any more may say so: the instance itself after it has stopped, or, where it died, who
   * has found out what it had sold.
   *
   * @param last what was spent in all
   * @throws IllegalArgumentException if the lease is unknown or ended, or the report exceeds it
   * @throws JournalWriteException if the journal takes no entries; the lease has not ended
   */
  public synchronized void end(LeaseReport last) {
    report(last);
    LeaseState lease = known(last.leaseId());
    Entries entries = ledger.entries();
    if (entries != null) {
      entries.fill(entries.claim(), Entries.LEASE_END, last.leaseId(), 0, 0);
    }
    leases.remove(last.leaseId());
    ledger.books().purse(lease.budget()).give(ledger.stripe(), lease.heldMinor());
  }

  /** Returns the leases whose time is over and that were not ended, by id. */
  public synchronized List<Lease> overdue(long nowMillis) {
    long now = ledger.now(nowMillis);
    return leases(until -> until <= now);
  }

  /** Returns all leases that were not ended, by id. */
  public synchronized List<Lease> leases() {
    return leases(until -> true);
  }

  private List<Lease> leases(LongPredicate ends) {
    List<Lease> found = new ArrayList<>();
    leases.forEach(
        (id, lease) -> {
          if (ends.test(lease.untilMillis())) {
            found.add(lease(id).orElseThrow());
          }
        });
    return found;
  }

  /** Returns a lease, empty if it is unknown or ended. */
  public synchronized Optional<Lease> lease(long id) {
    @Nullable LeaseState lease = leases.get(id);
    if (lease == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Lease(
            id,
            List.copyOf(instances.keySet()).get(lease.instance()),
            ledger.books().name(lease.budget()),
            ledger.books().currency(lease.budget()).getCurrencyCode(),
            lease.grantedMinor(),
            lease.returnedMinor(),
            lease.spentMinor(),
            lease.untilMillis()));
  }

  private LeaseState known(long id) {
    LeaseState lease = leases.get(id);
    if (lease == null) {
      throw new IllegalArgumentException("leaseId must be of " + leases.keySet() + ", got " + id);
    }
    return lease;
  }
}
