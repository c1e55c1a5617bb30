package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every order of a few steps of a ledger and of an instance that leases from it: purchases, what is
 * given up, reports and answers that are lost, repeated, late and out of order, and restarts of
 * either that lose any part of what was not forced. Whatever happens, what was sold and what both
 * could still sell is within the budget.
 */
class LeaseMessagesTest {

  private static final long BUDGET = 4;
  private static final long GRANT = 2;
  private static final Duration TIME = Duration.ofMinutes(1);

  /** A step, and which message or how much of a journal it is about. */
  private record Step(What what, int which) {}

  private enum What {
    /** The instance sells for a minor unit and forces before it confirms. */
    SELL,
    /** It commits a minor unit and neither forces nor confirms. */
    COMMIT,
    GIVE_UP,
    REPORT,
    /** It takes an answer that was sent at any time. */
    ANSWER,
    /** It dies and begins again from a journal that lacks some unforced entries. */
    RESTART,
    /** The ledger takes a report that was sent at any time, and is asked for one unit more. */
    RENEW,
    TAKE_REPORT,
    LEDGER_RESTART
  }

  /** How often each step may be made. */
  private static final int[] MOST = {2, 1, 1, 2, 1, 2, 1, 1, 1};

  private record Entry(long head, long id, long amount, long millis, String text) {
    Entry withoutHandle() {
      boolean handled =
          text.isEmpty() && ((head & 0xFF) == Entries.RESERVE || (head & 0xFF) == Entries.COMMIT);
      return handled ? new Entry(head, 0, amount, millis, text) : this;
    }
  }

  /** A journal in memory. */
  private static final class Tape implements Entries {
    private final List<Entry> entries = new ArrayList<>();
    private int forced;

    /** Returns what is left when some entries at the end are lost. */
    Tape cut(int lost) {
      assertTrue(lost <= entries.size() - forced);
      Tape left = new Tape();
      left.entries.addAll(entries.subList(0, entries.size() - lost));
      left.forced = left.entries.size();
      return left;
    }

    /** Returns what a restart may lose; handles have no meaning beyond it. */
    List<Entry> unforced() {
      return entries.subList(forced, entries.size()).stream().map(Entry::withoutHandle).toList();
    }

    JournalState state() {
      JournalState state = new JournalState();
      for (Entry entry : entries) {
        if (!entry.text.isEmpty()) {
          state.define((int) entry.head, (int) entry.id, entry.text, entry.amount);
        } else if (entry.head != Entries.PASS) {
          state.apply(entry.head, entry.id, entry.amount, entry.millis, false);
        }
      }
      return state;
    }

    @Override
    public long claim() {
      entries.add(new Entry(Entries.PASS, 0, 0, 0, ""));
      return entries.size() - 1L;
    }

    @Override
    public void fill(long place, long head, long id, long amount, long millis) {
      entries.set((int) place, new Entry(head, id, amount, millis, ""));
    }

    @Override
    public void define(int what, int number, String text, long minor) {
      entries.add(new Entry(what, number, minor, 0, text));
    }

    @Override
    public void force() {
      forced = entries.size();
    }
  }

  /** The ledger, the instance, and all messages that were ever sent. */
  private static final class World {
    private Tape ledgerTape = new Tape();
    private Tape tape = new Tape();
    private BudgetLedger ledger;
    private BudgetLedger local;
    private LeasedBudget leased;
    private BudgetAccount account;
    private final Set<Lease> answers = new LinkedHashSet<>();
    private final Set<LeaseReport> reports = new LinkedHashSet<>();
    private long sold;
    private long unconfirmed;

    World() {
      ledger = builder().budget("total", Journals.euro(BUDGET)).build(Cells::new, ledgerTape);
      ledger.leases().register("berlin");
      answers.add(ledger.leases().grant("berlin", "total", GRANT, 1, TIME).orElseThrow());
      local = builder().build(Cells::new, tape);
      begin(answers.iterator().next());
    }

    private void begin(Lease lease) {
      leased = LeasedBudget.of(local, lease);
      account = local.account("total");
    }

    private static BudgetLedgerBuilder builder() {
      return BudgetLedger.builder().reservations(2).stripes(1);
    }

    private static BudgetLedger restarted(Tape tape) {
      BudgetLedger again = builder().build(Cells::new, tape);
      Recovery.restore(tape.state(), again, Map.of());
      return again;
    }

    private boolean buy() {
      long handle = account.reserve(1, 1);
      return handle > 0 && local.commit(handle, 1) == Settlement.DONE;
    }

