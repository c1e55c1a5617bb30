package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.random.CounterRandom;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ShufflePlanPropertyTest {

  private static int[] window(ShufflePlan plan, int rows, long seed, int epoch, int window) {
    int[] blocks = plan.blocks(seed, epoch, window);
    int[] order = new int[plan.windowRows()];
    int count = 0;
    for (int block : blocks) {
      int from = block * plan.blockRows();
      for (int i = from; i < Math.min(rows, from + plan.blockRows()); i++) {
        order[count++] = i;
      }
    }
    order = Arrays.copyOf(order, count);
    plan.shuffleInPlace(order, seed, epoch, window);
    return order;
  }

  private static int[] epoch(ShufflePlan plan, int rows, long seed, int epoch) {
    int[] all = new int[rows];
    int done = 0;
    for (int w = 0; w < plan.windows(); w++) {
      int[] order = window(plan, rows, seed, epoch, w);
      System.arraycopy(order, 0, all, done, order.length);
      done += order.length;
    }
    assertEquals(rows, done);
    return all;
  }

  @Property(tries = 100)
  void epoch_anySizes_readsEveryRowOnceInFullBatches(
      @ForAll @IntRange(min = 1, max = 60_000) int rows,
      @ForAll @IntRange(min = 1, max = 9_000) int batch,
      @ForAll @IntRange(min = 1, max = 70_000) int windowRows,
      @ForAll long seed) {
    ShufflePlan plan = new ShufflePlan(rows, batch, windowRows);

    assertEquals(0, plan.blockRows() % batch);
    for (int w = 0; w < plan.windows(); w++) {
      int size = window(plan, rows, seed, 1, w).length;
      assertTrue(size <= Math.max(windowRows, plan.blockRows()));
      assertTrue(size == plan.windowRows() || w == plan.windows() - 1);
    }
    assertTrue(plan.windows() == 1 || rows > windowRows);
    int[] order = epoch(plan, rows, seed, 1);
    Arrays.sort(order);
    for (int i = 0; i < rows; i++) {
      assertEquals(i, order[i]);
    }
  }

  @Example
  void epoch_oneWindow_isThePlainShuffle() {
    int[] expected = TestLogs.range(0, 10_000);
    CounterRandom.permuteInPlace(expected, 5, Streams.SHUFFLE.of(2));
    assertArrayEquals(expected, epoch(new ShufflePlan(10_000, 256, 10_000), 10_000, 5, 2));
  }

  @Example
  void epoch_manyWindows_mixesBlocksAndDiffersByEpochAndSeed() {
    int rows = 100_000;
    ShufflePlan plan = new ShufflePlan(rows, 256, 16_384);
    assertEquals(7, plan.windows());
    int[] one = epoch(plan, rows, 5, 1);
    assertFalse(Arrays.equals(one, epoch(plan, rows, 5, 2)));
    assertFalse(Arrays.equals(one, epoch(plan, rows, 6, 1)));
    int[] first = Arrays.copyOf(one, 16_384);
    int early = (int) Arrays.stream(first).filter(i -> i < 50_000).count();
    assertTrue(early > 0 && early < first.length, "early rows in the first window: " + early);
    int[] second = Arrays.copyOfRange(one, 16_384, 32_768);
    int[] firstPlaces = places(first, plan);
    int[] secondPlaces = places(second, plan);
    assertFalse(Arrays.equals(firstPlaces, secondPlaces), "windows draw numbers of their own");
  }

  /** Returns each row's place in its block. */
  private static int[] places(int[] rows, ShufflePlan plan) {
    return Arrays.stream(rows).map(row -> row % plan.blockRows()).toArray();
  }
}
