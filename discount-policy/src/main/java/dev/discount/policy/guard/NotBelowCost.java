package dev.discount.policy.guard;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;
import java.util.Set;
import java.util.TreeSet;

/** Closes levels whose price would be below cost, unless the item is cleared out. Immutable. */
public final class NotBelowCost implements Guardrail {

  private final Set<String> clearedOut;

  private NotBelowCost(Set<String> clearedOut) {
    this.clearedOut = clearedOut;
  }

  /** Returns a guardrail for all items. */
  public static NotBelowCost always() {
    return new NotBelowCost(Set.of());
  }

  /**
   * Returns a guardrail for all items but those that are cleared out.
   *
   * @param itemIds the items that may be sold below cost; copied
   */
  public static NotBelowCost exceptClearOut(Set<String> itemIds) {
    return new NotBelowCost(Set.copyOf(itemIds));
  }

  /** Returns whether some item may be sold below cost. */
  boolean clearsOut() {
    return !clearedOut.isEmpty();
  }

  @Override
  public long closedLevels(DecisionContext context) {
    long closed = 0;
    for (int level = 0; level < context.ladder().size(); level++) {
      if (context.netPriceMinor(level) < context.unitCostMinor()) {
        closed |= 1L << level;
      }
    }
    return closed != 0 && clearedOut.contains(context.itemId()) ? 0 : closed;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    return new Opening(
        Opening.Quantity.PRICE_AT_LEAST, context.unitCostMinor(), context.netPriceMinor(level));
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofOffer();
  }

  @Override
  public String code() {
    return "not-below-cost";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "Some levels would bring the price below the cost.";
  }

  @Override
  public String toString() {
    return "NotBelowCost[clearedOut=" + new TreeSet<>(clearedOut) + "]";
  }
}
