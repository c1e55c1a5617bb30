package dev.discount.core.data;

import dev.discount.core.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the parts of a schema must agree on. Stateless. */
final class SchemaRules {

  private SchemaRules() {}

  /** Returns the slot of each role, by ordinal, and fills the slots by name. */
  static int[] slots(List<Field> fields, Map<String, Integer> slotByName) {
    int[] slotByRole = new int[Field.Role.values().length];
    Arrays.fill(slotByRole, Schema.NONE);
    for (int slot = 0; slot < fields.size(); slot++) {
      Field field = fields.get(slot);
      if (slotByName.put(field.name(), slot) != null) {
        throw new IllegalArgumentException(
            "fields must have distinct names, got two " + field.name());
      }
      int role = field.role().ordinal();
      if (field.role() != Field.Role.FEATURE) {
        if (slotByRole[role] != Schema.NONE) {
          throw new IllegalArgumentException(
              "fields must have one field of role " + field.role().jsonName() + ", got two");
        }
        slotByRole[role] = slot;
      }
    }
    return slotByRole;
  }

  static void check(Schema schema) {
    if (schema.size() == 0) {
      throw new IllegalArgumentException("fields must hold a field, got none");
    }
    checkDiscount(schema);
    checkConstants(schema);
    if (schema.split() != null) {
      checkSplit(schema, schema.split());
    }
  }

  private static void checkDiscount(Schema schema) {
    int slot = schema.slot(Field.Role.DISCOUNT);
    DiscountUnit unit = schema.discountUnit();
    if (slot == Schema.NONE) {
      require(
          schema.ladder().size() == 1,
          "ladder must be of level 0 alone where no field has role discount, got "
              + schema.ladder());
      return;
    }
    require(
        schema.ladder().size() > 1,
        "ladder must have a level besides None where a field has role discount, got none");
    require(
        unit.fits(schema.ladder()),
        "discountUnit must fit the ladder's levels, got " + unit.jsonName());
    require(
        !schema.ladder().levels().contains(new Level.Named(LevelCells.NONE)),
        "ladder must name no level \"none\", which is how level 0 is written");
    Field field = schema.field(slot);
    require(
        field.keyed() == (unit == DiscountUnit.NAME),
        "kind of field "
            + field.name()
            + " must be "
            + (unit == DiscountUnit.NAME ? "category or id" : "number")
            + " for discounts in unit "
            + unit.jsonName()
            + ", got "
            + field.kind().jsonName());
  }

  private static void checkConstants(Schema schema) {
    long price = schema.constantPriceMinor();
    long cost = schema.constantCostMinor();
    require(
        price == Schema.NONE || schema.slot(Field.Role.PRICE) == Schema.NONE,
        "constant price must be absent where a field has role price");
    require(
        cost == Schema.NONE || schema.slot(Field.Role.COST) == Schema.NONE,
        "constant cost must be absent where a field has role cost");
    require(
        price == Schema.NONE || cost <= price,
        "constant cost must be at most the constant price=" + price + " minor units, got " + cost);
  }

  private static void checkSplit(Schema schema, Split split) {
    if (split instanceof Split.ByTime) {
      require(
          schema.slot(Field.Role.TIME) != Schema.NONE,
          "split by time must have a field of role time, got none");
    } else if (split instanceof Split.ByCustomer) {
      require(
          schema.slot(Field.Role.CUSTOMER) != Schema.NONE,
          "split by customer must have a field of role customer, got none");
    } else if (split instanceof Split.ByColumn byColumn) {
      int slot = schema.slot(byColumn.column());
      require(
          slot != Schema.NONE && schema.field(slot).kind() != Field.Kind.NUMBER,
          "split by column must name a field of kind id, category or flag, got "
              + byColumn.column());
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
