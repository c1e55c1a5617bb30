package dev.discount.core.data;

import org.jspecify.annotations.Nullable;

/**
 * What a row of a schema must satisfy before a model learns from it. Immutable and thread-safe; a
 * row that satisfies it is checked without allocation.
 */
final class RowRules {

  /**
   * A broken rule.
   *
   * @param slot the field whose cell breaks it
   * @param rule what the cell must be, to be read after "must"
   */
  record Violation(int slot, String rule) {}

  private final Schema schema;
  private final Field.Role[] roles;
  private final boolean[] flags;

  /** The slots whose cells have a rule. */
  private final int[] ruled;

  /** The field to blame for a price below the cost, or {@link Schema#NONE}. */
  private final int priced;

  RowRules(Schema schema) {
    this.schema = schema;
    this.roles = new Field.Role[schema.size()];
    this.flags = new boolean[schema.size()];
    for (int slot = 0; slot < roles.length; slot++) {
      roles[slot] = schema.field(slot).role();
      flags[slot] = schema.field(slot).kind() == Field.Kind.FLAG;
    }
    this.ruled = FeatureEncoder.slots(schema, f -> !f.keyed() || f.role() == Field.Role.DISCOUNT);
    int cost = schema.slot(Field.Role.COST);
    this.priced = cost != Schema.NONE ? cost : schema.slot(Field.Role.PRICE);
  }

  /** Returns the first rule that a row of the schema's fields breaks, or null. */
  @Nullable Violation firstViolation(Rows rows, int row) {
    for (int slot : ruled) {
      String rule = brokenRule(rows, row, slot);
      if (rule != null) {
        return new Violation(slot, rule);
      }
    }
    return priced == Schema.NONE ? null : priceViolation(rows, row);
  }

  private @Nullable String brokenRule(Rows rows, int row, int slot) {
    if (roles[slot] == Field.Role.DISCOUNT) {
      return schema.level(rows, row) == Schema.NONE
          ? "be a level of the ladder (" + schema.levelCells().allowed() + ")"
          : null;
    }
    double number = rows.doubleAt(row, slot);
    if (Double.isInfinite(number)) {
      return "be finite";
    }
    if (flags[slot] && !(Double.isNaN(number) || isBit(number))) {
      return "be 0 or 1";
    }
    return switch (roles[slot]) {
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

  private @Nullable Violation priceViolation(Rows rows, int row) {
    long price = schema.priceMinor(rows, row);
    long cost = schema.costMinor(rows, row);
    if (price == Schema.NONE || cost <= price) {
      return null;
    }
    return new Violation(
        priced,
        roles[priced] == Field.Role.COST
            ? "not be above the price (" + price + " minor units)"
            : "not be below the cost (" + cost + " minor units)");
  }

  private static boolean isBit(double number) {
    return number == 0 || number == 1;
  }
}
