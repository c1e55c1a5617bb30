package dev.discount.policy.guard;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;

/**
 * Closes levels whose price would be above the list price. No level of today's kinds is; the rule
 * holds for every kind to come. Immutable.
 */
public record NotAboveListPrice() implements Guardrail {

  @Override
  public long closedLevels(DecisionContext context) {
    long closed = 0;
    for (int level = 0; level < context.ladder().size(); level++) {
      if (context.netPriceMinor(level) > context.listPriceMinor()) {
        closed |= 1L << level;
      }
    }
    return closed;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    return new Opening(
        Opening.Quantity.PRICE_AT_MOST, context.listPriceMinor(), context.netPriceMinor(level));
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofOffer();
  }

  @Override
  public String code() {
    return "not-above-list-price";
  }

  @Override
  public String reason() {
    return "Some levels would bring the price above the list price.";
  }
}