    /** Makes a step; returns whether it is possible. */
    boolean make(Step step) {
      switch (step.what) {
        case SELL -> {
          if (!buy()) {
            return false;
          }
          tape.force();
          sold += 1 + unconfirmed;
          unconfirmed = 0;
        }
        case COMMIT -> {
          unconfirmed++;
          return buy();
        }
        case GIVE_UP -> {
          return leased.giveUp(1);
        }
        case REPORT -> {
          reports.add(leased.report());
          sold += unconfirmed; // They are durable, and may be confirmed.
          unconfirmed = 0;
        }
        case ANSWER -> leased.renewed(List.copyOf(answers).get(step.which));
        case RESTART -> {
          int lost = step.which / 8;
          tape = tape.cut(lost);
          local = restarted(tape);
          begin(List.copyOf(answers).get(step.which % 8));
          unconfirmed = 0;
        }
        case RENEW ->
            answers.add(ledger.leases().renew(List.copyOf(reports).get(step.which), 1, 1, TIME));
        case TAKE_REPORT -> ledger.leases().report(List.copyOf(reports).get(step.which));
        case LEDGER_RESTART -> {
          ledgerTape = ledgerTape.cut(step.which);
          ledger = restarted(ledgerTape);
        }
        default -> throw new AssertionError(step);
      }
      return true;
    }

    /** Returns the steps that may come next. */
    List<Step> next(int[] made) {
      List<Step> steps = new ArrayList<>();
      for (What what : What.values()) {
        if (made[what.ordinal()] < MOST[what.ordinal()]) {
          for (int which : choices(what)) {
            steps.add(new Step(what, which));
          }
        }
      }
      return steps;
    }

    private List<Integer> choices(What what) {
      List<Integer> choices = new ArrayList<>();
      int count =
          switch (what) {
            case ANSWER -> answers.size();
            case RENEW, TAKE_REPORT -> reports.size();
            case RESTART -> tape.entries.size() - tape.forced + 1;
            case LEDGER_RESTART -> ledgerTape.entries.size() - ledgerTape.forced + 1;
            default -> 1;
          };
      for (int which = 0; which < count; which++) {
        for (int answer = 0; answer < (what == What.RESTART ? answers.size() : 1); answer++) {
          choices.add(what == What.RESTART ? 8 * which + answer : which);
        }
      }
      return choices;
    }

    void check() {
      Balance balance = ledger.balance("total");
      assertTrue(balance.freeMinor() >= 0);
      long free = account.freeMinor(1);
      long most = sold + unconfirmed + free + balance.freeMinor();
      assertTrue(most <= BUDGET, "could sell " + most);
      Lease lease = ledger.leases().leases().get(0);
      assertTrue(sold + unconfirmed + free <= lease.heldMinor() + lease.spentMinor());
    }

    /** Returns all that the future depends on. */
    List<Object> key() {
      List<Object> key = new ArrayList<>();
      key.add(ledgerTape.unforced());
      key.add(ledger.leases().leases());
      key.add(ledger.balance("total"));
      key.add(tape.unforced());
      key.add(local.balance("total"));
      key.add(local.books().leased(0));
      key.add(Set.copyOf(answers));
      key.add(Set.copyOf(reports));
      key.add(sold);
      key.add(unconfirmed);
      return key;
    }
  }

  private final Set<List<Object>> known = new HashSet<>();
  private final Set<What> seen = new HashSet<>();
  private long worlds;

  private void explore(List<Step> steps, int[] made, List<Object> before) {
    World world = new World();
    for (Step step : steps) {
      if (!world.make(step)) {
        return; // The last one was not possible.
      }
    }
    worlds++;
    try {
      world.check();
    } catch (AssertionError e) {
      throw new AssertionError("after " + steps, e);
    }
    List<Object> key = world.key();
    if (key.equals(before) || !known.add(List.of(key, Arrays.toString(made)))) {
      return; // The step changed nothing, or what may follow was seen.
    }
    for (Step step : world.next(made)) {
      seen.add(step.what);
      List<Step> more = new ArrayList<>(steps);
      more.add(step);
      int[] madeNow = made.clone();
      madeNow[step.what.ordinal()]++;
      explore(more, madeNow, key);
    }
  }

  @Test
  void anyMessagesAndRestarts_neverSellMoreThanTheBudget() {
    explore(List.of(), new int[MOST.length], List.of());
    assertEquals(What.values().length, seen.size());
    assertTrue(known.size() > 5_000, known.size() + " states in " + worlds + " worlds");
  }
}
