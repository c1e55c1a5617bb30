package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Offer;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.FlatLevel;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What guardrails promise holds while eight threads decide at once. */
class GuardrailStressTest {

  private static final int THREADS = 8;

  /** Runs a task on every thread at once, given its number. */
  private static <T> List<T> together(TaskOfThread<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<T>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int number = thread;
      tasks.add(
          () -> {
            start.await();
            return task.run(number);
          });
    }
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
    } finally {
      threads.shutdown();
    }
    return results;
  }

  private interface TaskOfThread<T> {
    T run(int thread) throws Exception;
  }

  @RepeatedTest(5)
  void frequencyCap_isReachedAndNeverExceeded() throws Exception {
    int customers = 50;
    DecisionEngine engine =
        Shops.engine(new FlatLevel(2), FrequencyCap.of(3, Duration.ofHours(1), customers));
    AtomicLongArray grants = new AtomicLongArray(customers);
    together(
        thread -> {
          for (int i = 0; i < 2_000; i++) {
            int customer = i % customers;
            Decision decision = engine.decide(Shops.request(customer, i / 100).build());
            if (decision.levelIndex() > 0) {
              grants.incrementAndGet(customer);
            }
          }
          return null;
        });
    for (int customer = 0; customer < customers; customer++) {
      assertEquals(3, grants.get(customer));
    }
  }

  @RepeatedTest(3)
  void usageLimits_twoAtOnce_giveBackWhatTheOtherRefuses() throws Exception {
    UsageLimit total = UsageLimit.total(1_000);
    UsageLimit perCode = UsageLimit.per(150, 20, "code").named("per-code");
    FrequencyCap cap = FrequencyCap.of(40, Duration.ofDays(1), 100);
    DecisionEngine engine = Shops.engine(new FlatLevel(1), cap, perCode, total);
    AtomicLong used = new AtomicLong();
    AtomicLongArray byCode = new AtomicLongArray(10);
    AtomicLongArray byCustomer = new AtomicLongArray(60);
    together(
        thread -> {
          for (int i = 0; i < 1_000; i++) {
            int customer = (i + 7 * thread) % 60;
            int code = i % 10;
            DecisionRequest request =
                Shops.request(customer, 5).category("code", "code-" + code).build();
            if (engine.decide(request).levelIndex() > 0) {
              used.incrementAndGet();
              byCode.incrementAndGet(code);
              byCustomer.incrementAndGet(customer);
            }
          }
          return null;
        });
    // Nobody else decides now, so whatever was given back can be taken again, to the last one.
    for (int round = 0; round < 40; round++) {
      for (int customer = 0; customer < 60; customer++) {
        for (int code = 0; code < 10; code++) {
          DecisionRequest request =
              Shops.request(customer, 5).category("code", "code-" + code).build();
          if (engine.decide(request).levelIndex() > 0) {
            used.incrementAndGet();
            byCode.incrementAndGet(code);
            byCustomer.incrementAndGet(customer);
          }
        }
      }
    }
    assertEquals(1_000, used.get());
    for (int code = 0; code < 10; code++) {
      assertTrue(byCode.get(code) <= 150, "code " + code + " used " + byCode.get(code));
    }
    for (int customer = 0; customer < 60; customer++) {
      assertTrue(byCustomer.get(customer) <= 40, "customer used " + byCustomer.get(customer));
    }
  }

  @RepeatedTest(5)
  void consistentPrice_everybodySeesOnePrice() throws Exception {
    ConsistentPrice rule = ConsistentPrice.of(Duration.ofHours(1), 1_000);
    DecisionEngine engine = Shops.engine(new EpsilonGreedy(new FlatLevel(1), 1), rule);
    ConcurrentHashMap<String, Set<Long>> seen = new ConcurrentHashMap<>();
    together(
        thread -> {
          for (int i = 0; i < 1_000; i++) {
            String item = "item-" + i % 5;
            int customer = i / 5 % 40;
            DecisionRequest request =
                DecisionRequest.builder(thread * 1_000_000L + i)
                    .customer(customer)
                    .offer(new Offer(item, 10_000, 0))
                    .timeMillis(Shops.START_MILLIS)
                    .build();
            Decision decision = engine.decide(request);
            if (decision.closedBy(1) == null || !decision.closedBy(1).equals("contended")) {
              seen.computeIfAbsent(item + "/" + customer, key -> ConcurrentHashMap.newKeySet())
                  .add(decision.priceMinor());
            }
          }
          return null;
        });
    assertEquals(200, seen.size());
    seen.forEach((key, prices) -> assertEquals(1, prices.size(), key + " saw " + prices));
    Set<Long> all = new HashSet<>();
    seen.values().forEach(all::addAll);
    assertEquals(4, all.size(), "the prices were drawn at random");
  }

  @RepeatedTest(5)
  void keyedState_incrementsWhileSegmentsAreRebuilt_loseNothing() throws Exception {
    int keys = 400;
    // Numbers of 1 to 10^6 live; what else comes is dead at once and makes segments full.
    KeyedState table = new KeyedState(2_000, (state, now) -> state <= 1_000_000);
    List<Long> counts =
        together(
            thread -> {
              long added = 0;
              for (int i = 0; i < 4_000; i++) {
                long key = Keys.of(i % keys);
                while (!add(table, key)) {
                  Thread.onSpinWait();
                }
                added++;
                long other = Keys.of((thread + 1) * 1_000_000L + i);
                table.compareAndSet(other, 0, 2_000_000, 1);
              }
              return added;
            });
    long sum = 0;
    for (int key = 0; key < keys; key++) {
      sum += table.read(Keys.of(key), 1);
    }
    assertEquals(counts.stream().mapToLong(count -> count).sum(), sum);
  }

  private static boolean add(KeyedState table, long key) {
    long now = table.read(key, 1);
    return now != KeyedState.NO_ROOM && table.compareAndSet(key, now, now + 1, 1);
  }

  @Test
  void priceLedger_readersNeverSeeHalfARecord() throws Exception {
    PriceLedger ledger = PriceLedger.of(10, ZoneOffset.UTC);
    long dayMillis = 86_400_000L;
    // The price of day d is 10^6 - d, falling: the lowest before day d is that of day d - 1.
    ledger.record("lamp", Shops.START_MILLIS, 1_000_000);
    together(
        thread -> {
          for (int day = 1; day < 20_000; day++) {
            if (thread == 0) {
              ledger.record("lamp", Shops.START_MILLIS + day * dayMillis, 1_000_000 - day);
            } else {
              long asked = ledger.lowestMinor("lamp", Shops.START_MILLIS + 40_000 * dayMillis);
              assertTrue(asked > 980_000 && asked <= 1_000_000, "asked " + asked);
            }
          }
          return null;
        });
    long end = Shops.START_MILLIS + 20_000 * dayMillis;
    assertEquals(1_000_000 - 19_999, ledger.lowestMinor("lamp", end));
  }
}
