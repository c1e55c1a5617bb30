package dev.discount.policy.guard;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;
import java.util.Map;
import java.util.TreeMap;

/**
 * Closes levels whose price would be below a floor, one for all items or an item's own. Immutable.
 */
public final class FloorPrice implements Guardrail {

  private final long floorMinor;
  private final Map<String, Long> floorsMinor;

  private FloorPrice(long floorMinor, Map<String, Long> floorsMinor) {
    this.floorMinor = floorMinor;
    this.floorsMinor = floorsMinor;
  }

  /**
   * Returns a floor for all items.
   *
   * @param floorMinor the lowest price in minor units, not negative
   */
  public static FloorPrice ofMinor(long floorMinor) {
    return new FloorPrice(Limits.requireNotNegative("floorMinor", floorMinor), Map.of());
  }

  /**
   * Returns this floor with floors of some items in its place.
   *
   * @param floorsMinorByItem the lowest price in minor units, not negative, by item id; copied
   */
  public FloorPrice withItems(Map<String, Long> floorsMinorByItem) {
    Map<String, Long> copy = Map.copyOf(floorsMinorByItem);
    copy.forEach((item, floor) -> Limits.requireNotNegative("floor of item " + item, floor));
    return new FloorPrice(floorMinor, copy);
  }

  private long floorMinor(DecisionContext context) {
    Long own = floorsMinor.get(context.itemId());
    return own == null ? floorMinor : own;
  }

  @Override
  public long closedLevels(DecisionContext context) {
    long floor = floorMinor(context);
    long closed = 0;
    for (int level = 0; level < context.ladder().size(); level++) {
      if (context.netPriceMinor(level) < floor) {
        closed |= 1L << level;
      }
    }
    return closed;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    return new Opening(
        Opening.Quantity.PRICE_AT_LEAST, floorMinor(context), context.netPriceMinor(level));
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofOffer();
  }

  @Override
  public String code() {
    return "floor-price";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "Some levels would bring the price below the item's floor.";
  }

  @Override
  public String toString() {
    return "FloorPrice[floorMinor="
        + floorMinor
        + ", floorsMinor="
        + new TreeMap<>(floorsMinor)
        + "]";
  }
}
