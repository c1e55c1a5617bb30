package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static dev.discount.policy.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DecisionEngineStressTest {

  private static final int THREADS = 4;
  private static final int SWAPS = 2_000;

  /** Model {@code v} wants level {@code v}: its purchase probability is 1 there and 0 elsewhere. */
  private static StubModel model(int v) {
    double[] probabilities = new double[LADDER.size()];
    probabilities[v] = 1;
    return StubModel.of(SCHEMA, probabilities).withVersion("v" + v);
  }

  @Test
  void swap_underLoad_everyDecisionIsWhollyOfOneModelAndPolicy() throws Exception {
    DecisionEngine engine =
        DecisionEngine.builder(model(0), LADDER).policy(new ExpectedProfit()).poolSize(2).build();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<long[]>> counts = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      long firstId = (long) thread << 32;
      counts.add(threads.submit(() -> decideUntil(done, engine, firstId)));
    }
    try {
      for (int swap = 0; swap < SWAPS; swap++) {
        int v = swap % LADDER.size();
        if (swap % 3 == 0) {
          engine.swap(model(v), new ExpectedProfit());
        } else if (swap % 3 == 1) {
          engine.swap(model(v), new FlatLevel(v));
        } else {
          StubModel bad = StubModel.of(SCHEMA, (rows, row, level) -> Double.NaN);
          assertThrows(IllegalArgumentException.class, () -> engine.swap(bad));
        }
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
    long decisions = 0;
    for (Future<long[]> future : counts) {
      for (long count : future.get()) {
        decisions += count;
      }
    }
    assertTrue(decisions >= THREADS, "decisions: " + decisions);
  }

  private static long[] decideUntil(AtomicBoolean done, DecisionEngine engine, long firstId) {
    long[] counts = new long[LADDER.size()];
    long id = firstId;
    do {
      Decision decision = engine.decide(request(id).number("age", id % 50).build());
      assertEquals(id, decision.decisionId());
      assertEquals("v" + decision.levelIndex(), decision.modelVersion());
      assertEquals(1, decision.purchaseProbability());
      assertEquals(1, decision.propensity());
      counts[decision.levelIndex()]++;
      id++;
    } while (!done.get());
    return counts;
  }

  @Test
  void swap_modelAndPolicyFromTwoThreads_neitherIsLost() throws Exception {
    for (int round = 0; round < 200; round++) {
      DecisionEngine engine =
          DecisionEngine.builder(model(0), LADDER).policy(new ExpectedProfit()).build();
      ExecutorService threads = Executors.newFixedThreadPool(2);
      Future<?> one = threads.submit(() -> engine.swap(model(2)));
      Future<?> two = threads.submit(() -> engine.swap(new FlatLevel(1)));
      one.get();
      two.get();
      threads.shutdown();
      assertEquals("v2", engine.model().version());
      assertEquals("flat", engine.policy().code());
    }
  }
}
