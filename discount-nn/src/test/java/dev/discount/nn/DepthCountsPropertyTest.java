package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.discount.core.internal.random.CounterRandom;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DepthCountsPropertyTest {

  @Property(tries = 200)
  void knots_anyDepths_areThoseOfTheSortedRows(
      @ForAll @IntRange(min = 1, max = 20_000) int rows,
      @ForAll @IntRange(min = 1, max = 9_000) int distinct,
      @ForAll @IntRange(min = 2, max = 12) int maxKnots,
      @ForAll long seed) {
    DepthCounts counts = new DepthCounts();
    float[] all = new float[rows];
    for (int i = 0; i < rows; i++) {
      all[i] = CounterRandom.below(distinct, seed, 1, i) / (float) distinct;
      counts.add(all[i]);
    }

    assertArrayEquals(naive(all, maxKnots), counts.knots(maxKnots));
    assertArrayEquals(naive(all, maxKnots), counts.knots(maxKnots), "asked again");
  }

  private static float[] naive(float[] rows, int maxKnots) {
    float[] sorted = rows.clone();
    Arrays.sort(sorted);
    float[] distinct = distinct(sorted);
    if (distinct.length <= maxKnots) {
      return distinct;
    }
    float[] quantiles = new float[maxKnots];
    for (int k = 0; k < maxKnots; k++) {
      quantiles[k] = sorted[(int) ((sorted.length - 1L) * k / (maxKnots - 1))];
    }
    return distinct(quantiles);
  }

  private static float[] distinct(float[] sorted) {
    float[] out = new float[sorted.length];
    int count = 0;
    for (float depth : sorted) {
      if (count == 0 || depth > out[count - 1]) {
        out[count++] = depth;
      }
    }
    return Arrays.copyOf(out, count);
  }
}
