package dev.discount.core.data;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;

/** What the numbers or texts of a discount column mean. */
public enum DiscountUnit {
  /** Percent of the list price: 12.5. */
  PERCENT("percent", 100),
  /** A share of the list price: 0.125. */
  SHARE("share", Level.WHOLE_BPS),
  /** Hundredths of a percent of the list price: 1250. */
  BASIS_POINTS("basisPoints", 1),
  /** An amount in major units: 3.00. */
  AMOUNT("amount", 0),
  /** The name of an arm, and {@code none} for no discount. */
  NAME("name", 0);

  private final String jsonName;
  private final int bpsPerUnit;

  DiscountUnit(String jsonName, int bpsPerUnit) {
    this.jsonName = jsonName;
    this.bpsPerUnit = bpsPerUnit;
  }

  /** Returns the name used in JSON and messages. */
  public String jsonName() {
    return jsonName;
  }

  /** Returns the basis points of one unit, or 0 if the unit is no share of the price. */
  int bpsPerUnit() {
    return bpsPerUnit;
  }

  /** Returns whether a ladder's levels can be written in this unit. */
  boolean fits(DiscountLadder ladder) {
    if (ladder.size() < 2) {
      return true;
    }
    Level level = ladder.level(1);
    if (level instanceof Level.Named) {
      return this == NAME;
    }
    return level instanceof Level.AmountOff ? this == AMOUNT : bpsPerUnit > 0;
  }

  /** Returns the unit taken for a ladder's levels where none is stated. */
  static DiscountUnit of(DiscountLadder ladder) {
    if (ladder.size() < 2 || ladder.level(1) instanceof Level.PercentOff) {
      return PERCENT;
    }
    return ladder.level(1) instanceof Level.AmountOff ? AMOUNT : NAME;
  }
}
