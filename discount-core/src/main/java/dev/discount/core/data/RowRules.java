package dev.discount.core.data;

import org.jspecify.annotations.Nullable;

/**
 * What a row must satisfy before a model learns from it. Stateless; a row that satisfies it is
 * checked without allocation.
 */
final class RowRules {

  /**
   * A broken rule.
   *
   * @param slot the field whose cell breaks it
   * @param rule what the cell must be, to be read after "must"
   */
  record Violation(int slot, String rule) {}

  private RowRules() {}

  /** Returns the first rule of a schema that a row of its fields breaks, or null. */
  static @Nullable Violation firstViolation(Schema schema, Rows rows, int row) {
    for (int slot = 0; slot < schema.size(); slot++) {
      String rule = brokenRule(schema, rows, row, slot);
      if (rule != null) {
        return new Violation(slot, rule);
      }
    }
    int costSlot = schema.slot(Field.Role.COST);
    int slot = costSlot != Schema.NONE ? costSlot : schema.slot(Field.Role.PRICE);
    if (slot != Schema.NONE) {
      long price = schema.priceMinor(rows, row);
      long cost = schema.costMinor(rows, row);
      if (price != Schema.NONE && cost > price) {
        return new Violation(
            slot,
            slot == costSlot
                ? "not be above the price (" + price + " minor units)"
                : "not be below the cost (" + cost + " minor units)");
      }
    }
    return null;
  }

  private static @Nullable String brokenRule(Schema schema, Rows rows, int row, int slot) {
    Field field = schema.field(slot);
    if (field.role() == Field.Role.DISCOUNT) {
      return schema.level(rows, row) == Schema.NONE
          ? "be a level of the ladder (" + schema.levelCells().allowed() + ")"
          : null;
    }
    if (field.keyed()) {
      return null;
    }
    double number = rows.doubleAt(row, slot);
    if (Double.isInfinite(number)) {
      return "be finite";
    }
    if (field.kind() == Field.Kind.FLAG && !(Double.isNaN(number) || isBit(number))) {
      return "be 0 or 1";
    }
    return switch (field.role()) {
      case OUTCOME -> isBit(number) ? null : "be 0 or 1";
      case PRICE -> schema.priceMinor(rows, row) >= 0 ? null : "be an amount of 0 or more";
      case COST -> schema.costMinor(rows, row) >= 0 ? null : "be an amount of 0 or more";
      case PROPENSITY -> number > 0 && number <= 1 ? null : "be in (0, 1]";
      case WEIGHT -> number >= 0 ? null : "be 0 or more";
      case TIME -> Double.isNaN(number) ? "be a number" : null;
      case VALUE ->
          Double.isNaN(schema.value(rows, row)) ? "be a number where it was bought" : null;
      default -> null;
    };
  }

  private static boolean isBit(double number) {
    return number == 0 || number == 1;
  }
}
