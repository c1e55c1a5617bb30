package dev.discount.nn;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one training run: the caller and daemon helpers that live until {@link #close}.
 * Only the caller uses the public face; phases run on all threads at once.
 *
 * <p>A phase is one barrier: what the caller wrote before {@link #run} is seen by all workers, and
 * what they wrote is seen by the caller after it. Who waits spins for a short while and then parks
 * until it is woken; where there are fewer processors than workers, it parks at once.
 */
final class WorkerTeam implements AutoCloseable {

  /*
   * Nobody sleeps through a wake-up: who is about to park says so first and then looks again at what
   * it waits for; who ends the wait changes that first and then looks for sleepers. All four are
   * volatile, so at least one of the two sees the other.
   */

  private static final int SPINS = 4_000;

  /** A piece of work that every worker runs on its own part of the outputs. */
  interface Phase {
    /**
     * Runs one worker's part.
     *
     * @param worker the worker, in [0, workers)
     */
    void run(int worker);
  }

  private final int workers;
  private final Thread[] helpers;
  private final int spins;
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger sleepingHelpers = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile int generation;
  private volatile @Nullable Phase phase;
  private volatile @Nullable Thread sleepingCaller;

  /**
   * Starts the helpers. If one cannot be started, those that were have ended.
   *
   * @param workers the number of threads, the caller included; at least 1
   */
  WorkerTeam(int workers) {
    this(workers, Thread::new);
  }

  WorkerTeam(int workers, ThreadFactory threads) {
    this.workers = workers;
    this.spins = workers <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    this.helpers = new Thread[workers - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = threads.newThread(() -> help(worker));
      helpers[i].setName("discount-training-" + worker);
      helpers[i].setDaemon(true);
    }
    try {
      for (Thread helper : helpers) {
        helper.start();
      }
    } catch (RuntimeException | Error refused) {
      close();
      throw refused;
    }
  }

  /** Returns the number of threads, the caller included. */
  int workers() {
    return workers;
  }

  /**
   * Runs a phase on all workers and returns when all are done.
   *
   * @param next the phase
   * @throws RuntimeException what a worker threw, once all have ended
   */
  void run(Phase next) {
    if (helpers.length > 0) {
      busy.set(helpers.length);
      start(next);
    }
    try {
      next.run(0);
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    }
    awaitHelpers();
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Ends the helpers and waits for them. */
  @Override
  public void close() {
    start(null);
    boolean interrupted = false;
    for (Thread helper : helpers) {
      while (helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitHelpers() {
    for (int i = 0; i < spins && busy.get() > 0; i++) {
      Thread.onSpinWait();
    }
    if (busy.get() > 0) {
      sleepingCaller = Thread.currentThread();
      while (busy.get() > 0) {
        LockSupport.park(this);
      }
      sleepingCaller = null;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the caller writes
  private void start(@Nullable Phase next) {
    phase = next;
    generation++;
    if (sleepingHelpers.get() > 0) {
      for (Thread helper : helpers) {
        LockSupport.unpark(helper);
      }
    }
  }

  private void help(int worker) {
    int seen = 0;
    while (true) {
      awaitPhaseAfter(seen);
      seen = generation;
      Phase next = phase;
      if (next == null) {
        return;
      }
      try {
        next.run(worker);
      } catch (RuntimeException | Error thrown) {
        failure.compareAndSet(null, thrown);
      } finally {
        if (busy.decrementAndGet() == 0) {
          LockSupport.unpark(sleepingCaller);
        }
      }
    }
  }

  private void awaitPhaseAfter(int seen) {
    for (int i = 0; i < spins && generation == seen; i++) {
      Thread.onSpinWait();
    }
    if (generation == seen) {
      sleepingHelpers.incrementAndGet();
      while (generation == seen) {
        LockSupport.park(this);
      }
      sleepingHelpers.decrementAndGet();
    }
  }
}
