package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.data.SchemaBuilder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverlapTest {

  private static SchemaBuilder fields() {
    return Schema.builder()
        .field(Field.of("discount", Field.Kind.NUMBER, Field.Role.DISCOUNT))
        .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
        .ladder(DiscountLadder.ofBasisPoints(1_000, 2_000));
  }

  /** Rows at level {@code i % 3} of an item. */
  private static double share(Schema schema, int itemsPerLevel, int offset) {
    Rows rows = new Rows(schema, 60);
    for (int i = 0; i < 60; i++) {
      int row = rows.add();
      rows.setDouble(row, 0, 10.0 * (i % 3));
      rows.setDouble(row, 1, 0);
      if (schema.size() > 2) {
        rows.setLong(row, 2, i % 3 + 3 * (i / 3 % itemsPerLevel) + (i < 15 ? 0 : offset));
      }
    }
    LoggedOffers train = LoggedOffers.of(rows, IntStream.range(0, 30).toArray());
    LoggedOffers test = LoggedOffers.of(rows, IntStream.range(30, 60).toArray());
    return Overlap.share(rows, train, test);
  }

  @Test
  void share_itemsOfOneLevelEach_isZero() {
    Schema items = fields().field(Field.of("item", Field.Kind.ID, Field.Role.ITEM)).build();
    assertEquals(0, share(items, 2, 0));
    assertEquals(2.0 / 3, share(items, 1, 1), 1e-9);
    assertEquals(1, share(fields().build(), 1, 0), "a log without items says nothing against it");
  }
}
