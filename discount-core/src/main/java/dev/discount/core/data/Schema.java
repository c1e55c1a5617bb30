package dev.discount.core.data;

import dev.discount.core.DiscountLadder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each column of a purchase log is: the fields with their slots, the ladder of levels that
 * were offered, and the price and cost where they are constants. Immutable; every instance is
 * valid.
 *
 * <p>A field's <em>slot</em> is its place in {@link #fields()}. A schema without a field of role
 * {@code DISCOUNT} describes a plain probability model.
 */
public final class Schema {

  /** The slot returned where no field has the role or name asked for. */
  public static final int NONE = -1;

  private final List<Field> fields;
  private final Map<String, Integer> slotByName;
  private final Map<Field.Role, Integer> slotByRole;
  private final DiscountLadder ladder;
  private final int minorDigits;
  private final long constantPriceMinor;
  private final long constantCostMinor;

  private Schema(Builder builder) {
    this.fields = List.copyOf(builder.fields);
    this.slotByName = new HashMap<>();
    this.slotByRole = new EnumMap<>(Field.Role.class);
    for (int slot = 0; slot < fields.size(); slot++) {
      Field field = fields.get(slot);
      if (slotByName.put(field.name(), slot) != null) {
        throw new IllegalArgumentException("fields must have distinct names, got two " + field.name());
      }
      if (field.role() != Field.Role.FEATURE && slotByRole.put(field.role(), slot) != null) {
        throw new IllegalArgumentException(
            "fields must have one field of role " + field.role().jsonName() + ", got two");
      }
    }
    this.ladder = builder.ladder == null ? DiscountLadder.ofBasisPoints() : builder.ladder;
    this.minorDigits = builder.minorDigits;
    this.constantPriceMinor = builder.constantPriceMinor;
    this.constantCostMinor = builder.constantCostMinor;
  }

  /** Returns a builder without fields. */
  public static Builder builder() {
    return new Builder();
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
    Integer slot = slotByRole.get(role);
    return slot == null ? NONE : slot;
  }

  /** Returns the levels that the log's discount column may hold; level 0 alone without one. */
  public DiscountLadder ladder() {
    return ladder;
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

  /** Builds a {@link Schema}. Confined to one thread. */
  public static final class Builder {
    private final List<Field> fields = new ArrayList<>();
    private @Nullable DiscountLadder ladder;
    private int minorDigits = 2;
    private long constantPriceMinor = NONE;
    private long constantCostMinor = NONE;

    private Builder() {}

    /** Adds a field; its slot is the number of fields before it. */
    public Builder field(Field field) {
      fields.add(field);
      return this;
    }

    /** States the levels of the discount column. */
    public Builder ladder(DiscountLadder newLadder) {
      this.ladder = newLadder;
      return this;
    }

    /** States the list price of every row, in minor units. */
    public Builder constantPriceMinor(long priceMinor) {
      this.constantPriceMinor = priceMinor;
      return this;
    }

    /** States the cost of every row, in minor units. */
    public Builder constantCostMinor(long costMinor) {
      this.constantCostMinor = costMinor;
      return this;
    }

    /** States the number of decimal digits of a minor unit, 2 if not said. */
    public Builder minorDigits(int digits) {
      this.minorDigits = digits;
      return this;
    }

    /**
     * Returns the schema.
     *
     * @throws IllegalArgumentException if two fields share a name or a role
     */
    public Schema build() {
      return new Schema(this);
    }
  }
}
