package dev.discount.policy;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;

/**
 * Copies the cells of fields, found by name, into rows of another schema. Protected fields that no
 * model is stated to see are left out. Immutable.
 */
final class RowCopy {

  private final Schema schema;
  private final int[] slots;

  private RowCopy(Schema schema, int[] slots) {
    this.schema = schema;
    this.slots = slots;
  }

  /**
   * Returns a copy of all fields.
   *
   * @param from the fields to read
   * @param to the fields to write
   * @throws IllegalArgumentException if two of one name are of different kinds
   */
  static RowCopy of(Schema from, Schema to) {
    int[] slots = new int[to.size()];
    for (int slot = 0; slot < slots.length; slot++) {
      Field field = to.field(slot);
      boolean hidden = field.tag() == Field.Tag.PROTECTED && !field.feature();
      slots[slot] = hidden ? Schema.NONE : from.slot(field.name());
      if (slots[slot] != Schema.NONE && from.field(slots[slot]).keyed() != field.keyed()) {
        throw new IllegalArgumentException(
            "field "
                + field.name()
                + " of rows must be of kind "
                + field.kind().jsonName()
                + ", got "
                + from.field(slots[slot]).kind().jsonName());
      }
    }
    return new RowCopy(to, slots);
  }

  /** Returns a copy of the contextual fields, and of the customer for guardrails that count. */
  static RowCopy impersonal(Schema from, Schema to) {
    int[] slots = of(from, to).slots;
    for (int slot = 0; slot < slots.length; slot++) {
      Field field = to.field(slot);
      boolean contextual =
          slots[slot] != Schema.NONE
              && field.tag() == Field.Tag.CONTEXTUAL
              && from.field(slots[slot]).tag() == Field.Tag.CONTEXTUAL;
      if (!contextual && field.role() != Field.Role.CUSTOMER) {
        slots[slot] = Schema.NONE;
      }
    }
    int customer = to.slot(Field.Role.CUSTOMER);
    if (customer != Schema.NONE) {
      slots[customer] = from.slot(Field.Role.CUSTOMER);
    }
    return new RowCopy(to, slots);
  }

  /** Replaces the rows of {@code out} by some rows. */
  void copyInto(Rows from, int[] selection, int start, int count, Rows out) {
    out.clear();
    for (int i = 0; i < count; i++) {
      out.add();
      cells(from, selection[start + i], out, i);
    }
  }

  /** Replaces the rows of {@code out} by one row. */
  void copyInto(Rows from, int row, Rows out) {
    out.clear();
    out.add();
    cells(from, row, out, 0);
  }

  private void cells(Rows from, int row, Rows out, int outRow) {
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] != Schema.NONE && !from.isMissing(row, slots[slot])) {
        cell(from, row, out, outRow, slot);
      }
    }
  }

  private void cell(Rows from, int row, Rows out, int outRow, int slot) {
    int source = slots[slot];
    if (!schema.field(slot).keyed()) {
      out.setDouble(outRow, slot, from.doubleAt(row, source));
    } else if (from.isText(row, source)) {
      out.setText(outRow, slot, from.textAt(row, source));
    } else {
      out.setLong(outRow, slot, from.longAt(row, source));
    }
  }
}
