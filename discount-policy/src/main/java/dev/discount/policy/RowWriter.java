package dev.discount.policy;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a host states about a decision into a raw row, after checking it. Immutable. */
final class RowWriter {

  private final Schema schema;
  private final int customerSlot;
  private final int itemSlot;
  private final int priceSlot;
  private final int costSlot;
  private final double minorPerMajor;
  private final @Nullable Schema withheld;

  RowWriter(Schema schema) {
    this(schema, null);
  }

  /**
   * Makes a writer.
   *
   * @param schema the fields to write
   * @param withheld the fields that requests may name although nothing but the contextual ones is
   *     written, or null to write all
   */
  RowWriter(Schema schema, @Nullable Schema withheld) {
    this.schema = schema;
    this.withheld = withheld;
    this.customerSlot = schema.slot(Field.Role.CUSTOMER);
    this.itemSlot = schema.slot(Field.Role.ITEM);
    this.priceSlot = schema.slot(Field.Role.PRICE);
    this.costSlot = schema.slot(Field.Role.COST);
    double scale = 1;
    for (int digit = 0; digit < schema.minorDigits(); digit++) {
      scale *= 10;
    }
    this.minorPerMajor = scale;
  }

  Schema schema() {
    return schema;
  }

  void write(DecisionRequest request, Rows out, int row) {
    for (Map.Entry<String, Object> entry : request.values().entrySet()) {
      int slot = schema.slot(entry.getKey());
      if (withheld(entry.getKey(), slot)) {
        continue;
      }
      if (slot == Schema.NONE) {
        throw new IllegalArgumentException(
            "request must name fields of the model's schema, got " + entry.getKey());
      }
      value(out, row, slot, entry.getValue());
    }
    Object customer = request.customer();
    if (customer instanceof Long id) {
      customer(out, row, id);
    } else if (customer instanceof String id) {
      customer(out, row, id);
    }
    item(out, row, request.offer().itemId());
    price(out, row, request.offer().listPriceMinor(), request.offer().unitCostMinor());
  }

  /** Returns whether a request that opts out may name a field and its value is left out. */
  private boolean withheld(String name, int slot) {
    int at = withheld == null ? Schema.NONE : withheld.slot(name);
    if (withheld == null || (slot == Schema.NONE && at == Schema.NONE)) {
      return false;
    }
    return slot == Schema.NONE
        || schema.field(slot).tag() != Field.Tag.CONTEXTUAL
        || (at != Schema.NONE && withheld.field(at).tag() != Field.Tag.CONTEXTUAL);
  }

  /** Returns whether a field is protected and not stated to be for the model. */
  private static boolean hidden(Field field) {
    return field.tag() == Field.Tag.PROTECTED && !field.feature();
  }

  private void value(Rows out, int row, int slot, Object value) {
    if (value instanceof Double number) {
      number(out, row, slot, number);
    } else if (value instanceof Boolean flag) {
      flag(out, row, slot, flag);
    } else if (value instanceof Long key) {
      key(out, row, slot, key);
    } else {
      key(out, row, slot, (String) value);
    }
  }

  void number(Rows out, int row, int slot, double value) {
    Field field = known(slot);
    if (field.keyed()) {
      throw wrongKind(field, "a number");
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(field.name() + " must be finite, got " + value);
    }
    if (field.kind() == Field.Kind.FLAG && value != 0 && value != 1) {
      throw new IllegalArgumentException(field.name() + " must be 0 or 1, got " + value);
    }
    if (!hidden(field)) {
      out.setDouble(row, slot, value);
    }
  }

  void flag(Rows out, int row, int slot, boolean value) {
    Field field = known(slot);
    if (field.kind() != Field.Kind.FLAG) {
      throw wrongKind(field, "a flag");
    }
    if (!hidden(field)) {
      out.setLong(row, slot, value ? 1 : 0);
    }
  }

  void key(Rows out, int row, int slot, long value) {
    Field field = known(slot);
    if (!field.keyed()) {
      throw wrongKind(field, "a key");
    }
    if (!hidden(field)) {
      out.setLong(row, slot, value);
    }
  }

  void key(Rows out, int row, int slot, String value) {
    Field field = known(slot);
    if (!field.keyed()) {
      throw wrongKind(field, "a text");
    }
    if (!hidden(field)) {
      out.setText(row, slot, value);
    }
  }

  void customer(Rows out, int row, long id) {
    if (customerSlot != Schema.NONE) {
      key(out, row, customerSlot, id);
    }
  }

  void customer(Rows out, int row, String id) {
    if (customerSlot != Schema.NONE) {
      key(out, row, customerSlot, id);
    }
  }

  void item(Rows out, int row, String id) {
    if (itemSlot != Schema.NONE) {
      key(out, row, itemSlot, id);
    }
  }

  /** Writes list price and cost, in major units, where the schema has a field for them. */
  void price(Rows out, int row, long listPriceMinor, long unitCostMinor) {
    if (priceSlot != Schema.NONE) {
      out.setDouble(row, priceSlot, listPriceMinor / minorPerMajor);
    }
    if (costSlot != Schema.NONE) {
      out.setDouble(row, costSlot, unitCostMinor / minorPerMajor);
    }
  }

  /** Returns the item's id as the row has it, as text; empty if it is missing. */
  String itemId(Rows rows, int row) {
    if (itemSlot == Schema.NONE || rows.isMissing(row, itemSlot)) {
      return "";
    }
    return rows.isText(row, itemSlot)
        ? rows.textAt(row, itemSlot)
        : Long.toString(rows.longAt(row, itemSlot));
  }

  /** Returns a field that may be stated before a decision. */
  private Field known(int slot) {
    if (slot < 0 || slot >= schema.size()) {
      throw new IllegalArgumentException("slot must be in [0, " + schema.size() + "), got " + slot);
    }
    Field field = schema.field(slot);
    if (field.role() == Field.Role.PRICE || field.role() == Field.Role.COST) {
      throw new IllegalArgumentException(
          field.name() + " must be stated by the offer, got a value for it");
    }
    String later = knownLater(field.role());
    if (later != null) {
      throw new IllegalArgumentException(
          field.name() + " must be known before the decision, got a field of role " + later);
    }
    return field;
  }

  private static @Nullable String knownLater(Field.Role role) {
    return switch (role) {
      case DISCOUNT, OUTCOME, VALUE, PROPENSITY, WEIGHT, SPLIT -> role.jsonName();
      default -> null;
    };
  }

  private static IllegalArgumentException wrongKind(Field field, String got) {
    return new IllegalArgumentException(
        field.name() + " must be set as " + kindName(field) + ", got " + got);
  }

  private static String kindName(Field field) {
    return switch (field.kind()) {
      case ID, CATEGORY -> "a key or text";
      case NUMBER -> "a number";
      case FLAG -> "a flag";
    };
  }
}
