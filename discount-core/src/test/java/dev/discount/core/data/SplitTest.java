package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("who", Kind.ID, Role.CUSTOMER))
          .field(Field.of("when", Kind.NUMBER, Role.TIME))
          .field(Field.of("part", Kind.CATEGORY, Role.SPLIT))
          .field(Field.of("flag", Kind.FLAG))
          .build();

  private static Rows atTimes(double... times) {
    Rows rows = new Rows(SCHEMA, 1);
    for (double time : times) {
      rows.setDouble(rows.add(), 1, time);
    }
    return rows;
  }

  private static Rows blank(int count) {
    return atTimes(new double[count]);
  }

  @Test
  void byRatio_sharesHoldToTheRow() {
    SplitRows parts = new Split.ByRatio(7, 1, 1).assign(blank(9), 1);
    assertEquals(7, parts.train().length);
    assertEquals(1, parts.validation().length);
    assertEquals(1, parts.test().length);

    parts = new Split.ByRatio(0.8, 0, 0.2).assign(blank(12_684), 1);
    assertEquals(10_147, parts.train().length);
    assertEquals(0, parts.validation().length);
    assertEquals(2_537, parts.test().length);
  }

  @Test
  void byRatio_seed_choosesTheRows() {
    Split split = new Split.ByRatio(1, 0, 1);

    int[] train = split.assign(blank(100), 1).train();
    assertArrayEquals(train, split.assign(blank(100), 1).train());
    assertFalse(Arrays.equals(train, split.assign(blank(100), 2).train()));
  }

  @Test
  void byTime_earliestTrain_latestTest() {
    SplitRows parts = new Split.ByTime(2, 1, 1).assign(atTimes(5, 1, 8, 3, 2, 7, 6, 4), 9);

    assertArrayEquals(new int[] {1, 3, 4, 7}, parts.train());
    assertArrayEquals(new int[] {0, 6}, parts.validation());
    assertArrayEquals(new int[] {2, 5}, parts.test());
  }

  @Test
  void byTime_rowsOfOneTime_goToTheLaterPart() {
    SplitRows parts = new Split.ByTime(1, 0, 1).assign(atTimes(1, 2, 3, 3, 3, 4), 9);

    assertArrayEquals(new int[] {0, 1}, parts.train());
    assertArrayEquals(new int[] {2, 3, 4, 5}, parts.test());
  }

  @Test
  void byTime_rowsOfOneTimeAtTheStart_areTrainedOn() {
    SplitRows parts = new Split.ByTime(1, 0, 1).assign(atTimes(3, 3, 3, 3, 3, 4), 9);

    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, parts.train());
    assertArrayEquals(new int[] {5}, parts.test());
    assertEquals(4, new Split.ByTime(1, 1, 1).assign(blank(4), 9).train().length);
  }

  @Test
  void byTime_missingTime_isRefused() {
    assertEquals(
        "time of row 1 must be finite, got NaN",
        messageOf(() -> new Split.ByTime(1, 0, 1).assign(atTimes(1, Double.NaN), 9)));
  }

  @Test
  void byCustomer_partDependsOnSeedAndCustomerAlone() {
    Rows few = new Rows(SCHEMA, 1);
    few.setText(few.add(), 0, "anna");
    few.setLong(few.add(), 0, 77);
    Rows many = new Rows(SCHEMA, 1);
    for (int i = 0; i < 50; i++) {
      many.setLong(many.add(), 0, i);
    }
    int anna = many.add();
    many.setText(anna, 0, "anna");
    int customer77 = many.add();
    many.setText(customer77, 0, "77");
    Split split = new Split.ByCustomer(1, 0, 1);
    for (long seed = 0; seed < 20; seed++) {
      assertEquals(
          contains(split.assign(few, seed).train(), 0),
          contains(split.assign(many, seed).train(), anna));
      assertEquals(
          contains(split.assign(few, seed).train(), 1),
          contains(split.assign(many, seed).train(), customer77));
    }
  }

  @Test
  void byCustomer_rowsWithoutACustomer_areParted() {
    SplitRows parts = new Split.ByCustomer(1, 0, 1).assign(blank(200), 3);

    assertEquals(100, parts.train().length, 30);
  }

  private static boolean contains(int[] rows, int row) {
    return Arrays.binarySearch(rows, row) >= 0;
  }

  @Test
  void byColumn_valuesDecide_andAShareIsTakenForValidation() {
    Rows rows = new Rows(SCHEMA, 1);
    String[] values = {"a", "b", "a", "c", "1", "a", "a", "b"};
    for (String value : values) {
      rows.setText(rows.add(), 2, value);
    }

    SplitRows parts = new Split.ByColumn("part", List.of("a"), List.of(), 0).assign(rows, 1);
    assertArrayEquals(new int[] {0, 2, 5, 6}, parts.train());
    assertArrayEquals(new int[] {1, 3, 4, 7}, parts.test());

    parts = new Split.ByColumn("part", List.of("a", "1"), List.of("b", "c"), 0.4).assign(rows, 1);
    assertEquals(3, parts.train().length);
    assertEquals(2, parts.validation().length);
    assertArrayEquals(new int[] {1, 3, 7}, parts.test());

    assertEquals(
        "part of row 3 must be one of trainValues or testValues, got c",
        messageOf(
            () -> new Split.ByColumn("part", List.of("a"), List.of("b", "1"), 0).assign(rows, 1)));
  }

  @Test
  void byColumn_ofAFlag_readsZeroAndOne() {
    Rows rows = blank(3);
    rows.setLong(0, 3, 1);
    rows.setLong(1, 3, 0);

    SplitRows parts = new Split.ByColumn("flag", List.of("1"), List.of(), 0).assign(rows, 1);

    assertArrayEquals(new int[] {0}, parts.train());
    assertArrayEquals(new int[] {1, 2}, parts.test());
  }

  @Test
  void badShares_areRefused() {
    assertEquals(
        "train must be finite and above 0, got NaN",
        messageOf(() -> new Split.ByRatio(Double.NaN, 1, 1)));
    assertEquals(
        "validation must be finite and 0 or more, got -1.0",
        messageOf(() -> new Split.ByTime(1, -1, 1)));
    assertEquals(
        "test must be finite and 0 or more, got Infinity",
        messageOf(() -> new Split.ByCustomer(1, 0, Double.POSITIVE_INFINITY)));
    assertEquals(
        "validation must be in [0, 1), got 1.0",
        messageOf(() -> new Split.ByColumn("x", List.of("a"), List.of(), 1)));
    assertEquals(
        "trainValues must hold a value, got none",
        messageOf(() -> new Split.ByColumn("x", List.of(), List.of(), 0)));
    assertEquals(
        "trainValues and testValues must be distinct, got two \"a\"",
        messageOf(() -> new Split.ByColumn("x", List.of("a"), List.of("a"), 0)));
  }

  @Test
  void rowsWithoutTheField_areRefused() {
    Rows rows = new Rows(Schema.builder().field(Field.of("x", Kind.NUMBER)).build(), 1);

    assertEquals(
        "rows must have a field of role time for this split, got none",
        messageOf(() -> new Split.ByTime(1, 0, 1).assign(rows, 1)));
    assertEquals(
        "rows must have a field of role customer for this split, got none",
        messageOf(() -> new Split.ByCustomer(1, 0, 1).assign(rows, 1)));
    assertEquals(
        "column must name a field of kind id, category or flag, got x",
        messageOf(() -> new Split.ByColumn("x", List.of("a"), List.of(), 0).assign(rows, 1)));
  }

  private static String messageOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
