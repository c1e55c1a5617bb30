package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTeamStressTest {

  @Test
  void run_manyPhases_everyWorkerSeesThePhaseBefore() {
    for (int workers = 1; workers <= 4; workers++) {
      int n = workers;
      int[] cells = new int[n];
      int[] next = new int[n];
      try (WorkerTeam team = new WorkerTeam(workers)) {
        int phases = 3_000;
        for (int phase = 1; phase <= phases; phase++) {
          team.run(worker -> next[worker] = cells[worker] + cells[(worker + 1) % n] + 1);
          team.run(worker -> cells[worker] = next[(worker + 1) % n] % 1_000);
        }
        int expected = 0;
        for (int phase = 1; phase <= phases; phase++) {
          expected = (2 * expected + 1) % 1_000;
        }
        for (int cell : cells) {
          assertEquals(expected, cell);
        }
      }
    }
  }

  @Test
  void run_workerThrows_throwsItAfterAllHaveEnded() {
    AtomicInteger done = new AtomicInteger();
    IllegalStateException own = new IllegalStateException("worker 2");
    try (WorkerTeam team = new WorkerTeam(3)) {
      assertSame(
          own,
          assertThrows(
              IllegalStateException.class,
              () ->
                  team.run(
                      worker -> {
                        done.incrementAndGet();
                        if (worker == 2) {
                          throw own;
                        }
                      })));
      assertEquals(3, done.get());
      team.run(worker -> done.incrementAndGet());
      assertEquals(6, done.get());
    }
  }

  @Test
  void construct_threadRefused_endsThoseThatWereStarted() {
    List<Thread> made = new ArrayList<>();
    OutOfMemoryError refused = new OutOfMemoryError("unable to create native thread");
    OutOfMemoryError thrown =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                new WorkerTeam(
                    4,
                    task -> {
                      Thread thread =
                          made.size() < 2
                              ? new Thread(task)
                              : new Thread(task) {
                                @Override
                                public synchronized void start() {
                                  throw refused;
                                }
                              };
                      made.add(thread);
                      return thread;
                    }));
    assertSame(refused, thrown);
    assertEquals(3, made.size());
    made.forEach(thread -> assertFalse(thread.isAlive()));
  }

  @Test
  void close_idleTeam_endsItsDaemons() {
    WorkerTeam team = new WorkerTeam(3);
    long[] helpers = new long[3];
    team.run(
        worker -> {
          helpers[worker] = Thread.currentThread().getId();
          assertTrue(worker == 0 || Thread.currentThread().isDaemon());
        });
    team.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertTrue(thread.getId() != helpers[1] && thread.getId() != helpers[2]);
    }
  }
}
