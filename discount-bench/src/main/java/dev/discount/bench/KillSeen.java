package dev.discount.bench;

import dev.discount.bench.Figure.Limit;
import dev.discount.bench.Figure.Must;
import dev.discount.bench.Figure.Unit;
import dev.discount.core.Offer;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.KillSwitch;
import dev.discount.policy.rule.FlatLevel;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long a stopped level is still decided: the time from the call that stops it, or lets it go
 * on, to the end of the first decision that obeys, on a thread that decides without a pause. The
 * last percentile is the longest of all flips.
 */
final class KillSeen implements Contender {

  private static final Figure FIGURE =
      new Figure("kill.seen", Unit.MICROS, 2, Limit.NONE, Must.of(1_000).p999(1_000));

  private static final int FLIPS = 2_000;
  private static final int LEVEL = 2;
  private static final long PAUSE_NANOS = 100_000;

  private final Workloads workloads;
  private final KillSwitch stop = new KillSwitch();
  private final ExecutorService threads =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "kill-seen");
            thread.setDaemon(true);
            return thread;
          });

  /** When the deciding thread last saw another answer than before, and how often it did. */
  private volatile long seenNanos;

  private volatile int seen;
  private volatile boolean done;

  KillSeen(Workloads workloads) {
    this.workloads = workloads;
  }

  @Override
  public Figure figure() {
    return FIGURE;
  }

  @Override
  public String note() {
    return "from the call to the end of the first decision that obeys; p99.9 is the longest";
  }

  @Override
  public void prepare() throws ExecutionException, InterruptedException {
    measure();
    measure();
  }

  @Override
  public Sample measure() throws ExecutionException, InterruptedException {
    DecisionEngine engine =
        DecisionEngine.builder(workloads.model(Workloads.Shape.SHOP), Workloads.LADDER)
            .policy(new FlatLevel(LEVEL))
            .killSwitch(stop)
            .build();
    seen = 0;
    done = false;
    Future<?> deciding = threads.submit(() -> decide(engine.newSession()));
    long[] nanos = new long[FLIPS];
    try {
      for (int flip = 0; flip < FLIPS; flip++) {
        pause();
        nanos[flip] = flip(flip, deciding);
      }
    } finally {
      done = true;
      stop.resumeAll();
    }
    deciding.get();
    Arrays.sort(nanos);
    return new Sample(
        nanos[FLIPS / 2] / 1e3, nanos[FLIPS * 99 / 100] / 1e3, nanos[FLIPS - 1] / 1e3, Double.NaN);
  }

  /** Waits without giving the core away: a thread that sleeps may wake on the deciding one's. */
  private static void pause() {
    long until = System.nanoTime() + PAUSE_NANOS;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  private long flip(int flip, Future<?> deciding) {
    long begin = System.nanoTime();
    if (flip % 2 == 0) {
      stop.stopLevel(LEVEL);
    } else {
      stop.resumeLevel(LEVEL);
    }
    while (seen == flip) {
      if (deciding.isDone()) {
        throw new IllegalStateException("the deciding thread must go on until the last flip");
      }
      Thread.onSpinWait();
    }
    return seenNanos - begin;
  }

  private void decide(DecisionSession session) {
    session.offer(new Offer(Workloads.itemName(7), 10_000, 6_000));
    session.customer(3);
    int last = LEVEL;
    int flips = 0;
    for (long id = 0; !done; id++) {
      int level = session.decide(id);
      if (level != last) {
        last = level;
        seenNanos = System.nanoTime();
        seen = ++flips;
      }
    }
  }

  @Override
  public void close() {
    done = true;
    threads.shutdownNow();
  }
}
