package dev.discount.policy.budget;

import dev.discount.policy.DecisionContext;

/** The expected discount: what is taken off the price, if the customer buys. Immutable. */
enum ExpectedDiscount implements LevelCost {
  INSTANCE;

  @Override
  public double expectedMinor(DecisionContext context, int level) {
    return AtShadowPrice.expectedDiscountMinor(context, level);
  }

  @Override
  public double mostMinor(DecisionContext context, int level) {
    return (double) context.listPriceMinor() - context.netPriceMinor(level);
  }

  @Override
  public String version() {
    return "expected-discount";
  }
}
