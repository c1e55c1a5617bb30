package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.guard.AllowedLevels;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PolicySweepTest {

  private static final int AGE = SCHEMA.slot("age");

  private static final StubModel MODEL =
      StubModel.of(
          SCHEMA,
          (rows, row, level) -> {
            double age = rows.doubleAt(row, AGE);
            return Double.isNaN(age) ? 0 : Math.min(1, (age + 7 * level) / 100);
          });

  private static Rows rows(int count) {
    Rows rows = new Rows(SCHEMA, count);
    for (int i = 0; i < count; i++) {
      int row = rows.add();
      rows.setLong(row, SCHEMA.slot("customer"), i);
      if (i % 2 == 0) {
        rows.setText(row, SCHEMA.slot("item"), "lamp");
      } else {
        rows.setLong(row, SCHEMA.slot("item"), 17);
      }
      rows.setDouble(row, AGE, i % 61);
      rows.setDouble(row, SCHEMA.slot("price"), 50 + i % 7);
      rows.setDouble(row, SCHEMA.slot("cost"), 30 + i % 11);
    }
    return rows;
  }

  private static int[] range(int count) {
    int[] range = new int[count];
    for (int i = 0; i < count; i++) {
      range[i] = i;
    }
    return range;
  }

  @Test
  void distributeInto_manyBlocks_isWhatAnEngineReports() {
    EpsilonGreedy policy = new EpsilonGreedy(new ExpectedProfit(), 0.2);
    AllowedLevels allowed = AllowedLevels.of(Map.of("17", Set.of(1, 3)));
    LargestDiscount largest = new LargestDiscount(1_500);
    DecisionEngine engine =
        DecisionEngine.builder(MODEL, LADDER)
            .policy(policy)
            .guardrail(allowed)
            .guardrail(largest)
            .build();
    Rows rows = rows(700);
    double[] out = new double[700 * LADDER.size()];
    PolicySweep.of(MODEL, LADDER, policy, List.of(allowed, largest))
        .distributeInto(rows, range(700), out);
    for (int i = 0; i < 700; i++) {
      Decision decision =
          engine.decide(
              DecisionRequest.builder(i)
                  .customer(i)
                  .offer(
                      new Offer(
                          i % 2 == 0 ? "lamp" : "17",
                          5_000 + 100 * (i % 7),
                          3_000 + 100 * (i % 11)))
                  .number("age", i % 61)
                  .build());
      for (int level = 0; level < LADDER.size(); level++) {
        assertEquals(decision.levels().get(level).chance(), out[i * LADDER.size() + level]);
      }
    }
  }

  @Test
  void distributeInto_selection_keepsItsOrder() {
    PolicySweep sweep = PolicySweep.of(MODEL, LADDER, new ExpectedProfit(), List.of());
    Rows rows = rows(40);
    double[] all = new double[40 * 4];
    sweep.distributeInto(rows, range(40), all);
    double[] some = new double[3 * 4];
    sweep.distributeInto(rows, new int[] {31, 2, 2}, some);
    for (int level = 0; level < 4; level++) {
      assertEquals(all[31 * 4 + level], some[level]);
      assertEquals(all[2 * 4 + level], some[4 + level]);
      assertEquals(all[2 * 4 + level], some[8 + level]);
    }
  }

  @Test
  void withLevels_levelZeroLeftOut_smallestLevelCannotBeClosed() {
    double[] out = new double[4];
    PolicySweep sweep =
        PolicySweep.of(MODEL, LADDER, new FlatLevel(0), List.of(new LargestDiscount(0)));
    sweep.withLevels(0b1110).distributeInto(rows(1), range(1), out);
    assertArrayEquals(new double[] {0, 1, 0, 0}, out);
    sweep.distributeInto(rows(1), range(1), out);
    assertArrayEquals(new double[] {1, 0, 0, 0}, out);
  }

  @Test
  void distributeInto_otherSchema_findsFieldsByName() {
    Schema log =
        Schema.builder()
            .field(Field.of("age", Field.Kind.NUMBER))
            .field(Field.of("unrelated", Field.Kind.NUMBER))
            .constantPriceMinor(10_000)
            .constantCostMinor(6_000)
            .build();
    Rows rows = new Rows(log, 1);
    rows.setDouble(rows.add(), 0, 50);
    double[] out = new double[4];
    PolicySweep.of(MODEL, LADDER, new ExpectedProfit(), List.of())
        .distributeInto(rows, range(1), out);
    // 0.50*4000, 0.57*3500, 0.64*3000, 0.71*2000
    assertArrayEquals(new double[] {1, 0, 0, 0}, out);
    rows.setDouble(0, 0, 10);
    PolicySweep.of(MODEL, LADDER, new ExpectedProfit(), List.of())
        .distributeInto(rows, range(1), out);
    // 0.10*4000, 0.17*3500, 0.24*3000, 0.31*2000
    assertArrayEquals(new double[] {0, 0, 1, 0}, out);
  }

  @Test
  void distributeInto_badInput_isRefused() {
    PolicySweep sweep = PolicySweep.of(MODEL, LADDER, new ExpectedProfit(), List.of());
    assertRefused(
        "out must have length >= 8, got 7",
        () -> sweep.distributeInto(rows(2), range(2), new double[7]));
    assertRefused("newLevels must have a level of the ladder, got 16", () -> sweep.withLevels(16));

    Rows unpriced = rows(2);
    unpriced.setMissing(1, SCHEMA.slot("cost"));
    assertRefused(
        "price and cost of row 1 must be stated, got a row without",
        () -> sweep.distributeInto(unpriced, range(2), new double[8]));

    Rows below = rows(1);
    below.setDouble(0, SCHEMA.slot("cost"), 51);
    assertRefused(
        "unitCostMinor must be in [0, listPriceMinor=5000], got 5100",
        () -> sweep.distributeInto(below, range(1), new double[4]));

    Schema other = Schema.builder().field(Field.of("age", Field.Kind.CATEGORY)).build();
    Rows kinds = new Rows(other, 1);
    kinds.add();
    assertRefused(
        "field age of rows must be of kind number, got category",
        () -> sweep.distributeInto(kinds, range(1), new double[4]));
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
