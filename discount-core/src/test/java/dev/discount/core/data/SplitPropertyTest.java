package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SplitPropertyTest {

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("who", Kind.ID, Role.CUSTOMER))
          .field(Field.of("when", Kind.NUMBER, Role.TIME))
          .build();

  private static Rows rows(List<Integer> codes) {
    Rows rows = new Rows(SCHEMA, 1);
    for (int code : codes) {
      write(code, rows, rows.add());
    }
    return rows;
  }

  private static void write(int code, Rows rows, int row) {
    if (code % 5 != 0) {
      rows.setText(row, 0, code % 2 == 0 ? "c" + code % 7 : String.valueOf(code % 7));
    }
    rows.setDouble(row, 1, code % 11 / 2.0);
  }

  @Property
  void assign_partsAreDisjointAndComplete_andTheSameAgain(
      @ForAll("splits") Split split, @ForAll List<Integer> codes, @ForAll long seed) {
    Rows rows = rows(codes);

    SplitRows parts = split.assign(rows, seed);

    int[] all = new int[rows.size()];
    int at = 0;
    for (int[] part : List.of(parts.train(), parts.validation(), parts.test())) {
      for (int i = 0; i < part.length; i++) {
        assertTrue(i == 0 || part[i] > part[i - 1], "rows rise");
        all[at++] = part[i];
      }
    }
    assertEquals(all.length, at);
    Arrays.sort(all);
    assertArrayEquals(SplitShares.rising(all.length), all);
    SplitRows again = split.assign(rows, seed);
    assertArrayEquals(parts.train(), again.train());
    assertArrayEquals(parts.test(), again.test());
  }

  @Property
  void parts_ofASource_areThoseOfRowsInMemory(
      @ForAll("splits") Split split, @ForAll List<Integer> codes, @ForAll long seed) {
    Assume.that(!codes.isEmpty());
    Rows rows = rows(codes);
    SplitRows expected = split.assign(rows, seed);
    RowSource source = RowSource.of(SCHEMA, codes, SplitPropertyTest::write);

    RowParts parts = split.parts(source, seed);

    int[][] found = new int[3][0];
    for (int number = 0; number < codes.size(); number++) {
      Rows one = rows(codes.subList(number, number + 1));
      int part = parts.part(one, 0, number).ordinal();
      found[part] = Arrays.copyOf(found[part], found[part].length + 1);
      found[part][found[part].length - 1] = number;
    }
    assertArrayEquals(expected.train(), found[0]);
    assertArrayEquals(expected.validation(), found[1]);
    assertArrayEquals(expected.test(), found[2]);
  }

  @Property
  void byTime_noRowIsLaterThanOneOfALaterPart_andTimesAreNotParted(
      @ForAll List<Integer> codes, @ForAll("weights") double validation) {
    Rows rows = rows(codes);

    SplitRows parts = new Split.ByTime(3, validation, 1).assign(rows, 0);

    assertTrue(latest(rows, parts.train()) < earliest(rows, parts.validation()));
    assertTrue(latest(rows, parts.train()) < earliest(rows, parts.test()));
    assertTrue(latest(rows, parts.validation()) < earliest(rows, parts.test()));
  }

  private static double latest(Rows rows, int[] part) {
    return Arrays.stream(part)
        .mapToDouble(row -> rows.doubleAt(row, 1))
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static double earliest(Rows rows, int[] part) {
    return Arrays.stream(part)
        .mapToDouble(row -> rows.doubleAt(row, 1))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  @Property
  void byCustomer_noCustomerIsInTwoParts(@ForAll List<Integer> codes, @ForAll long seed) {
    Rows rows = rows(codes);

    SplitRows parts = new Split.ByCustomer(2, 1, 1).assign(rows, seed);

    Map<String, Integer> partOf = new HashMap<>();
    List<int[]> all = List.of(parts.train(), parts.validation(), parts.test());
    for (int part = 0; part < 3; part++) {
      for (int row : all.get(part)) {
        String customer = rows.cellText(row, 0);
        if (!customer.isEmpty()) {
          Integer other = partOf.put(customer, part);
          assertTrue(other == null || other == part, customer);
        }
      }
    }
  }

  /* 40 000 customers at shares of 0.7, 0.1 and 0.2: six standard deviations are 0.0138 at most. */
  @Example
  void byCustomer_sharesHoldInExpectation() {
    Rows rows = new Rows(SCHEMA, 40_000);
    for (int i = 0; i < 40_000; i++) {
      int row = rows.add();
      if (i % 2 == 0) {
        rows.setLong(row, 0, i);
      } else {
        rows.setText(row, 0, "customer-" + i);
      }
    }

    SplitRows parts = new Split.ByCustomer(7, 1, 2).assign(rows, 20_261_122L);

    assertEquals(0.7, parts.train().length / 40_000.0, 0.0138);
    assertEquals(0.1, parts.validation().length / 40_000.0, 0.009);
    assertEquals(0.2, parts.test().length / 40_000.0, 0.012);
  }

  @Provide
  Arbitrary<Double> weights() {
    return Arbitraries.doubles().between(0, 3);
  }

  @Provide
  Arbitrary<Split> splits() {
    return Combinators.combine(weights(), weights(), Arbitraries.integers().between(0, 3))
        .as(
            (validation, test, kind) ->
                switch (kind) {
                  case 0 -> new Split.ByRatio(1, validation, test);
                  case 1 -> new Split.ByTime(1, validation, test);
                  case 2 -> new Split.ByCustomer(1, validation, test);
                  default ->
                      new Split.ByColumn("who", List.of("1", "c2", "3"), List.of(), test / 4);
                });
  }
}
