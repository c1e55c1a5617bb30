package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.data.DiscountUnit;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.data.SchemaBuilder;
import dev.discount.core.internal.random.CounterRandom;
import java.util.stream.IntStream;

/** Small purchase logs with planted probabilities. */
public final class TestLogs {

  public static final DiscountLadder PERCENT = DiscountLadder.ofBasisPoints(500, 1000, 2000, 3000);
  public static final DiscountLadder AMOUNTS = DiscountLadder.ofAmounts(100, 300, 900);
  public static final DiscountLadder ARMS = DiscountLadder.ofNames("mail", "gift");

  private static final int CUSTOMERS = 40;
  private static final int ITEMS = 12;

  private TestLogs() {}

  /** Returns the columns of a log; a ladder of one level gives no discount column. */
  public static Schema schema(DiscountLadder ladder) {
    SchemaBuilder builder =
        Schema.builder()
            .field(Field.of("customer", Field.Kind.ID, Field.Role.CUSTOMER))
            .field(Field.of("item", Field.Kind.ID, Field.Role.ITEM).withWidth(5))
            .field(Field.of("country", Field.Kind.CATEGORY))
            .field(Field.of("age", Field.Kind.NUMBER))
            .field(Field.of("member", Field.Kind.FLAG))
            .field(Field.of("price", Field.Kind.NUMBER, Field.Role.PRICE))
            .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
            .field(Field.of("weight", Field.Kind.NUMBER, Field.Role.WEIGHT));
    if (ladder.size() > 1) {
      Field.Kind kind = ladder.ordered() ? Field.Kind.NUMBER : Field.Kind.CATEGORY;
      builder.field(Field.of("offer", kind, Field.Role.DISCOUNT)).ladder(ladder);
      builder.discountUnit(unit(ladder));
    }
    return builder.build();
  }

  private static DiscountUnit unit(DiscountLadder ladder) {
    if (!ladder.ordered()) {
      return DiscountUnit.NAME;
    }
    return ladder.level(1) instanceof Level.PercentOff ? DiscountUnit.PERCENT : DiscountUnit.AMOUNT;
  }

  /** Returns a log whose true logit is {@link #logit}. */
  public static Rows rows(DiscountLadder ladder, int n, long seed) {
    Schema schema = schema(ladder);
    Rows rows = new Rows(schema, n);
    for (int i = 0; i < n; i++) {
      int row = rows.add();
      int customer = CounterRandom.below(CUSTOMERS, seed, 1, i);
      int item = CounterRandom.below(ITEMS, seed, 2, i);
      int country = CounterRandom.below(4, seed, 3, i);
      double age = CounterRandom.gaussian(seed, 4, i);
      boolean member = CounterRandom.unit(seed, 5, i) < 0.3;
      int level = CounterRandom.below(ladder.size(), seed, 6, i);
      double price = 5 + CounterRandom.below(20, seed, 7, i);
      rows.setText(row, 0, "c" + customer);
      rows.setLong(row, 1, item);
      rows.setText(row, 2, "land " + country);
      rows.setDouble(row, 3, 40 + 10 * age);
      rows.setLong(row, 4, member ? 1 : 0);
      rows.setDouble(row, 5, price);
      rows.setDouble(row, 7, 0.5 + CounterRandom.unit(seed, 8, i));
      if (ladder.size() > 1) {
        setLevel(rows, row, ladder, level);
      }
      double depth =
          ladder.ordered() ? ladder.level(level).depth(Math.round(price * 100)) : 0.1 * level;
      double p = 1 / (1 + Math.exp(-logit(customer, item, country, age, depth)));
      rows.setLong(row, 6, CounterRandom.unit(seed, 9, i) < p ? 1 : 0);
    }
    return rows;
  }

  private static void setLevel(Rows rows, int row, DiscountLadder ladder, int level) {
    int slot = rows.schema().slot(Field.Role.DISCOUNT);
    Level offered = ladder.level(level);
    if (offered instanceof Level.PercentOff percent) {
      rows.setDouble(row, slot, percent.basisPoints() / 100.0);
    } else if (offered instanceof Level.AmountOff amount) {
      rows.setDouble(row, slot, amount.minorUnits() / 100.0);
    } else if (ladder.ordered()) {
      rows.setDouble(row, slot, 0);
    } else {
      rows.setText(row, slot, offered.label());
    }
  }

  /** Returns the planted logit. */
  static double logit(int customer, int item, int country, double age, double depth) {
    double taste = Math.sin(customer * 1.7) + Math.cos(item * 2.3) + 0.3 * country;
    return -1.2 + taste + 0.4 * age + (3 + 2 * Math.sin(customer)) * depth;
  }

  /** Returns the row numbers from the first to the one before the last. */
  public static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  /** Replaces all rows of {@code out} by one row of another container of equal fields. */
  static void copyRow(Rows rows, int row, Rows out) {
    out.clear();
    out.add();
    for (int slot = 0; slot < rows.schema().size(); slot++) {
      Field.Kind kind = rows.schema().field(slot).kind();
      if (rows.isMissing(row, slot)) {
        continue;
      }
      if (kind == Field.Kind.NUMBER || kind == Field.Kind.FLAG) {
        out.setDouble(0, slot, rows.doubleAt(row, slot));
      } else if (rows.isText(row, slot)) {
        out.setText(0, slot, rows.textAt(row, slot));
      } else {
        out.setLong(0, slot, rows.longAt(row, slot));
      }
    }
  }
}
