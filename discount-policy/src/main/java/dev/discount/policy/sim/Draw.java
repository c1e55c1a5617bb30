package dev.discount.policy.sim;

import dev.discount.core.internal.random.CounterRandom;
import java.util.Arrays;

/** Draws of a shop that need more than one call. */
final class Draw {

  private Draw() {}

  static int below(int bound, long seed, long stream, long index) {
    return CounterRandom.below(bound, seed, stream, index);
  }

  static double unit(long seed, long stream, long index) {
    return CounterRandom.unit(seed, stream, index);
  }

  static double gaussian(long seed, long stream, long index) {
    return CounterRandom.gaussian(seed, stream, index);
  }

  /** Returns 0 to {@code count - 1} in random order. */
  static int[] order(int count, long seed, long stream) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    CounterRandom.permuteInPlace(order, seed, stream);
    return order;
  }
}
