package dev.discount.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KillSwitchStressTest {

  private static final int THREADS = 2;
  private static final int FLIPS = 40;
  private static final int TOO_MANY = 500_000_000;

  private static final DecisionEngine ENGINE =
      DecisionEngine.builder(StubModel.of(Fixtures.SCHEMA, 0.1, 0.2, 0.3, 0.4), Fixtures.LADDER)
          .policy(new FlatLevel(3))
          .build();

  /**
   * Every thread holds its own session and waits, decision by decision, for the other position. No
   * test variable orders its reads after the flip, so a read that a compiler had lifted out of the
   * loop would never end it.
   */
  @Test
  void everySessionSeesEveryFlip() throws Exception {
    KillSwitch killSwitch = ENGINE.killSwitch();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    AtomicInteger seen = new AtomicInteger();
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        readers.add(threads.submit(() -> follow(seen)));
      }
      for (int flip = 1; flip <= FLIPS; flip++) {
        while (seen.get() < (flip - 1) * THREADS) {
          Thread.onSpinWait();
        }
        if (flip % 2 == 1) {
          killSwitch.stopLevel(3);
        } else {
          killSwitch.resumeLevel(3);
        }
      }
      for (Future<Integer> reader : readers) {
        assertEquals(FLIPS, reader.get());
      }
    } finally {
      threads.shutdownNow();
      killSwitch.resumeAll();
    }
  }

  private static int follow(AtomicInteger seen) {
    DecisionSession session = ENGINE.newSession();
    session.offer(Fixtures.OFFER);
    long decisions = 0;
    for (int flip = 1; flip <= FLIPS; flip++) {
      int wanted = flip % 2 == 1 ? 2 : 3;
      while (session.decide(decisions++) != wanted) {
        assertTrue(decisions < TOO_MANY, "flip " + flip + " was not seen");
      }
      assertEquals(wanted == 2 ? "stopped-level" : "", session.closedBy(3));
      seen.incrementAndGet();
    }
    return FLIPS;
  }

  /** Once a flip has returned, no decision that begins later is made without it. */
  @Test
  void decisionsThatBeginAfterAFlip_showIt() throws Exception {
    KillSwitch killSwitch = new KillSwitch();
    DecisionEngine engine =
        DecisionEngine.builder(ENGINE.model(), Fixtures.LADDER)
            .policy(new FlatLevel(3))
            .killSwitch(killSwitch)
            .build();
    AtomicInteger stopped = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        readers.add(threads.submit(() -> late(engine, stopped)));
      }
      for (int level = 3; level >= 1; level--) {
        for (int i = 0; i < 2_000; i++) {
          Thread.onSpinWait();
        }
        killSwitch.stopLevel(level);
        stopped.set(4 - level);
      }
      for (Future<Integer> reader : readers) {
        assertEquals(0, reader.get(), "decisions above the stopped levels");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int late(DecisionEngine engine, AtomicInteger stopped) {
    int wrong = 0;
    for (int before = 0; before < 3; ) {
      before = stopped.get();
      if (engine.decide(Fixtures.request(1).build()).levelIndex() > 3 - before) {
        wrong++;
      }
    }
    return wrong;
  }
}
