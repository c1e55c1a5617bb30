package dev.discount.policy.budget;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A number of threads for one pass: the caller and daemon helpers that end with it. Tasks are taken
 * in order by whoever is free, so nothing may depend on who runs which.
 *
 * @param threads the number of threads, the caller included, at least 1
 */
record Crew(int threads) {

  /** One of the tasks of a pass. */
  interface Task {
    /**
     * Runs a task.
     *
     * @param worker the thread, in [0, threads)
     * @param task the task, in [0, tasks)
     */
    void run(int worker, int task);
  }

  /** Checks the number of threads. */
  Crew {
    if (!(threads >= 1 && threads <= 1024)) {
      throw new IllegalArgumentException("threads must be in [1, 1024], got " + threads);
    }
  }

  /**
   * Runs every task once and returns when all have ended.
   *
   * @throws RuntimeException what a task, or the start of a thread, threw; no further task is begun
   */
  void run(int tasks, Task task) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread[] helpers = new Thread[Math.max(0, Math.min(threads, tasks) - 1)];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] =
          new Thread(() -> work(worker, tasks, task, next, failure), "discount-budget-" + worker);
      helpers[i].setDaemon(true);
    }
    try {
      for (Thread helper : helpers) {
        helper.start();
      }
    } catch (RuntimeException | Error refused) {
      failure.compareAndSet(null, refused);
    }
    work(0, tasks, task, next, failure);
    join(helpers);
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static void work(
      int worker,
      int tasks,
      Task task,
      AtomicInteger next,
      AtomicReference<@Nullable Throwable> failure) {
    try {
      for (int t = next.getAndIncrement(); t < tasks; t = next.getAndIncrement()) {
        if (failure.get() != null) {
          return;
        }
        task.run(worker, t);
      }
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    }
  }

  private static void join(Thread[] helpers) {
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
}
