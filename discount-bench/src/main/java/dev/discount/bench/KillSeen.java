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
 * How soon a kill switch is obeyed by a thread that decides without a pause. As a time: from the
 * call that stops a level, or lets it go on, to the end of the first decision that obeys; the last
 * percentile is the longest of all flips, which includes what the deciding thread was away from its
 * core. As a number: the decisions that began after the call had returned and did not obey.
 */
final class KillSeen implements Contender {

  private static final Figure SEEN =
      new Figure("kill.seen", Unit.MICROS, 2, Limit.NONE, Must.of(1_000).p999(1_000));

  private static final Figure LATE =
      new Figure("kill.late", Unit.FAILURES, 2, Limit.NONE, Must.of(0));

  private static final int FLIPS = 2_000;
  private static final int LEVEL = 2;
  private static final long PAUSE_NANOS = 100_000;

  private final Figure figure;
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

  /** How many calls have returned, and how many decisions that began later did not obey. */
  private volatile int returned;

  private volatile int late;
  private volatile boolean done;

  private KillSeen(Figure figure, Workloads workloads) {
    this.figure = figure;
    this.workloads = workloads;
  }

  /** Returns how long a switch is not obeyed. */
  static KillSeen time(Workloads workloads) {
    return new KillSeen(SEEN, workloads);
  }

  /** Returns how often a switch is not obeyed by a decision that begins after it. */
  static KillSeen late(Workloads workloads) {
    return new KillSeen(LATE, workloads);
  }

  @Override
  public Figure figure() {
    return figure;
  }

  @Override
  public String note() {
    return figure.equals(SEEN)
        ? "from the call to the end of the first decision that obeys; p99.9 is the longest"
        : "decisions that did not obey though the call had returned, at " + FLIPS + " flips";
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
    late = 0;
    returned = 0;
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
    if (figure.equals(LATE)) {
      return Sample.of(late);
    }
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
    returned = flip + 1;
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
    int disobeyed = 0;
    for (long id = 0; !done; id++) {
      int calls = returned;
      int level = session.decide(id);
      if (level != last) {
        last = level;
        late = disobeyed;
        seenNanos = System.nanoTime();
        seen = ++flips;
      } else if (calls > flips) {
        disobeyed++;
      }
    }
  }

  @Override
  public void close() {
    done = true;
    threads.shutdownNow();
  }
}
