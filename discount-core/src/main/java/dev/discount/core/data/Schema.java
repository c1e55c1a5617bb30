package dev.discount.core.data;

import dev.discount.core.DiscountLadder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What each column of a purchase log is: the fields with their slots, the ladder of levels that
 * were offered, the price and cost where they are constants, and how a log is read, parted and
 * trained on. Immutable; every instance is valid.
 *
 * <p>A field's <em>slot</em> is its place in {@link #fields()}. A schema without a field of role
 * {@code DISCOUNT} describes a plain probability model.
 */
public final class Schema {

  /** The slot returned where no field has the role or name asked for. */
  public static final int NONE = -1;

  private final List<Field> fields;
  private final Map<String, Integer> slotByName;
  private final int[] slotByRole;
  private final DiscountLadder ladder;
  private final DiscountUnit discountUnit;
  private final LevelCells levelCells;
  private final RowRules rules;
  private final int minorDigits;
  private final long constantPriceMinor;
  private final long constantCostMinor;
  private final CsvFormat csv;
  private final @Nullable Split split;
  private final int ensemble;
  private final Map<String, String> training;

  Schema(SchemaBuilder builder) {
    this.fields = List.copyOf(builder.fields);
    this.slotByName = new HashMap<>();
    this.slotByRole = SchemaRules.slots(fields, slotByName);
    this.ladder = builder.ladder == null ? DiscountLadder.ofBasisPoints() : builder.ladder;
    this.discountUnit =
        builder.discountUnit == null ? DiscountUnit.of(ladder) : builder.discountUnit;
    this.minorDigits = builder.minorDigits;
    this.constantPriceMinor = builder.constantPriceMinor;
    this.constantCostMinor = builder.constantCostMinor;
    this.csv = builder.csv;
    this.split = builder.split;
    this.ensemble = builder.ensemble;
    this.training = Map.copyOf(builder.training);
    SchemaRules.check(this);
    this.levelCells = new LevelCells(ladder, discountUnit, minorDigits);
    this.rules = new RowRules(this);
  }

  /** Returns a builder without fields. */
  public static SchemaBuilder builder() {
    return new SchemaBuilder();
  }

  /** Returns the fields, in slot order. */
  public List<Field> fields() {
    return fields;
  }

  /** Returns the field of a slot. */
  public Field field(int slot) {
    return fields.get(slot);
  }

  /** Returns the number of slots. */
  public int size() {
    return fields.size();
  }

  /** Returns the slot of the field with a name, or {@link #NONE}. */
  public int slot(String name) {
    Integer slot = slotByName.get(name);
    return slot == null ? NONE : slot;
  }

  /** Returns the slot of the field with a role other than {@code FEATURE}, or {@link #NONE}. */
  public int slot(Field.Role role) {
    return slotByRole[role.ordinal()];
  }

  /** Returns the levels that the log's discount column may hold; level 0 alone without one. */
  public DiscountLadder ladder() {
    return ladder;
  }

  /** Returns what the cells of the discount column mean. */
  public DiscountUnit discountUnit() {
    return discountUnit;
  }

  /** Returns the number of decimal digits of a minor unit: 2 for cents. */
  public int minorDigits() {
    return minorDigits;
  }

  /** Returns the list price of every row in minor units, or -1 if a field or nothing states it. */
  public long constantPriceMinor() {
    return constantPriceMinor;
  }

  /** Returns the cost of every row in minor units, or -1 if a field or nothing states it. */
  public long constantCostMinor() {
    return constantCostMinor;
  }

  /** Returns how the cells of a CSV file are parted. */
  public CsvFormat csv() {
    return csv;
  }

  /** Returns how a log is parted, or null if that is not stated. */
  public @Nullable Split split() {
    return split;
  }

  /** Returns the number of networks to train: 1 if not stated. */
  public int ensemble() {
    return ensemble;
  }

  /** Returns the training options as they were written, for the trainer to read and check. */
  public Map<String, String> training() {
    return training;
  }

