package dev.discount.policy.rule;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.Inputs;

/**
 * The open level with the highest value to the engine's {@link dev.discount.policy.Valuation}. Ties
 * go to the smallest discount. Immutable.
 */
public record HighestValue() implements DiscountPolicy {

  @Override
  public void distributeInto(DecisionContext context, double[] out) {
    int best = -1;
    double bestValue = Double.NEGATIVE_INFINITY;
    for (int level = 0; level < out.length; level++) {
      double value = context.value(level);
      if (context.isOpen(level) && value > bestValue) {
        best = level;
        bestValue = value;
      }
    }
    out[best] = 1;
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofValues();
  }

  @Override
  public String code() {
    return "highest-value";
  }

  @Override
  public String reason() {
    return "No open level has a higher value.";
  }
}
