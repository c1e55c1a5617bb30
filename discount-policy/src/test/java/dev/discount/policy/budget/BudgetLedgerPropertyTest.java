package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The ledger beside one that is written as plainly as it is said. */
class BudgetLedgerPropertyTest {

  private static final long HOLD = 50;
  private static final int ROOM = 8;

  /** Budgets as numbers, reservations as a map. */
  private static final class Plain {
    private final long[] budget = {200, 90};
    private final long[] spent = new long[2];
    private final Map<Long, long[]> open = new HashMap<>();
    private final Map<Long, Settlement> ended = new HashMap<>();
    private long clock;

    private long reserved(int of) {
      return open.values().stream().filter(r -> r[2] == 1 || of == 0).mapToLong(r -> r[0]).sum();
    }

    long free(int of) {
      return budget[of] - spent[of] - reserved(of);
    }

    /** Returns 1 if it was reserved, else what the ledger returns. */
    long reserve(long handle, long amount, boolean both, long now) {
      if (free(0) < amount || (both && free(1) < amount)) {
        return BudgetLedger.REFUSED;
      }
      if (open.size() == ROOM) {
        return BudgetLedger.NO_ROOM;
      }
      open.put(handle, new long[] {amount, Math.max(now, clock) + HOLD, both ? 1 : 0});
      return 1;
    }

    Settlement settle(long handle, long part, boolean commits) {
      long[] held = open.remove(handle);
      if (held == null) {
        return ended.getOrDefault(handle, Settlement.UNKNOWN);
      }
      ended.put(handle, commits ? Settlement.ALREADY_COMMITTED : Settlement.ALREADY_RELEASED);
      spent[0] += commits ? part : 0;
      spent[1] += commits && held[2] == 1 ? part : 0;
      return Settlement.DONE;
    }

    int expire(long now) {
      clock = Math.max(clock, now);
      List<Long> over = open.keySet().stream().filter(h -> open.get(h)[1] <= clock).toList();
      over.forEach(
          handle -> {
            open.remove(handle);
            ended.put(handle, Settlement.EXPIRED);
          });
      return over.size();
    }
  }

  @Property(tries = 2_000)
  void anyCalls_sameAsThePlainLedger(
      @ForAll @IntRange(min = 0, max = 4) int stripes,
      @ForAll @Size(max = 120) List<@IntRange(min = 0, max = 1_000_000) Integer> calls) {
    BudgetLedger ledger =
        BudgetLedger.builder()
            .hold(Duration.ofMillis(HOLD))
            .reservations(ROOM)
            .stripes(1 << stripes)
            .budget("total", Journals.euro(200))
            .budget("spring", Journals.euro(90))
            .build();
    BudgetAccount total = ledger.account("total");
    BudgetAccount both = ledger.account("total", "spring");
    Plain plain = new Plain();
    List<Long> handles = new ArrayList<>(List.of(0L, 12L));
    long now = 10;
    for (int call : calls) {
      long amount = 1L + call / 10 % 60;
      now += call % 17 - 4;
      long at = Math.max(0, now);
      long handle = handles.get(call / 7 % handles.size());
      switch (call % 10) {
        case 0, 1, 2, 3 -> {
          boolean two = call / 10 % 2 == 0;
          long got = (two ? both : total).reserve(amount, at);
          assertEquals(plain.reserve(got, amount, two, at), Math.min(got, 1));
          if (got > 0) {
            handles.add(got);
          }
        }
        case 4, 5 -> {
          long most = plain.open.containsKey(handle) ? plain.open.get(handle)[0] : 0;
          long part = Math.min(amount, most);
          assertSettled(plain.settle(handle, part, true), () -> ledger.commit(handle, part));
        }
        case 6, 7 -> assertSettled(plain.settle(handle, 0, false), () -> ledger.release(handle));
        case 8 -> assertEquals(plain.expire(at), ledger.expire(at));
        default -> {
          plain.budget[call / 10 % 2] = amount * 4;
          ledger.changeBudget(call / 10 % 2 == 0 ? "total" : "spring", Journals.euro(amount * 4));
        }
      }
      assertEquals(plain.free(0), ledger.balance("total").freeMinor());
      assertEquals(plain.spent[0], ledger.balance("total").spentMinor());
      assertEquals(plain.free(1), ledger.balance("spring").freeMinor());
      assertEquals(plain.spent[1], ledger.balance("spring").spentMinor());
    }
  }

  /** A settled reservation is remembered until its place is taken. */
  private static void assertSettled(Settlement expected, Supplier<Settlement> got) {
    Settlement settled = got.get();
    if (settled != Settlement.UNKNOWN || expected == Settlement.DONE) {
      assertEquals(expected, settled);
    }
  }
}
