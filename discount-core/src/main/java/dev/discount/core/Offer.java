package dev.discount.core;

/**
 * One item at its list price, before any discount. Immutable.
 *
 * @param itemId the item's id, a text or a decimal number as text; not blank
 * @param listPriceMinor the list price in minor units, not negative
 * @param unitCostMinor what one unit costs the shop in minor units, not negative and not above the
 *     list price
 */
public record Offer(String itemId, long listPriceMinor, long unitCostMinor) {

  /** Checks the id, the price and the cost. */
  public Offer {
    if (itemId.isBlank()) {
      throw new IllegalArgumentException("itemId must not be blank, got \"" + itemId + "\"");
    }
    checkPrice(listPriceMinor, unitCostMinor);
  }

  /**
   * Checks a list price against a cost, as every instance does.
   *
   * @param listPriceMinor the list price in minor units
   * @param unitCostMinor the cost in minor units
   * @throws IllegalArgumentException if one is negative or the cost is above the price
   */
  public static void checkPrice(long listPriceMinor, long unitCostMinor) {
    if (listPriceMinor < 0) {
      throw new IllegalArgumentException("listPriceMinor must be >= 0, got " + listPriceMinor);
    }
    if (unitCostMinor < 0 || unitCostMinor > listPriceMinor) {
      throw new IllegalArgumentException(
          "unitCostMinor must be in [0, listPriceMinor="
              + listPriceMinor
              + "], got "
              + unitCostMinor);
    }
  }
}
