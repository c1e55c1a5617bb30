package dev.discount.policy.rule;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.Inputs;

/**
 * Another policy with a share of the decisions drawn uniformly from the open levels, so that the
 * log supports every level. Immutable.
 *
 * @param policy the policy that is explored around
 * @param epsilon the share of uniform draws, in [0, 1]
 */
public record EpsilonGreedy(DiscountPolicy policy, double epsilon) implements DiscountPolicy {

  /** Checks the share. */
  public EpsilonGreedy {
    if (!(epsilon >= 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon must be in [0, 1], got " + epsilon);
    }
  }

  @Override
  public void distributeInto(DecisionContext context, double[] out) {
    policy.distributeInto(context, out);
    double uniform = epsilon / Long.bitCount(context.openLevels());
    for (int level = 0; level < out.length; level++) {
      if (context.isOpen(level)) {
        out[level] = (1 - epsilon) * out[level] + uniform;
      }
    }
  }

  @Override
  public Inputs inputs() {
    return policy.inputs();
  }

  @Override
  public String code() {
    return "epsilon-greedy";
  }

  @Override
  public String version() {
    return code() + "(" + Double.toHexString(epsilon) + ", " + policy.version() + ")";
  }

  @Override
  public String reason() {
    return "The level of " + policy.code() + ", which most decisions get; the others are drawn.";
  }

  @Override
  public void checkLadder(DiscountLadder ladder) {
    policy.checkLadder(ladder);
  }
}
