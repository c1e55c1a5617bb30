package dev.discount.policy.budget;

/**
 * Sorted steps with the cost and value in front of every thousandth: value as a concave function of
 * cost. Immutable.
 */
final class PathCurve {

  private static final int BLOCK_BITS = 10;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private final Steps steps;
  private final double[] costs;
  private final double[] values;

  /**
   * Adds up.
   *
   * @param steps the steps, sorted; not to be changed
   * @param cost the cost before the first
   * @param value the value before the first
   * @param crew the threads
   */
  PathCurve(Steps steps, double cost, double value, Crew crew) {
    this.steps = steps;
    int blocks = (steps.size + BLOCK - 1) >>> BLOCK_BITS;
    PreciseSum[] blockCosts = new PreciseSum[blocks];
    PreciseSum[] blockValues = new PreciseSum[blocks];
    crew.run(
        blocks,
        (worker, b) -> {
          blockCosts[b] = sum(steps.costs, b);
          blockValues[b] = sum(steps.values, b);
        });
    this.costs = running(cost, blockCosts);
    this.values = running(value, blockValues);
  }

  private PreciseSum sum(double[] numbers, int block) {
    PreciseSum sum = new PreciseSum();
    int end = Math.min(steps.size, (block + 1) << BLOCK_BITS);
    for (int i = block << BLOCK_BITS; i < end; i++) {
      sum.add(numbers[i]);
    }
    return sum;
  }

  private static double[] running(double first, PreciseSum[] blocks) {
    double[] sums = new double[blocks.length + 1];
    PreciseSum sum = new PreciseSum();
    sum.add(first);
    sums[0] = sum.value();
    for (int b = 0; b < blocks.length; b++) {
      sum.add(blocks[b]);
      sums[b + 1] = sum.value();
    }
    return sums;
  }

  Steps steps() {
    return steps;
  }

  double cost() {
    return costs[costs.length - 1];
  }

  /** Returns the cost before a step. */
  double cost(int step) {
    return before(costs, steps.costs, step);
  }

  /** Returns the value before a step. */
  double value(int step) {
    return before(values, steps.values, step);
  }

  private static double before(double[] sums, double[] numbers, int step) {
    int block = step >>> BLOCK_BITS;
    PreciseSum sum = new PreciseSum();
    sum.add(sums[block]);
    for (int i = block << BLOCK_BITS; i < step; i++) {
      sum.add(numbers[i]);
    }
    return sum.value();
  }

  /** Walks from the nearest sum; the budget is at least the cost before the first step. */
  Walk.End take(double budget) {
    int low = 0;
    int high = costs.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (costs[middle] <= budget) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    PreciseSum cost = new PreciseSum();
    cost.add(costs[low]);
    return new Walk(steps, budget, 0).take(Math.min(low << BLOCK_BITS, steps.size), cost);
  }

  /** Returns the number of steps of a slope above a price. */
  int stepsAbove(double price) {
    int low = 0;
    int high = steps.size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (steps.slope(middle) > price) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
