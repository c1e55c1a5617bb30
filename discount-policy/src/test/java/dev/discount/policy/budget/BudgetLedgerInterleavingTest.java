package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of the steps of two or three threads, plain writes seen late included: each
 * outcome is one that some order of whole calls has, refusals included, and every beginning of the
 * journal is within the budget. The one thing that may be late is that another thread's {@code
 * expire} sees a reservation: until the thread that made it has made its next call.
 */
class BudgetLedgerInterleavingTest {

  private static final Currency EURO = Currency.getInstance("EUR");
  private static final String BUDGET = "total";

  /** A call: what is asked for, and the place of the reservation that it is about. */
  private record Ask(String what, long amount, int of) {}

  private static Ask reserve(long amount) {
    return new Ask("reserve", amount, -1);
  }

  private static Ask commit(int of, long amount) {
    return new Ask("commit", amount, of);
  }

  private static Ask release(int of) {
    return new Ask("release", 0, of);
  }

  private static Ask expire() {
    return new Ask("expire", 0, -1);
  }

  private static Ask change(long amount) {
    return new Ask("change", amount, -1);
  }

  /** Entries in cells, so that claiming and filling are steps too. */
  private static final class WatchedEntries implements Entries {
    private static final int MAX = 24;
    private final Interleavings.Watched cells;

    WatchedEntries(Interleavings world) {
      this.cells = world.cells(1 + MAX);
    }

    @Override
    public long claim() {
      return cells.next(0);
    }

    @Override
    public void fill(long place, long head, long id, long amount, long millis) {
      cells.set(1 + (int) place, (id << 16) | (amount << 8) | (head & 0xFF));
    }

    @Override
    public void force() {}

    @Override
    public void define(int what, int number, String text, long minor) {
      if (what == JournalState.BUDGET_NAME) {
        fill(claim(), BUDGET, 0, minor, 0);
      }
    }

    /**
     * Returns the free money at the end, having looked at every beginning. What was reserved before
     * the budget was lowered may stand behind that.
     */
    long replay() {
      long budget = 0;
      long highest = 0;
      long free = 0;
      Map<Long, Long> open = new HashMap<>();
      for (int i = 0; i < cells.get(0); i++) {
        long entry = cells.get(1 + i);
        long id = entry >>> 16;
        long amount = entry >>> 8 & 0xFF;
        switch ((int) entry & 0xFF) {
          case Entries.BUDGET -> {
            free += amount - budget;
            budget = amount;
            highest = Math.max(highest, budget);
          }
          case Entries.RESERVE -> {
            free -= amount;
            assertTrue(free >= budget - highest, "reserved more than was free at entry " + i);
            assertEquals(null, open.put(id, amount));
          }
          case Entries.COMMIT -> free += open.remove(id) - amount;
          case Entries.RELEASE, Entries.EXPIRE -> free += open.remove(id);
          case Entries.PASS -> {}
          default -> throw new AssertionError("entry " + i);
        }
      }
      return free;
    }
  }

  /** One set of programs over one ledger. */
  private static final class Scenario {
    private final List<List<Ask>> programs;
    private final long budget;
    private final int room;
    private final boolean journaled;
    private final List<Ask> prepared;
    private boolean single;

    Scenario(long budget, int room, boolean journaled, List<Ask> prepared, List<List<Ask>> all) {
      this.programs = all;
      this.budget = budget;
      this.room = room;
      this.journaled = journaled;
      this.prepared = prepared;
    }

    Interleavings explore() {
      List<Interleavings.Program> bodies = new ArrayList<>();
      Object[] made = new Object[3];
      int number = 0;
      for (List<Ask> program : programs) {
        int first = number;
        number += program.size();
        bodies.add(world -> run(world, first, program, made));
      }
      Interleavings world = new Interleavings(bodies.toArray(new Interleavings.Program[0]));
      WatchedEntries entries = journaled ? new WatchedEntries(world) : null;
      BudgetLedger ledger =
          BudgetLedger.builder()
              .budget(BUDGET, new Money(budget, EURO))
              .reservations(room)
              .stripes(2)
              .hold(Duration.ofMillis(10))
              .build(world::cells, entries);
      made[0] = ledger;
      made[1] = ledger.account(BUDGET);
      long[] handles = new long[prepared.size()];
      for (int i = 0; i < handles.length; i++) {
        handles[i] = ledger.account(BUDGET).reserve(prepared.get(i).amount, 0);
        assertTrue(handles[i] > 0);
      }
      made[2] = handles;
      if (single) {
        assertEquals(BudgetLedger.REFUSED, ledger.account(BUDGET).reserve(budget + 1, 0));
      }
      world.explore(
          calls -> {
            Balance balance = ledger.balance(BUDGET);
            Model model = new Model(budget, prepared, programs);
            assertTrue(
                linearizes(calls, 0, 0, model, balance),
                () -> "no order of whole calls gives " + calls + " and " + balance);
            if (entries != null) {
              assertEquals(balance.freeMinor(), entries.replay());
            }
          });
      return world;
    }

