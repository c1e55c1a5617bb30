package dev.discount.policy.rule;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.Inputs;

/**
 * The open level with the largest expected profit: purchase probability times (net price - cost).
 * Ties go to the smallest discount. Immutable.
 */
public record ExpectedProfit() implements DiscountPolicy {

  @Override
  public void distributeInto(DecisionContext context, double[] out) {
    int best = -1;
    double bestProfitMinor = Double.NEGATIVE_INFINITY;
    for (int level = 0; level < out.length; level++) {
      double profitMinor = context.expectedProfitMinor(level);
      if (context.isOpen(level) && profitMinor > bestProfitMinor) {
        best = level;
        bestProfitMinor = profitMinor;
      }
    }
    out[best] = 1;
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofCurve();
  }

  @Override
  public String code() {
    return "expected-profit";
  }

  @Override
  public String reason() {
    return "No open level has a larger expected profit.";
  }
}
