package dev.discount.policy;

/**
 * The nearest change that would have opened a closed level: which quantity, what was needed and
 * what was there. Immutable.
 *
 * @param quantity what would have to change
 * @param needed the value that opens the level, in the unit of the quantity
 * @param had the value at the time of the decision, in the same unit
 */
public record Opening(Quantity quantity, long needed, long had) {

  /** What would have to change for a level to open. */
  public enum Quantity {
    /** The price to pay, in minor units, would have to be at least as high. */
    PRICE_AT_LEAST("price-at-least"),
    /** The price to pay, in minor units, would have to be at most as high. */
    PRICE_AT_MOST("price-at-most"),
    /** The price to pay, in minor units, would have to be this one. */
    PRICE_EXACTLY("price-exactly"),
    /** The list price, in minor units, would have to be at least as high. */
    LIST_PRICE_AT_LEAST("list-price-at-least"),
    /** The depth, in basis points of the list price, would have to be at most as large. */
    DEPTH_AT_MOST("depth-at-most"),
    /** The time, in milliseconds since 1970, would have to be at least as late. */
    TIME_AT_LEAST("time-at-least"),
    /** The limit, in uses, would have to be at least as large. */
    LIMIT_AT_LEAST("limit-at-least"),
    /** The free money of a budget, in minor units, would have to be at least as much. */
    BUDGET_AT_LEAST("budget-at-least"),
    /** A field that the guardrail reads would have to be stated; the numbers are 1 and 0. */
    FIELD_STATED("field-stated"),
    /** The guardrail would need more room, in entries. */
    ROOM_AT_LEAST("room-at-least"),
    /** Only another rule would open the level; the numbers are 0. */
    OTHER_RULE("other-rule");

    private final String code;

    Quantity(String code) {
      this.code = code;
    }

    /** Returns a short stable text for logs and resource bundles. */
    public String code() {
      return "opening." + code;
    }
  }

  /** What only another rule would open. */
  public static final Opening BY_OTHER_RULE = new Opening(Quantity.OTHER_RULE, 0, 0);

  /** What a stated field would open. */
  public static final Opening BY_STATED_FIELD = new Opening(Quantity.FIELD_STATED, 1, 0);

  /** Returns how far it was from open: needed less had, negative where less is needed. */
  public long missing() {
    return needed - had;
  }
}