    private static void run(Interleavings world, int first, List<Ask> program, Object[] made) {
      BudgetLedger ledger = (BudgetLedger) made[0];
      BudgetAccount account = (BudgetAccount) made[1];
      long[] prepared = (long[]) made[2];
      long[] own = new long[program.size()];
      for (int i = 0; i < program.size(); i++) {
        Ask ask = program.get(i);
        long before = world.begin();
        long handle = ask.of < 0 ? 0 : ask.of >= 100 ? prepared[ask.of - 100] : own[ask.of - first];
        Object result =
            switch (ask.what) {
              case "reserve" -> (own[i] = account.reserve(ask.amount, 1)) > 0;
              case "commit" -> ledger.commit(handle, ask.amount);
              case "release" -> ledger.release(handle);
              case "expire" -> ledger.expire(11);
              default -> {
                ledger.changeBudget(BUDGET, new Money(ask.amount, EURO));
                yield true;
              }
            };
        world.end(first + i, before, ask, result, own[i]);
      }
    }
  }

  /** The ledger as it is meant: one call after the other. */
  private static final class Model {
    private long budget;
    private long free;
    private long spent;
    private final Map<Integer, Long> live = new HashMap<>();
    private final Map<Integer, Settlement> settled = new HashMap<>();
    private final Map<Integer, Long> freed = new HashMap<>();

    /** The first calls of the threads. */
    private final List<Integer> firsts;

    Model(long budget, List<Ask> prepared, List<List<Ask>> programs) {
      this.firsts = new ArrayList<>(List.of(0));
      programs.forEach(program -> firsts.add(firsts.get(firsts.size() - 1) + program.size()));
      this.budget = budget;
      this.free = budget;
      for (int i = 0; i < prepared.size(); i++) {
        live.put(100 + i, prepared.get(i).amount);
        free -= prepared.get(i).amount;
      }
    }

    Model(Model from) {
      firsts = from.firsts;
      budget = from.budget;
      free = from.free;
      spent = from.spent;
      live.putAll(from.live);
      settled.putAll(from.settled);
      freed.putAll(from.freed);
    }

    private int thread(int number) {
      int thread = 0;
      while (firsts.get(thread + 1) <= number) {
        thread++;
      }
      return thread;
    }

    /**
     * Returns the sets of reservations that a call may not see: those that another thread has made
     * and not followed by a call.
     *
     * @param begun the calls that have begun to take place, one bit each
     */
    List<Set<Integer>> unseen(int number, Ask ask, long begun) {
      List<Set<Integer>> sets = new ArrayList<>(List.of(Set.of()));
      if (ask.what.equals("expire")) {
        for (int of : live.keySet()) {
          boolean late = of < 100 && thread(of) != thread(number) && (begun >>> (of + 1) & 1) == 0;
          late |= of < 100 && thread(of) != thread(number) && firsts.contains(of + 1);
          for (Set<Integer> set : late ? List.copyOf(sets) : List.<Set<Integer>>of()) {
            Set<Integer> more = new HashSet<>(set);
            more.add(of);
            sets.add(more);
          }
        }
      }
      return sets;
    }

    Object apply(int number, Ask ask, Set<Integer> unseen) {
      switch (ask.what) {
        case "reserve" -> {
          if (free < ask.amount) {
            return false;
          }
          free -= ask.amount;
          live.put(number, ask.amount);
          return true;
        }
        case "commit" -> {
          return end(number, ask.of, Settlement.ALREADY_COMMITTED, ask.amount);
        }
        case "release" -> {
          return end(number, ask.of, Settlement.ALREADY_RELEASED, 0);
        }
        case "expire" -> {
          List<Integer> all = live.keySet().stream().filter(of -> !unseen.contains(of)).toList();
          all.forEach(of -> end(number, of, Settlement.EXPIRED, 0));
          return all.size();
        }
        default -> {
          free += ask.amount - budget;
          budget = ask.amount;
          return true;
        }
      }
    }

