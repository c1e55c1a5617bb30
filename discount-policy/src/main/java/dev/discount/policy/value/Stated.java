package dev.discount.policy.value;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.Inputs;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A number that is the same for all decisions or stands in a field of their rows. Immutable.
 *
 * @param field the field's name, {@code null} for a constant
 * @param otherwise the constant, or what holds where the field is missing
 */
public record Stated(@Nullable String field, double otherwise) {

  /** Checks that the number is finite. */
  public Stated {
    if (!Double.isFinite(otherwise)) {
      throw new IllegalArgumentException("otherwise must be finite, got " + otherwise);
    }
  }

  /** Returns a number that is always the same. */
  public static Stated constant(double value) {
    return new Stated(null, value);
  }

  /**
   * Returns a number that stands in a field.
   *
   * @param field the name of a field of numbers or flags in the model's schema
   * @param otherwise what holds where the field is missing
   */
  public static Stated field(String field, double otherwise) {
    return new Stated(field, otherwise);
  }

  /** Checks what holds where no field says otherwise. */
  Stated within(String name, double min, double max) {
    if (!(otherwise >= min && otherwise <= max)) {
      throw outOfRange(name, min, max, otherwise);
    }
    return this;
  }

  /** Finds the field in a schema. */
  Bound bind(String name, Schema schema, double min, double max) {
    if (field == null) {
      return new Bound(name, Schema.NONE, otherwise, min, max);
    }
    int slot = schema.slot(field);
    if (slot == Schema.NONE || schema.field(slot).keyed()) {
      throw new IllegalArgumentException(
          name + " must be a field of numbers or flags of the model's schema, got " + field);
    }
    Field.Role role = schema.field(slot).role();
    if (role == Field.Role.OUTCOME || role == Field.Role.VALUE || role == Field.Role.DISCOUNT) {
      throw new IllegalArgumentException(
          name
              + " must be known before the decision, got field "
              + field
              + " of role "
              + role.jsonName());
    }
    return new Bound(name + " in field " + field, slot, otherwise, min, max);
  }

  /** Returns the field this looks at, if any. */
  Inputs inputs() {
    return field == null ? Inputs.nothing() : Inputs.ofFields(field);
  }

  String exact() {
    return field + String.format(Locale.ROOT, " %a", otherwise);
  }

  private static IllegalArgumentException outOfRange(
      String name, double min, double max, double got) {
    String range =
        max == Double.MAX_VALUE
            ? ">= " + plain(min)
            : "in [" + plain(min) + ", " + plain(max) + "]";
    return new IllegalArgumentException(name + " must be " + range + ", got " + got);
  }

  private static String plain(double bound) {
    return bound == (long) bound ? Long.toString((long) bound) : Double.toString(bound);
  }

  /**
   * A number with its place in rows.
   *
   * @param name what messages call it
   * @param slot the field's slot, or {@link Schema#NONE}
   * @param otherwise what holds without a field or where it is missing
   * @param min the least value
   * @param max the largest value
   */
  record Bound(String name, int slot, double otherwise, double min, double max) {

    double at(Rows rows, int row) {
      if (slot == Schema.NONE || rows.isMissing(row, slot)) {
        return otherwise;
      }
      double value = rows.doubleAt(row, slot);
      if (!(value >= min && value <= max)) {
        throw outOfRange(name, min, max, value);
      }
      return value;
    }
  }
}
