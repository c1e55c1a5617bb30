package dev.discount.bench;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.DiscountUnit;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import java.util.stream.IntStream;

/**
 * The common work NCF-64: 100 000 customers, 50 000 items and labels from a planted model, with or
 * without a discount of eight levels. Every customer and item occurs, so that the tables have their
 * full size.
 */
final class CollaborativeLog {

  static final int CUSTOMERS = 100_000;
  static final int ITEMS = 50_000;
  static final DiscountLadder LADDER =
      DiscountLadder.ofBasisPoints(200, 400, 600, 800, 1000, 1200, 1400);

  private static final long SEED = 1;

  private CollaborativeLog() {}

  static Schema schema(boolean discounted) {
    var schema =
        Schema.builder()
            .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
            .field(Field.of("item", Kind.ID, Role.ITEM))
            .field(Field.of("bought", Kind.FLAG, Role.OUTCOME));
    if (discounted) {
      schema
          .field(Field.of("discount", Kind.NUMBER, Role.DISCOUNT))
          .ladder(LADDER)
          .discountUnit(DiscountUnit.PERCENT);
    }
    return schema.build();
  }

  static Rows rows(boolean discounted, int n) {
    Rows rows = new Rows(schema(discounted), n);
    for (int row = 0; row < n; row++) {
      int customer = row < CUSTOMERS ? row : CounterRandom.below(CUSTOMERS, SEED, 1, row);
      int item = row < ITEMS ? row : CounterRandom.below(ITEMS, SEED, 2, row);
      double logit = Math.sin(customer) + Math.cos(1.3 * item) - 0.5;
      rows.add();
      setPair(rows, row, customer, item);
      if (discounted) {
        int level = CounterRandom.below(LADDER.size(), SEED, 3, row);
        rows.setDouble(row, 3, 2 * level);
        logit += 0.1 * level;
      }
      boolean bought = CounterRandom.unit(SEED, 4, row) < 1 / (1 + Math.exp(-logit));
      rows.setLong(row, 2, bought ? 1 : 0);
    }
    return rows;
  }

  static void setPair(Rows rows, int row, long customer, long item) {
    rows.setLong(row, 0, customer);
    rows.setLong(row, 1, item);
  }

  static int[] all(Rows rows) {
    return IntStream.range(0, rows.size()).toArray();
  }
}