    private Object end(int call, int of, Settlement as, long amount) {
      Long held = live.remove(of);
      if (held == null) {
        return settled.getOrDefault(of, Settlement.UNKNOWN);
      }
      settled.put(of, as);
      spent += amount;
      freed.merge(call, held - amount, Long::sum);
      return Settlement.DONE;
    }
  }

  /**
   * Looks for an order of calls that gives what was seen. A call that frees money takes place at
   * two moments: it settles, and the money is free some time before it returns.
   *
   * @param done the calls that are done, one bit each
   * @param settled the calls that are half done
   */
  private static boolean linearizes(
      List<Interleavings.Call> calls, long done, long settled, Model model, Balance seen) {
    if (Long.bitCount(done) == calls.size()) {
      return model.free == seen.freeMinor() && model.spent == seen.spentMinor();
    }
    for (Interleavings.Call call : calls) {
      long bit = 1L << call.number();
      Model next = new Model(model);
      if ((settled & bit) != 0) {
        next.free += next.freed.remove(call.number());
        if (linearizes(calls, done | bit, settled & ~bit, next, seen)) {
          return true;
        }
      } else if ((done & bit) == 0 && (call.before() & ~done) == 0) {
        for (Set<Integer> unseen : model.unseen(call.number(), (Ask) call.call(), done | settled)) {
          next = new Model(model);
          boolean same = call.result().equals(next.apply(call.number(), (Ask) call.call(), unseen));
          boolean frees = next.freed.containsKey(call.number());
          if (same
              && linearizes(
                  calls, frees ? done : done | bit, frees ? settled | bit : settled, next, seen)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static void explore(
      String name, long budget, boolean journaled, List<Ask> prepared, List<List<Ask>> programs) {
    Interleavings world = new Scenario(budget, 2, journaled, prepared, programs).explore();
    assertTrue(world.states() > 100 && world.ends() > 1, name);
  }

  @Test
  void reserve_atTheEndOfTheMoney_refusedOnlyWhatIsNotFree() {
    explore(
        "two takers",
        10,
        true,
        List.of(),
        List.of(List.of(reserve(4), reserve(1)), List.of(reserve(6))));
  }

  @Test
  void release_whileOthersReserve_moneyIsFreeOnce() {
    explore(
        "release",
        10,
        true,
        List.of(reserve(6)),
        List.of(List.of(release(100), reserve(3)), List.of(reserve(8), reserve(4))));
  }

  @Test
  void commit_againstReleaseAndExpiry_oneOfThemHolds() {
    explore(
        "commit, release, expire",
        10,
        true,
        List.of(reserve(6)),
        List.of(List.of(commit(100, 5)), List.of(release(100)), List.of(expire())));
    explore(
        "commit, expire, reserve",
        10,
        true,
        List.of(reserve(6)),
        List.of(List.of(commit(100, 6), reserve(5)), List.of(expire())));
    explore(
        "settle own",
        10,
        true,
        List.of(),
        List.of(List.of(reserve(6), commit(0, 2)), List.of(reserve(6), release(2))));
  }

  @Test
  void changeBudget_whileOthersReserve_neverOverTheLowerOne() {
    explore(
        "lower",
        20,
        true,
        List.of(reserve(2)),
        List.of(List.of(change(5), reserve(1)), List.of(reserve(9), release(100))));
    explore(
        "raise", 5, true, List.of(), List.of(List.of(change(12)), List.of(reserve(5), reserve(7))));
  }

  private static void exploreSingle(long budget, List<Ask> prepared, List<List<Ask>> programs) {
    Scenario scenario = new Scenario(budget, 2, true, prepared, programs);
    scenario.single = true;
    Interleavings world = scenario.explore();
    assertTrue(world.states() > 100 && world.ends() > 1);
  }

  @Test
  void changeBudget_raisedAfterItWasShort_isStripedAndRefusesOnlyWhatIsNotFree() {
    exploreSingle(5, List.of(), List.of(List.of(change(12)), List.of(reserve(5), reserve(7))));
    exploreSingle(
        5, List.of(), List.of(List.of(change(12), change(4)), List.of(reserve(6), release(2))));
    exploreSingle(
        7,
        List.of(reserve(3)),
        List.of(List.of(change(10), reserve(2)), List.of(release(100), reserve(9))));
    exploreSingle(
        4, List.of(), List.of(List.of(change(9)), List.of(reserve(6)), List.of(reserve(3))));
  }
}
