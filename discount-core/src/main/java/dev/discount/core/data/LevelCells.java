package dev.discount.core.data;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.embedding.IdIndex;
import java.math.BigDecimal;
import java.util.StringJoiner;

/**
 * How the levels of a ladder are written in the cells of a discount column. Immutable; reading a
 * cell allocates nothing.
 */
final class LevelCells {

  /** How level 0 is written among named arms. */
  static final String NONE = "none";

  /* Numbers in cells are compared with levels in basis points or minor units, to a thousandth of
   * one: enough for values that went through float32, and never near two levels at once. */
  private static final double TOLERANCE = 1e-3;

  private final DiscountLadder ladder;
  private final DiscountUnit unit;
  private final double scale;
  private final long[] atoms;
  private final IdIndex names;

  LevelCells(DiscountLadder ladder, DiscountUnit unit, int minorDigits) {
    this.ladder = ladder;
    this.unit = unit;
    this.scale =
        unit == DiscountUnit.AMOUNT
            ? BigDecimal.TEN.pow(minorDigits).doubleValue()
            : unit.bpsPerUnit();
    this.atoms = new long[ladder.size()];
    IdIndex.Builder builder = IdIndex.builder();
    builder.add(NONE);
    for (int i = 1; i < atoms.length; i++) {
      Level level = ladder.level(i);
      if (level instanceof Level.PercentOff percent) {
        atoms[i] = percent.basisPoints();
      } else if (level instanceof Level.AmountOff amount) {
        atoms[i] = amount.minorUnits();
      } else if (level instanceof Level.Named named) {
        builder.add(named.id());
      }
    }
    this.names = builder.build(1);
  }

  /** Returns the level that a number stands for, or {@link Schema#NONE}. */
  int level(double value) {
    double atom = value * scale;
    for (int i = 0; i < atoms.length; i++) {
      if (Math.abs(atom - atoms[i]) <= TOLERANCE) {
        return i;
      }
    }
    return Schema.NONE;
  }

  /** Returns the level that an id cell stands for, or {@link Schema#NONE}. */
  int level(Rows rows, int row, int slot) {
    if (rows.isMissing(row, slot)) {
      return Schema.NONE;
    }
    int index =
        rows.isText(row, slot)
            ? names.index(rows.textAt(row, slot))
            : names.index(rows.longAt(row, slot));
    return index - 1;
  }

  /** Returns how a level is written: exactly, in the column's unit. */
  String cell(int level) {
    if (unit == DiscountUnit.NAME) {
      return level == 0 ? NONE : ladder.level(level).label();
    }
    return number(level).toPlainString();
  }

  /** Returns the number written for a level of a unit that is one. */
  BigDecimal number(int level) {
    BigDecimal whole = BigDecimal.valueOf(atoms[level]);
    BigDecimal value = whole.divide(BigDecimal.valueOf((long) scale));
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }

  /** Returns the cells that are allowed, for messages. */
  String allowed() {
    StringJoiner cells = new StringJoiner(", ");
    for (int i = 0; i < ladder.size(); i++) {
      cells.add(cell(i));
    }
    return cells.toString();
  }
}
