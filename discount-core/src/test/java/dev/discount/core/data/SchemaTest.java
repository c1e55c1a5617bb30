package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {

  private static Rows discounts(DiscountUnit unit, DiscountLadder ladder, Kind kind) {
    return new Rows(
        Schema.builder()
            .field(Field.of("d", kind, Role.DISCOUNT))
            .discountUnit(unit)
            .ladder(ladder)
            .build(),
        1);
  }

  private static int level(Rows rows, double value) {
    int row = rows.add();
    rows.setDouble(row, 0, value);
    return rows.schema().level(rows, row);
  }

  @Test
  void level_numbersInEveryUnit_areExactPlacesOfTheLadder() {
    DiscountLadder ladder = DiscountLadder.ofBasisPoints(700, 2900, 5701);
    double[][] cells = {{0, 7, 29, 57.01}, {0, 0.07, 0.29, 0.5701}, {0, 700, 2900, 5701}};
    DiscountUnit[] units = {DiscountUnit.PERCENT, DiscountUnit.SHARE, DiscountUnit.BASIS_POINTS};
    for (int u = 0; u < units.length; u++) {
      Rows rows = discounts(units[u], ladder, Kind.NUMBER);
      for (int level = 0; level < 4; level++) {
        assertEquals(level, level(rows, cells[u][level]), units[u] + " " + level);
        assertEquals(level, level(rows, (float) cells[u][level]), units[u] + " as float32");
        assertEquals(-1, level(rows, cells[u][level] + 1.01 * cells[0][1] / 700));
      }
      assertEquals(-1, level(rows, -cells[u][1]));
      assertEquals(-1, level(rows, Double.NaN));
      assertEquals(-1, level(rows, Double.POSITIVE_INFINITY));
    }
  }

  @Test
  void level_amounts_areInMajorUnits() {
    Rows rows = discounts(DiscountUnit.AMOUNT, DiscountLadder.ofAmounts(99, 1999), Kind.NUMBER);

    assertEquals(0, level(rows, 0));
    assertEquals(1, level(rows, 0.99));
    assertEquals(2, level(rows, 19.99));
    assertEquals(2, level(rows, 19.99f));
    assertEquals(-1, level(rows, 20));
    assertEquals("0, 0.99, 19.99", rows.schema().levelCells().allowed());
  }

  @Test
  void level_names_mayBeNumbers() {
    Rows rows = discounts(DiscountUnit.NAME, DiscountLadder.ofNames("mail", "7"), Kind.CATEGORY);
    String[] cells = {"none", "mail", "7", "Mail", "0"};
    int[] levels = {0, 1, 2, -1, -1};
    for (int i = 0; i < cells.length; i++) {
      int row = rows.add();
      assertEquals(-1, rows.schema().level(rows, row));
      rows.setText(row, 0, cells[i]);
      assertEquals(levels[i], rows.schema().level(rows, row), cells[i]);
    }
  }

  @Test
  void level_withoutADiscountColumn_isZero() {
    Schema schema = Schema.builder().field(Field.of("x", Kind.NUMBER)).build();
    Rows rows = new Rows(schema, 1);

    assertEquals(0, schema.level(rows, rows.add()));
    assertEquals(1, schema.ladder().size());
  }

  @Test
  void priceMinor_roundsHalfUp_asWritten() {
    Schema schema = Schema.builder().field(Field.of("p", Kind.NUMBER, Role.PRICE)).build();
    Rows rows = new Rows(schema, 1);
    double[] major = {0, 1.005, 1.0049, 2.675, 0.004999, 0.005, 4.35, 1e11, 171798691841.0};
    long[] minor = {0, 101, 100, 268, 0, 1, 435, 10_000_000_000_000L, 17179869184100L};
    for (int i = 0; i < major.length; i++) {
      int row = rows.add();
      rows.setDouble(row, 0, major[i]);
      assertEquals(minor[i], schema.priceMinor(rows, row), String.valueOf(major[i]));
    }
    for (double none : new double[] {-0.01, Double.NaN, Double.POSITIVE_INFINITY, 1e12}) {
      int row = rows.add();
      rows.setDouble(row, 0, none);
      assertEquals(-1, schema.priceMinor(rows, row));
    }
  }

  @Test
  void accessors_withoutColumns_giveConstantsOrNothing() {
    Schema schema =
        Schema.builder().field(Field.of("x", Kind.NUMBER)).constantPriceMinor(600).build();
    Rows rows = new Rows(schema, 1);
    int row = rows.add();

    assertEquals(600, schema.priceMinor(rows, row));
    assertEquals(-1, schema.costMinor(rows, row));
    assertEquals(1, schema.weight(rows, row));
    assertTrue(Double.isNaN(schema.propensity(rows, row)));
    assertTrue(Double.isNaN(schema.outcome(rows, row)));
    assertTrue(Double.isNaN(schema.value(rows, row)));
    assertEquals(Schema.NONE, schema.slot(Role.OUTCOME));
    assertEquals(Schema.NONE, schema.slot("y"));
  }

  @Test
  void check_rowOfAHost_saysWhichRowAndColumn() {
    Schema schema = Schema.builder().field(Field.of("y", Kind.FLAG, Role.OUTCOME)).build();
    Rows rows = new Rows(schema, 1);
    rows.setLong(rows.add(), 0, 1);
    rows.setLong(rows.add(), 0, 2);

    schema.check(rows, 0);
    assertEquals(
        "rows: y of row 1 must be 0 or 1, got \"2\"",
        assertThrows(DataFormatException.class, () -> schema.check(rows, 1)).getMessage());
  }

  @Test
  void build_partsThatContradict_areRefused() {
    Field discount = Field.of("d", Kind.NUMBER, Role.DISCOUNT);
    DiscountLadder ladder = DiscountLadder.ofBasisPoints(500);
    assertEquals(
        "discountUnit must fit the ladder's levels, got amount",
        messageOf(
            Schema.builder().field(discount).ladder(ladder).discountUnit(DiscountUnit.AMOUNT)));
    assertEquals(
        "ladder must name no level \"none\", which is how level 0 is written",
        messageOf(
            Schema.builder()
                .field(Field.of("d", Kind.CATEGORY, Role.DISCOUNT))
                .ladder(DiscountLadder.ofNames("none"))));
    assertEquals(
        "constant price must be absent where a field has role price",
        messageOf(
            Schema.builder().field(Field.of("p", Kind.NUMBER, Role.PRICE)).constantPriceMinor(1)));
    assertEquals(
        "fields must have one field of role outcome, got two",
        messageOf(
            Schema.builder()
                .field(Field.of("a", Kind.FLAG, Role.OUTCOME))
                .field(Field.of("b", Kind.FLAG, Role.OUTCOME))));
    assertEquals(
        "split by column must name a field of kind id, category or flag, got d",
        messageOf(
            Schema.builder()
                .field(discount)
                .ladder(ladder)
                .split(new Split.ByColumn("d", List.of("1"), List.of(), 0))));
  }

  @Test
  void equals_seesEverySetting() {
    SchemaBuilder plain = Schema.builder().field(Field.of("x", Kind.NUMBER));
    Schema schema = plain.build();
    assertEquals(schema, Schema.builder().field(Field.of("x", Kind.NUMBER)).build());
    assertFalse(schema.equals(plain.ensemble(2).build()));
    assertFalse(schema.equals(plain.ensemble(1).minorDigits(3).build()));
    assertFalse(schema.equals(plain.minorDigits(2).training(Map.of("a", "b")).build()));
    assertEquals(schema, plain.training(Map.of()).build());
  }

  private static String messageOf(SchemaBuilder builder) {
    return assertThrows(IllegalArgumentException.class, builder::build).getMessage();
  }
}
