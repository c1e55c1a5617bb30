package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.random.CounterRandom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight threads on one ledger, some of which die, forget, settle twice or fail to write. */
class BudgetLedgerStressTest {

  private static final int THREADS = 8;

  @TempDir private Path folder;

  private static List<Long> eight(IntFunction<Callable<Long>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Long> results = new ArrayList<>();
      List<Callable<Long>> all = IntStream.range(0, THREADS).mapToObj(work).toList();
      for (Future<Long> result : threads.invokeAll(all)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private static void assertExact(BudgetLedger ledger, String budget, long spent, long reserved) {
    Balance balance = ledger.balance(budget);
    assertEquals(spent, balance.spentMinor());
    assertEquals(reserved, balance.reservedMinor());
    assertTrue(balance.freeMinor() >= 0);
  }

  @RepeatedTest(3)
  void reserve_toTheEnd_everyMinorUnitIsGivenOnce() throws Exception {
    long total = 300_007;
    for (int stripes : new int[] {1, 4, 16}) {
      BudgetLedger ledger =
          BudgetLedger.builder()
              .budget("total", Journals.euro(total))
              .reservations(1 << 19)
              .stripes(stripes)
              .build();
      BudgetAccount account = ledger.account("total");
      List<Long> sums =
          eight(
              thread ->
                  () -> {
                    long sum = 0;
                    for (int i = 0; ; i++) {
                      long amount = 1L + (i + thread) % 13;
                      if (account.reserve(amount, 0) > 0) {
                        sum += amount;
                      } else if (amount == 1) {
                        return sum;
                      }
                    }
                  });
      // Whoever is refused a single minor unit has seen that none is left.
      assertEquals(total, sums.stream().mapToLong(Long::longValue).sum());
      assertEquals(0, ledger.balance("total").freeMinor());
    }
  }

  @RepeatedTest(5)
  void settle_withRandomFailures_sumsOfHandlesEqualTheCounters() throws Exception {
    BudgetLedger ledger =
        BudgetLedger.builder()
            .budget("total", Journals.euro(50_000))
            .budget("spring", Journals.euro(9_000))
            .reservations(1 << 12)
            .hold(Duration.ofMillis(50))
            .build();
    BudgetAccount total = ledger.account("total");
    BudgetAccount spring = ledger.account("total", "spring");
    AtomicLong time = new AtomicLong(1);
    AtomicLong springSpent = new AtomicLong();
    AtomicLong mostReserved = new AtomicLong();
    List<Long> spent =
        eight(
            thread ->
                () -> {
                  long sum = 0;
                  for (int i = 0; i < 20_000; i++) {
                    double u = CounterRandom.unit(7, thread, i);
                    BudgetAccount account = i % 3 == 0 ? spring : total;
                    long amount = 1L + (int) (u * 97);
                    long handle = account.reserve(amount, time.get());
                    if (i % 64 == 0) {
                      ledger.expire(time.incrementAndGet());
                      Balance balance = ledger.balance("total");
                      mostReserved.accumulateAndGet(balance.spentMinor(), Math::max);
                    }
                    int fate = (int) (u * 1_000) % 10;
                    if (handle <= 0 || fate < 2) {
                      continue; // Refused, or its thread forgets it.
                    }
                    long part = Math.min(amount, 1 + fate % 3);
                    if (fate < 8) {
                      boolean done = i % 7 == 0 && ledger.commit(handle, part) == Settlement.DONE;
                      sum += done ? part : 0;
                      springSpent.addAndGet(done && account == spring ? part : 0);
                    }
                    ledger.release(handle);
                  }
                  return sum;
                });
    ledger.expire(time.get() + 1_000);
    long sum = spent.stream().mapToLong(Long::longValue).sum();
    assertTrue(sum > 1_000 && mostReserved.get() <= 50_000);
    assertExact(ledger, "total", sum, 0);
    assertExact(ledger, "spring", springSpent.get(), 0);
  }

  @Test
  void changeBudget_meanwhile_neverOverTheHighestAndExactAtTheEnd() throws Exception {
    BudgetLedger ledger =
        BudgetLedger.builder().budget("total", Journals.euro(10_000)).reservations(4_096).build();
    BudgetAccount total = ledger.account("total");
    AtomicBoolean over = new AtomicBoolean();
    List<Long> spent =
        eight(
            thread ->
                () -> {
                  long sum = 0;
                  for (int i = 0; i < 5_000; i++) {
                    if (thread == 0 && i % 50 == 0) {
                      ledger.changeBudget("total", Journals.euro(5_000 + i % 7 * 1_000));
                      // What is free now is no more than the budget has left.
                      long left = 5_000 + i % 7 * 1_000 - ledger.balance("total").spentMinor();
                      over.compareAndSet(false, total.freeMinor(0) > left);
                    }
                    long handle = total.reserve(1 + i % 5, 0);
                    if (handle > 0 && i % 11 == 0) {
                      ledger.commit(handle, 1);
                      sum++;
                    } else if (handle > 0) {
                      ledger.release(handle);
                    }
                  }
                  return sum;
                });
    assertTrue(!over.get());
    assertExactSum(ledger, spent);
  }

  private static void assertExactSum(BudgetLedger ledger, List<Long> spent) {
    Balance balance = ledger.balance("total");
    assertEquals(spent.stream().mapToLong(Long::longValue).sum(), balance.spentMinor());
    assertEquals(0, balance.reservedMinor());
  }

  /** The journal refuses at random: the calls that throw have changed nothing. */
  @Test
  void reserve_journalFailsAtRandom_changesNothing() throws Exception {
    AtomicLong places = new AtomicLong();
    AtomicBoolean fails = new AtomicBoolean();
    Entries failing =
        new Entries() {
          @Override
          public long claim() {
            if (fails.get() && ThreadLocalRandom.current().nextInt(3) == 0) {
              throw new JournalWriteException(
                  JournalWriteException.Problem.DISK_FULL, Path.of("journal"), null);
            }
            return places.getAndIncrement();
          }

          @Override
          public void fill(long place, long head, long id, long amount, long millis) {}

          @Override
          public void force() {}

          @Override
          public void define(int what, int number, String text, long minor) {
            claim();
          }
        };
    BudgetLedger ledger = BudgetLedger.builder().reservations(1 << 12).build(Cells::new, failing);
    ledger.addBudget("total", Journals.euro(3_000));
    BudgetAccount total = ledger.account("total");
    fails.set(true);
    List<Long> spent =
        eight(
            thread ->
                () -> {
                  long sum = 0;
                  for (int i = 0; i < 10_000; i++) {
                    long handle = 0;
                    try {
                      handle = total.reserve(1 + i % 9, 0);
                      if (handle > 0 && i % 50 == 0) {
                        ledger.commit(handle, 1);
                        sum++;
                        handle = 0;
                      }
                    } catch (JournalWriteException e) {
                      // Nothing was done; what is still reserved is released below.
                    }
                    while (handle > 0) {
                      try {
                        assertEquals(Settlement.DONE, ledger.release(handle));
                        handle = 0;
                      } catch (JournalWriteException e) {
                        assertTrue(ledger.reservations().state(handle) == Reservations.LIVE);
                      }
                    }
                  }
                  return sum;
                });
    assertExactSum(ledger, spent);
  }

  @Test
  void journal_underEightThreads_saysWhatTheLedgerSays() throws Exception {
    Path path = folder.resolve("journal");
    LedgerJournal journal = LedgerJournal.open(path, Journals.config().withCompactBytes(1 << 17));
    BudgetLedger ledger = Journals.builder().reservations(1 << 12).build(journal);
    Thread writer = new Thread(journal);
    writer.start();
    BudgetAccount both = ledger.account("spring", "total");
    eight(
        thread ->
            () -> {
              for (int i = 0; i < 10_000; i++) {
                long handle = both.reserve(1 + (i * 7 + thread) % 50, i / 100);
                if (handle > 0 && i % 4 != 0) {
                  ledger.release(handle);
                } else if (handle > 0 && i % 40 == 0) {
                  ledger.commit(handle, 1);
                }
                if (i % 1_000 == 0) {
                  ledger.expire(i / 2);
                  journal.force();
                }
              }
              return 0L;
            });
    Balance total = ledger.balance("total");
    Balance spring = ledger.balance("spring");
    journal.close();
    writer.join();
    JournalState state = JournalReader.read(path).state();
    assertEquals(total.freeMinor(), state.sums().get(0).freeMinor);
    assertEquals(total.spentMinor(), state.sums().get(0).spentMinor);
    assertEquals(spring.freeMinor(), state.sums().get(1).freeMinor);
    try (LedgerJournal again = LedgerJournal.open(path, Journals.config())) {
      BudgetLedger later = Journals.builder().reservations(1 << 12).build(again);
      assertEquals(total, later.balance("total"));
      assertEquals(spring, later.balance("spring"));
    }
  }
}
