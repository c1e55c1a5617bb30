package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The packed window against a list of all grants, and against the exact sliding window. */
class CapWindowDifferentialTest {

  private static final int CONFIGURATIONS = 4_000;
  private static final int STEPS = 200;
  private static final long START = 1_780_272_000L;

  /** Every grant's time, and the definition of what counts. */
  private static final class Naive {
    final List<Long> grants = new ArrayList<>();
    final int maximum;
    final long window;
    final long cooldown;
    final long slice;
    final long slices;

    Naive(int maximum, long window, long cooldown) {
      this.maximum = maximum;
      this.window = window;
      this.cooldown = cooldown;
      int width = 1;
      while (1 << width <= maximum) {
        width++;
      }
      this.slice = (long) Math.ceil(window / (double) (31 / width - 1));
      this.slices = (long) Math.ceil(window / (double) slice) + 1;
    }

    long last() {
      return grants.isEmpty() ? 0 : grants.get(grants.size() - 1);
    }

    long counted(long now) {
      long from = Math.max(now, last());
      return grants.stream().filter(t -> from / slice - t / slice < slices).count();
    }

    boolean isOpen(long now) {
      return grants.isEmpty()
          || (counted(now) < maximum && Math.max(now, last()) - last() >= cooldown);
    }
  }

  @Test
  void counts_equalTheList_andNoWindowHoldsMoreThanTheMaximum() {
    for (int c = 0; c < CONFIGURATIONS; c++) {
      SplittableRandom random = new SplittableRandom(c);
      int maximum = 1 + random.nextInt(1 << random.nextInt(1, 10));
      long window = random.nextLong(60, 1L << random.nextInt(7, 22));
      long cooldown = random.nextBoolean() ? 0 : random.nextLong(0, window);
      CapWindow rule = new CapWindow(maximum, window, cooldown);
      Naive naive = new Naive(maximum, window, cooldown);
      assertEquals(naive.slice, rule.sliceSeconds());
      long state = 0;
      long now = START + random.nextLong(window);
      for (int step = 0; step < STEPS; step++) {
        now += jump(random, window, maximum);
        String at = "configuration " + c + ", step " + step;
        assertEquals(naive.isOpen(now), rule.isOpen(state, now), at);
        if (state != 0) {
          assertEquals(naive.counted(now), rule.counted(state, now), at);
          assertEquals(naive.last(), CapWindow.last(state), at);
        }
        checkOpening(rule, naive, state, now, at);
        if (rule.isOpen(state, now) && random.nextInt(4) > 0) {
          state = rule.granted(state, now);
          naive.grants.add(Math.max(now, naive.last()));
          assertTrue(state > 0, at);
        }
      }
      checkExactWindows(naive);
    }
  }

  /** Mostly small steps, sometimes a leap, sometimes back. */
  private static long jump(SplittableRandom random, long window, int maximum) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return -random.nextLong(window);
    }
    return kind == 1 ? random.nextLong(3 * window) : random.nextLong(2 * window / maximum + 2);
  }

  private static void checkOpening(
      CapWindow rule, Naive naive, long state, long now, String message) {
    long opens = rule.opensAt(state, now);
    if (rule.isOpen(state, now)) {
      assertEquals(now, opens, message);
    } else {
      assertTrue(naive.isOpen(opens), message);
      assertFalse(naive.isOpen(opens - 1), message);
    }
  }

  private static void checkExactWindows(Naive naive) {
    List<Long> grants = naive.grants;
    for (int i = naive.maximum; i < grants.size(); i++) {
      long span = grants.get(i) - grants.get(i - naive.maximum);
      assertTrue(span >= naive.window, "window of " + span + " below " + naive.window);
    }
    assertTrue((naive.slices - 1) * naive.slice < naive.window + naive.slice);
    for (int i = 1; i < grants.size(); i++) {
      assertTrue(grants.get(i) - grants.get(i - 1) >= naive.cooldown);
    }
  }

  @Test
  void counts_areGivenUpAtMostOneSliceLate() {
    CapWindow rule = new CapWindow(3, 1_400, 0);
    assertEquals(100, rule.sliceSeconds());
    long state = rule.granted(0, START);
    assertEquals(1, rule.counted(state, START + 1_399));
    assertEquals(0, rule.counted(state, START + 1_500));
  }

  @Test
  void withdrawn_takesTheGrantOfItsSlice() {
    SplittableRandom random = new SplittableRandom(5);
    for (int c = 0; c < 20_000; c++) {
      CapWindow rule = new CapWindow(2 + random.nextInt(20), 1_000, 0);
      long first = START + random.nextLong(5_000);
      long second = first + random.nextLong(1_500);
      long one = rule.granted(0, first);
      long both = rule.granted(one, second);
      int kept = rule.counted(one, second);
      assertEquals(kept + 1, rule.counted(both, second));
      assertEquals(kept, rule.counted(rule.withdrawn(both, second), second));
      assertEquals(1, rule.counted(rule.withdrawn(both, first), second));
      assertEquals(second, CapWindow.last(rule.withdrawn(both, second)));
    }
  }

  @Test
  void isLive_whileSomethingIsClosedOrCounts() {
    CapWindow rule = new CapWindow(2, 600, 5_000);
    long state = rule.granted(0, START);
    assertTrue(rule.isLive(state, START + 4_999));
    assertFalse(rule.isLive(state, START + 5_000));
    assertTrue(new CapWindow(2, 600, 0).isLive(state, START + 600));
    assertFalse(new CapWindow(2, 600, 0).isLive(state, START + 700));
  }
}
