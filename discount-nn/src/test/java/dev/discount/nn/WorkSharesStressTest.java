package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.nn.layer.Range;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WorkSharesStressTest {

  @Test
  void take_allWorkersAtOnce_givesEveryOutputOnce() {
    for (int workers = 1; workers <= 4; workers++) {
      WorkShares shares = new WorkShares(workers, 8);
      int[][] taken = new int[workers][1_000];
      try (WorkerTeam team = new WorkerTeam(workers)) {
        for (int n = 0; n <= 1_000; n++) {
          shares.reset(n);
          for (int[] own : taken) {
            Arrays.fill(own, 0);
          }
          team.run(worker -> takeAll(shares, worker, taken[worker]));
          int[] expected = new int[1_000];
          Arrays.fill(expected, 0, n, 1);
          assertArrayEquals(expected, sum(taken), n + " outputs, " + workers + " workers");
        }
      }
    }
  }

  @Test
  void take_othersNeverCome_oneWorkerGetsAll() {
    WorkShares shares = new WorkShares(3, 8);
    shares.reset(250);
    int[] taken = new int[250];
    takeAll(shares, 1, taken);
    int[] expected = new int[250];
    Arrays.fill(expected, 1);
    assertArrayEquals(expected, taken);
  }

  @Test
  void take_ownShare_beginsThereAndTakesHalves() {
    WorkShares shares = new WorkShares(2, 8);
    shares.reset(250);
    assertEquals(new Range(128, 184), shares.take(1));
    assertEquals(new Range(184, 216), shares.take(1));
    assertEquals(new Range(0, 64), shares.take(0));
    assertEquals(new Range(216, 232), shares.take(1));
    assertEquals(new Range(232, 240), shares.take(1));
    assertEquals(new Range(240, 248), shares.take(1));
    assertEquals(new Range(248, 250), shares.take(1));
    assertEquals(new Range(64, 96), shares.take(1));
  }

  @Test
  void take_oneWorker_takesAllAtOnce() {
    WorkShares shares = new WorkShares(1, 8);
    shares.reset(250);
    assertEquals(new Range(0, 250), shares.take(0));
    assertTrue(shares.take(0).isEmpty());
  }

  private static void takeAll(WorkShares shares, int worker, int[] out) {
    Range range = shares.take(worker);
    while (!range.isEmpty()) {
      for (int i = range.from(); i < range.to(); i++) {
        out[i]++;
      }
      range = shares.take(worker);
    }
  }

  private static int[] sum(int[][] taken) {
    int[] sum = new int[taken[0].length];
    for (int[] own : taken) {
      Arrays.setAll(sum, i -> sum[i] + own[i]);
    }
    return sum;
  }
}
