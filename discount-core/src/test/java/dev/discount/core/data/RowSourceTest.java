package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowSourceTest {

  private record Visit(String customer, double spent, boolean bought) {}

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
          .field(Field.of("spent", Kind.NUMBER))
          .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
          .build();

  private static RowSource source(List<Visit> visits) {
    return RowSource.of(
        SCHEMA,
        visits,
        (visit, rows, row) -> {
          rows.setText(row, 0, visit.customer());
          rows.setDouble(row, 1, visit.spent());
          rows.setLong(row, 2, visit.bought() ? 1 : 0);
        });
  }

  @Test
  void readAll_holdsEachObjectInOrder_asOftenAsAsked() {
    RowSource source = source(List.of(new Visit("a", 1.5, true), new Visit("b", 2, false)));
    for (int pass = 0; pass < 2; pass++) {
      Rows rows = source.readAll();
      assertEquals(2, rows.size());
      assertEquals("b", rows.textAt(1, 0));
      assertEquals(1.5, rows.doubleAt(0, 1));
      assertEquals(0, rows.doubleAt(1, 2));
    }
    assertEquals(SCHEMA, source.schema());
  }

  @Test
  void readAll_badObject_isNamedByItsNumber() {
    RowSource source =
        source(List.of(new Visit("a", 1, true), new Visit("b", Double.POSITIVE_INFINITY, true)));

    assertEquals(
        "rows:2: column spent must be finite, got \"Infinity\"",
        assertThrows(DataFormatException.class, source::readAll).getMessage());
  }

  @Test
  void readAll_nothing_isRefused() {
    assertEquals(
        "rows: data must have at least one row",
        assertThrows(DataFormatException.class, source(List.of())::readAll).getMessage());
  }

  @Test
  void next_writerThatThrows_leavesNoRow() {
    RowSource source =
        RowSource.of(
            SCHEMA,
            List.of(1, 2, 3),
            (item, rows, row) -> {
              rows.setLong(row, 2, 0);
              if (item == 3) {
                throw new IllegalStateException("no third");
              }
            });
    Rows rows = new Rows(SCHEMA, 1);
    try (RowCursor cursor = source.open()) {
      assertEquals(1, cursor.next(rows, 1));
      assertThrows(IllegalStateException.class, () -> cursor.next(rows, 5));
      assertEquals(1, rows.size());
      assertTrue(rows.isMissing(0, 1));
    }
  }
}