  /**
   * Returns the level a row was offered.
   *
   * @return its place in the ladder: 0 if the schema has no discount column, {@link #NONE} if the
   *     cell is missing or holds no level of the ladder
   */
  public int level(Rows rows, int row) {
    int slot = slot(Field.Role.DISCOUNT);
    if (slot == NONE) {
      return 0;
    }
    return field(slot).keyed()
        ? levelCells.level(rows, row, slot)
        : levelCells.level(rows.doubleAt(row, slot));
  }

  /**
   * Returns a row's list price in minor units: the constant, or the column's amount rounded half
   * up.
   *
   * @return the price, or -1 if it is missing, negative, not finite or above 2^44
   */
  public long priceMinor(Rows rows, int row) {
    return minor(rows, row, Field.Role.PRICE, constantPriceMinor);
  }

  /**
   * Returns what a row's unit costs the shop, in minor units: the constant, or the column's amount
   * rounded half up.
   *
   * @return the cost, or -1 if it is missing, negative, not finite or above 2^44
   */
  public long costMinor(Rows rows, int row) {
    return minor(rows, row, Field.Role.COST, constantCostMinor);
  }

  /** Returns 1 if the row's customer bought, 0 if not, NaN if that is missing. */
  public double outcome(Rows rows, int row) {
    return number(rows, row, Field.Role.OUTCOME, Double.NaN);
  }

  /**
   * Returns the value of the row's purchase in major units, NaN where no column states it. A
   * missing cell counts 0 where the customer did not buy.
   */
  public double value(Rows rows, int row) {
    double value = number(rows, row, Field.Role.VALUE, Double.NaN);
    boolean nothingBought = Double.isNaN(value) && outcome(rows, row) == 0;
    return nothingBought && slot(Field.Role.VALUE) != NONE ? 0 : value;
  }

  /** Returns the probability with which the row's level had been chosen, NaN if not known. */
  public double propensity(Rows rows, int row) {
    return number(rows, row, Field.Role.PROPENSITY, Double.NaN);
  }

  /** Returns the row's weight in training: 1 where no column states it, NaN if missing. */
  public double weight(Rows rows, int row) {
    return number(rows, row, Field.Role.WEIGHT, 1);
  }

  /**
   * Checks that a row can be learnt from: a level of the ladder, an outcome of 0 or 1, a price not
   * below the cost, a propensity in (0, 1], a weight of 0 or more, where there are such columns,
   * and no infinite number anywhere.
   *
   * @throws DataFormatException if not
   */
  public void check(Rows rows, int row) {
    RowRules.Violation broken = rules.firstViolation(rows, row);
    if (broken != null) {
      String column = field(broken.slot()).name() + " of row " + row;
      throw new DataFormatException(
          "rows", 0, column, rows.cellText(row, broken.slot()), broken.rule());
    }
  }

  /** Returns what a row must satisfy before a model learns from it. */
  RowRules rules() {
    return rules;
  }

  /** Returns how levels are written in the discount column. */
  LevelCells levelCells() {
    return levelCells;
  }

  /** Returns whether rows of another schema have the same slots as those of this one. */
  @SuppressWarnings("ReferenceEquality") // the quick way out of a comparison by value
  boolean sameFields(Schema other) {
    return this == other || fields.equals(other.fields);
  }

  private long minor(Rows rows, int row, Field.Role role, long constant) {
    int slot = slot(role);
    return slot == NONE ? constant : MinorUnits.halfUp(rows.doubleAt(row, slot), minorDigits);
  }

  private double number(Rows rows, int row, Field.Role role, double otherwise) {
    int slot = slot(role);
    return slot == NONE ? otherwise : rows.doubleAt(row, slot);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Schema that
        && fields.equals(that.fields)
        && ladder.equals(that.ladder)
        && discountUnit == that.discountUnit
        && minorDigits == that.minorDigits
        && constantPriceMinor == that.constantPriceMinor
        && constantCostMinor == that.constantCostMinor
        && csv.equals(that.csv)
        && Objects.equals(split, that.split)
        && ensemble == that.ensemble
        && training.equals(that.training);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fields, ladder, discountUnit, constantPriceMinor, constantCostMinor, split);
  }

  @Override
  public String toString() {
    return "Schema" + fields;
  }
}
