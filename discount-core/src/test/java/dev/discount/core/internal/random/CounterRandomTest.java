package dev.discount.core.internal.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The draws have the distributions they promise; all seeds are fixed. */
class CounterRandomTest {

  private static final int DRAWS = 200_000;

  /** Asserts chi-square of equal counts below its mean plus five standard deviations. */
  private static void assertUniform(long[] counts) {
    double mean = Arrays.stream(counts).sum() / (double) counts.length;
    double chiSquare = 0;
    for (long count : counts) {
      chiSquare += (count - mean) * (count - mean) / mean;
    }
    int freedom = counts.length - 1;
    double bound = freedom + 5 * Math.sqrt(2.0 * freedom);
    double got = chiSquare;
    assertTrue(got < bound, () -> "chi-square must be below " + bound + ", got " + got);
  }

  @Test
  void unit_isUniform() {
    long[] counts = new long[100];
    long[] floatCounts = new long[100];
    for (int i = 0; i < DRAWS; i++) {
      double u = CounterRandom.unit(1, 2, i);
      float f = CounterRandom.unitFloat(1, 2, i);
      assertTrue(u >= 0 && u < 1 && f >= 0 && f < 1);
      counts[(int) (u * 100)]++;
      floatCounts[(int) (f * 100)]++;
    }
    assertUniform(counts);
    assertUniform(floatCounts);
  }

  @Test
  void unit_neighbouringSeedsStreamsAndIndexes_areIndependent() {
    long[] seeds = new long[100];
    long[] streams = new long[100];
    long[] indexes = new long[100];
    for (int i = 0; i < DRAWS; i++) {
      int u = (int) (CounterRandom.unit(i, 5, 9) * 10);
      seeds[10 * u + (int) (CounterRandom.unit(i + 1, 5, 9) * 10)]++;
      u = (int) (CounterRandom.unit(5, i, 9) * 10);
      streams[10 * u + (int) (CounterRandom.unit(5, i + 1, 9) * 10)]++;
      u = (int) (CounterRandom.unit(5, 9, i) * 10);
      indexes[10 * u + (int) (CounterRandom.unit(5, 9, i + 1) * 10)]++;
    }
    assertUniform(seeds);
    assertUniform(streams);
    assertUniform(indexes);
  }

  @Test
  void bits_everyBit_isFair() {
    int[] ones = new int[64];
    for (int i = 0; i < DRAWS; i++) {
      long bits = CounterRandom.bits(3, 4, i);
      for (int b = 0; b < 64; b++) {
        ones[b] += (int) (bits >>> b & 1);
      }
    }
    double deviation = Math.sqrt(DRAWS) / 2;
    for (int b = 0; b < 64; b++) {
      assertEquals(DRAWS / 2.0, ones[b], 5 * deviation, "bit " + b);
    }
  }

  @Test
  void below_isUniform() {
    for (int bound : new int[] {1, 2, 7, 100, 1000}) {
      long[] counts = new long[bound];
      for (int i = 0; i < DRAWS; i++) {
        counts[CounterRandom.below(bound, 11, bound, i)]++;
      }
      if (bound > 1) {
        assertUniform(counts);
      }
    }
    long[] halves = new long[2];
    for (int i = 0; i < DRAWS; i++) {
      int draw = CounterRandom.below(Integer.MAX_VALUE, 12, 0, i);
      assertTrue(draw >= 0 && draw < Integer.MAX_VALUE);
      halves[draw >>> 30]++;
    }
    assertUniform(halves);
  }

  @Test
  void gaussian_hasNormalMomentsAndQuantiles() {
    double sum = 0;
    double squares = 0;
    double cubes = 0;
    double fourths = 0;
    int[] within = new int[3];
    for (int i = 0; i < DRAWS; i++) {
      double z = CounterRandom.gaussian(13, 1, i);
      sum += z;
      squares += z * z;
      cubes += z * z * z;
      fourths += z * z * z * z;
      for (int s = 0; s < 3; s++) {
        within[s] += Math.abs(z) < s + 1 ? 1 : 0;
      }
    }
    double five = 5 / Math.sqrt(DRAWS); // standard errors of the moments: 1, 2, 15 and 96
    assertEquals(0, sum / DRAWS, five);
    assertEquals(1, squares / DRAWS, five * Math.sqrt(2));
    assertEquals(0, cubes / DRAWS, five * Math.sqrt(15));
    assertEquals(3, fourths / DRAWS, five * Math.sqrt(96));
    double[] shares = {0.6826894921370859, 0.9544997361036416, 0.9973002039367398};
    for (int s = 0; s < 3; s++) {
      double p = shares[s];
      assertEquals(p, within[s] / (double) DRAWS, five * Math.sqrt(p * (1 - p)));
    }
  }

  @Test
  void permute_everyOrderEquallyLikely() {
    Map<String, Integer> slots = new HashMap<>();
    long[] counts = new long[24];
    for (int i = 0; i < 48_000; i++) {
      int[] order = {0, 1, 2, 3};
      CounterRandom.permuteInPlace(order, 17, i);
      counts[slots.computeIfAbsent(Arrays.toString(order), key -> slots.size())]++;
    }
    assertEquals(24, slots.size());
    assertUniform(counts);
  }

  @Test
  void wrongArguments_areNamed() {
    assertEquals(
        "bound must be at least 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> CounterRandom.below(0, 1, 2, 3))
            .getMessage());
    assertEquals(
        "firstWord must be a multiple of 4, at least 0, got 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> CounterRandom.wordsInto(1, 2, 2, 4, new int[4]))
            .getMessage());
    assertEquals(
        "count must be a multiple of 4 in [0, 4], got 8",
        assertThrows(
                IllegalArgumentException.class,
                () -> CounterRandom.wordsInto(1, 2, 0, 8, new int[4]))
            .getMessage());
  }
}
