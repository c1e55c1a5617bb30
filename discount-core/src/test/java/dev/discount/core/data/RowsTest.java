package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Field.Kind;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static final Schema SCHEMA =
      Schema.builder().field(Field.of("k", Kind.ID)).field(Field.of("x", Kind.NUMBER)).build();

  @Test
  void add_growsAndKeepsWhatWasSet() {
    Rows rows = new Rows(SCHEMA, 1);
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, rows.add());
      rows.setLong(i, 0, i);
      rows.setDouble(i, 1, i / 2.0);
    }
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, rows.longAt(i, 0));
      assertEquals(i / 2.0, rows.doubleAt(i, 1));
    }
    assertEquals(1000, rows.size());
  }

  @Test
  void clear_leavesNothingOfEarlierRows() {
    Rows rows = new Rows(SCHEMA, 2);
    rows.setText(rows.add(), 0, "a");
    rows.setDouble(0, 1, 1);

    rows.clear();

    assertEquals(0, rows.size());
    rows.add();
    assertTrue(rows.isMissing(0, 0));
    assertTrue(rows.isMissing(0, 1));
    assertFalse(rows.isText(0, 0));
  }

  @Test
  void setText_ofANumber_isTheNumber() {
    Rows rows = new Rows(SCHEMA, 1);
    int row = rows.add();

    rows.setText(row, 0, "-42");
    assertFalse(rows.isText(row, 0));
    assertEquals(-42, rows.longAt(row, 0));
    rows.setText(row, 0, "042");
    assertTrue(rows.isText(row, 0));
    assertEquals("042", rows.textAt(row, 0));
    rows.setMissing(row, 0);
    assertTrue(rows.isMissing(row, 0));
  }

  @Test
  void wrongKindsAndRows_areRefused() {
    Rows rows = new Rows(SCHEMA, 1);
    rows.add();

    assertEquals(
        "field k of kind id must not be set as a double", messageOf(() -> rows.setDouble(0, 0, 1)));
    assertEquals(
        "field x of kind number must not be set as a text",
        messageOf(() -> rows.setText(0, 1, "1")));
    assertEquals(
        "field k of kind id must not be read as a number", messageOf(() -> rows.doubleAt(0, 0)));
    assertEquals(
        "field x of kind number must not be read as an id", messageOf(() -> rows.longAt(0, 1)));
    assertEquals(
        "field x of kind number must not be read as a text", messageOf(() -> rows.textAt(0, 1)));
    assertEquals(
        "row must be in [0, 1), got 1",
        assertThrows(IndexOutOfBoundsException.class, () -> rows.setLong(1, 0, 1)).getMessage());
    assertEquals("capacity must be >= 1, got 0", messageOf(() -> new Rows(SCHEMA, 0)));
  }

  private static String messageOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
