package dev.discount.core.data;

import dev.discount.core.DiscountLadder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Schema}. Confined to one thread. */
public final class SchemaBuilder {

  final List<Field> fields = new ArrayList<>();
  @Nullable DiscountLadder ladder;
  @Nullable DiscountUnit discountUnit;
  int minorDigits = 2;
  long constantPriceMinor = Schema.NONE;
  long constantCostMinor = Schema.NONE;
  CsvFormat csv = CsvFormat.ofDefaults();
  @Nullable Split split;
  int ensemble = 1;
  Map<String, String> training = Map.of();

  SchemaBuilder() {}

  /** Adds a field; its slot is the number of fields before it. */
  public SchemaBuilder field(Field field) {
    fields.add(field);
    return this;
  }

  /** States the levels of the discount column. */
  public SchemaBuilder ladder(DiscountLadder newLadder) {
    this.ladder = newLadder;
    return this;
  }

  /**
   * States what the cells of the discount column mean; if not said percent, the amount or the name,
   * as the ladder is.
   */
  public SchemaBuilder discountUnit(DiscountUnit unit) {
    this.discountUnit = unit;
    return this;
  }

  /** States the list price of every row, in minor units. */
  public SchemaBuilder constantPriceMinor(long priceMinor) {
    this.constantPriceMinor = requireAmount("constantPriceMinor", priceMinor);
    return this;
  }

  /** States the cost of every row, in minor units. */
  public SchemaBuilder constantCostMinor(long costMinor) {
    this.constantCostMinor = requireAmount("constantCostMinor", costMinor);
    return this;
  }

  /** States the number of decimal digits of a minor unit, in [0, 6]; 2 if not said. */
  public SchemaBuilder minorDigits(int digits) {
    if (digits < 0 || digits > MinorUnits.MAX_DIGITS) {
      throw new IllegalArgumentException("minorDigits must be in [0, 6], got " + digits);
    }
    this.minorDigits = digits;
    return this;
  }

  /** States how the cells of a CSV file are parted; comma and double quote if not said. */
  public SchemaBuilder csv(CsvFormat format) {
    this.csv = format;
    return this;
  }

  /** States how a log is parted. */
  public SchemaBuilder split(Split newSplit) {
    this.split = newSplit;
    return this;
  }

  /** States the number of networks to train, at least 1. */
  public SchemaBuilder ensemble(int networks) {
    if (networks < 1) {
      throw new IllegalArgumentException("ensemble must be >= 1, got " + networks);
    }
    this.ensemble = networks;
    return this;
  }

  /** States the training options, as text; the trainer checks them. */
  public SchemaBuilder training(Map<String, String> options) {
    this.training = Map.copyOf(options);
    return this;
  }

  /**
   * Returns the schema.
   *
   * @throws IllegalArgumentException if two fields share a name or a role, or parts contradict each
   *     other
   */
  public Schema build() {
    return new Schema(this);
  }

  private static long requireAmount(String what, long amountMinor) {
    if (amountMinor < 0) {
      throw new IllegalArgumentException(what + " must be >= 0, got " + amountMinor);
    }
    return amountMinor;
  }
}
