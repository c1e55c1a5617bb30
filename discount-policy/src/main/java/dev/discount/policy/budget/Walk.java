package dev.discount.policy.budget;

import java.util.Optional;

/**
 * The way along sorted steps until a budget is used up: the exact solution of the relaxed problem.
 * Confined to one thread.
 */
final class Walk {

  /*
   * With hulls in place of levels the relaxed problem is a knapsack of steps: taking them by
   * falling slope is optimal, and at most one is taken in part [1, section 4]. A customer's own
   * steps come in order, since slopes do not increase along a hull and the sort is stable.
   *
   * [1] P. Sinha and A. A. Zoltners, The Multiple-Choice Knapsack Problem, Operations Research 27
   *     (1979), 503-515
   */

  /**
   * Where the walk ended.
   *
   * @param taken the number of steps taken as a whole
   * @param price the shadow price: the slope of the first step not taken, or else what lies below
   * @param remaining the money left, 0 or more
   */
  record End(int taken, double price, double remaining) {}

  private final Steps steps;
  private final double budget;
  private final double priceBelow;

  /**
   * Makes a walk.
   *
   * @param steps the steps, sorted
   * @param budget the budget
   * @param priceBelow the price if all steps are taken
   */
  Walk(Steps steps, double budget, double priceBelow) {
    this.steps = steps;
    this.budget = budget;
    this.priceBelow = priceBelow;
  }

  /**
   * Takes steps while the money lasts.
   *
   * @param first the first step to take
   * @param cost the cost before that step, at most the budget; the cost after the last on return
   */
  End take(int first, PreciseSum cost) {
    for (int i = first; i < steps.size; i++) {
      PreciseSum next = new PreciseSum();
      next.add(cost);
      next.add(steps.costs[i]);
      if (next.value() > budget) {
        return new End(i, steps.slope(i), budget - cost.value());
      }
      cost.add(steps.costs[i]);
    }
    return new End(steps.size, priceBelow, budget - cost.value());
  }

  /** Raises the levels of the customers whose steps were taken. */
  void apply(int taken, byte[] levels) {
    for (int i = 0; i < taken; i++) {
      levels[steps.customer(i)] = (byte) (Bracket.UNDECIDED | steps.to(i));
    }
  }

  /** Takes the last step back. */
  End undo(End end, byte[] levels) {
    int last = end.taken() - 1;
    levels[steps.customer(last)] = (byte) (Bracket.UNDECIDED | steps.from(last));
    return new End(last, steps.slope(last), end.remaining() + steps.costs[last]);
  }

  /** Returns the step that was paid in part. */
  Optional<BudgetChoice.Split> split(End end) {
    int next = end.taken();
    if (next == steps.size || !(end.remaining() > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        new BudgetChoice.Split(
            steps.customer(next),
            steps.from(next),
            steps.to(next),
            Math.min(1, end.remaining() / steps.costs[next]),
            steps.values[next]));
  }
}
