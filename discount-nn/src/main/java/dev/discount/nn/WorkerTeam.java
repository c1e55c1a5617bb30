package dev.discount.nn;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one training run: the caller and daemon helpers that live until {@link #close}.
 * Only the caller uses the public face; phases run on all threads at once.
 *
 * <p>A phase is one barrier: what the caller wrote before {@link #run} is seen by all workers, and
 * what they wrote is seen by the caller after it. Between phases helpers spin for a short while and
 * then park.
 */
final class WorkerTeam implements AutoCloseable {

  private static final int SPINS = 4_000;
  private static final long PARK_NANOS = 200_000;

  /** A piece of work that every worker runs on its own part of the outputs. */
  interface Phase {
    /**
     * Runs one worker's part.
     *
     * @param worker the worker, in [0, workers)
     * @param workers the number of workers
     */
    void run(int worker, int workers);
  }

  private final int workers;
  private final Thread[] helpers;
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile int generation;
  private volatile @Nullable Phase phase;

  /**
   * Starts the helpers.
   *
   * @param workers the number of threads, the caller included; at least 1
   */
  WorkerTeam(int workers) {
    this.workers = workers;
    this.helpers = new Thread[workers - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = new Thread(() -> help(worker), "discount-training-" + worker);
      helpers[i].setDaemon(true);
      helpers[i].start();
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
      next.run(0, workers);
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    }
    for (int spins = 0; busy.get() > 0; spins++) {
      pause(spins);
    }
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

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the caller writes
  private void start(@Nullable Phase next) {
    phase = next;
    generation++;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private void help(int worker) {
    int seen = 0;
    while (true) {
      for (int spins = 0; generation == seen; spins++) {
        pause(spins);
      }
      seen = generation;
      Phase next = phase;
      if (next == null) {
        return;
      }
      try {
        next.run(worker, workers);
      } catch (RuntimeException | Error thrown) {
        failure.compareAndSet(null, thrown);
      } finally {
        busy.decrementAndGet();
      }
    }
  }

  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(PARK_NANOS);
    }
  }
}
