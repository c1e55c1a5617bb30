package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitedSolveTest {

  private static final int CUSTOMERS = 300_000;
  private static final int LEVELS = 4;

  private final BudgetSolver solver = new BudgetSolver(2);

  /** Two groups of customers; the second responds less. Columns: profit, discount, revenue. */
  private static Population large() {
    float[] numbers = new float[CUSTOMERS * LEVELS * 3];
    byte[] groups = new byte[CUSTOMERS];
    for (int i = 0; i < CUSTOMERS; i++) {
      groups[i] = (byte) (CounterRandom.below(3, 1, 1, i) == 0 ? 1 : 0);
      double response = CounterRandom.unit(1, 2, i) * (groups[i] == 0 ? 2 : 1);
      for (int j = 0; j < LEVELS; j++) {
        double bought = 0.1 * (1 + response * Math.sqrt(j));
        int at = (i * LEVELS + j) * 3;
        numbers[at] = (float) (bought * (40 - 5 * j));
        numbers[at + 1] = (float) (bought * 5 * j);
        numbers[at + 2] = (float) (bought * (100 - 5 * j));
      }
    }
    return Population.of(LEVELS, 3, numbers).withGroups(2, groups);
  }

  private static List<BudgetLimit> limits() {
    List<BudgetLimit> limits = new ArrayList<>();
    limits.add(BudgetLimit.cost("budget", 300_000));
    limits.add(BudgetLimit.costOfGroup("campaign", 1, 90_000));
    limits.add(BudgetLimit.returnOnCost("return", 4));
    limits.add(BudgetLimit.ratio("margin", 0, 2, 0.37));
    limits.add(BudgetLimit.countAtMost("deepest", 3, 3, 25_000));
    limits.add(BudgetLimit.countAtLeast("offered", 1, 3, 160_000));
    limits.addAll(BudgetLimit.shareParity("parity", 0, 1, 1, 0.02));
    return limits;
  }

  @Test
  void manyCustomers_limitsKeptAndGapTiny() {
    LimitedChoice choice = solver.solve(large(), limits());
    assertTrue(choice.certificate().feasible(), choice.uses().toString());
    assertTrue(choice.certificate().relativeGap() < 1e-4, choice.certificate().toString());
    int[] counts = new int[LEVELS];
    for (int i = 0; i < choice.customers(); i++) {
      counts[choice.level(i)]++;
    }
    assertEquals(counts[3], choice.use("deepest").sum());
    assertEquals(counts[0] - CUSTOMERS, choice.use("offered").sum());
    for (LimitedChoice.Use use : choice.uses()) {
      assertTrue(use.sum() <= use.atMost(), use.toString());
      boolean binding = use.sum() > use.atMost() - 1e-2 * Math.abs(use.atMost());
      assertTrue(binding || use.price() < 1e-6 || use.atMost() == 0, use.toString());
    }
  }

  @Test
  void anyNumberOfThreads_equalResult() {
    LimitedChoice expected = solver.solve(large(), limits());
    LimitedChoice actual = new BudgetSolver(3).solve(large(), limits());
    assertEquals(expected.uses(), actual.uses());
    assertEquals(expected.certificate(), actual.certificate());
    for (int i = 0; i < CUSTOMERS; i++) {
      assertEquals(expected.level(i), actual.level(i));
    }
  }

  @Test
  void allCustomersEqual_tiesAreMixed() {
    float[] numbers = new float[100_000 * 2 * 2];
    for (int i = 0; i < numbers.length; i += 4) {
      numbers[i + 2] = 3;
      numbers[i + 3] = 2;
    }
    List<BudgetLimit> limits =
        List.of(BudgetLimit.cost("budget", 70_001), BudgetLimit.countAtMost("count", 1, 1, 90_000));
    LimitedChoice choice = solver.solve(Population.of(2, numbers), limits);
    assertEquals(105_000, choice.value());
    assertEquals(105_001.5, choice.certificate().dualBound(), 1e-3);
    assertTrue(choice.certificate().feasible());
  }

  @Test
  void oneLimit_agreesWithTheBudgetSolver() {
    Population population = large();
    BudgetChoice exact = solver.solve(population, 200_000);
    LimitedChoice choice = solver.solve(population, List.of(BudgetLimit.cost("b", 200_000)));
    assertEquals(exact.relaxedValue(), choice.certificate().dualBound(), 1e-6 * exact.value());
    assertEquals(exact.shadowPrice(), choice.use("b").price(), 1e-2 * exact.shadowPrice());
    assertTrue(choice.certificate().feasible());
  }

  @Test
  void parity_costIsReported() {
    Population population = large();
    double forgone = solver.valueForgone(population, limits(), Set.of("parity+", "parity-"));
    List<BudgetLimit> without = limits().subList(0, 6);
    double more = solver.solve(population, without).certificate().dualBound();
    double less = solver.solve(population, limits()).certificate().dualBound();
    assertTrue(forgone > 0);
    assertEquals(more - less, forgone, 1e-9 * more);
  }

  @Test
  void limitsThatCannotHoldTogether_areNamed() {
    Population population = large();
    List<BudgetLimit> limits =
        List.of(
            BudgetLimit.countAtMost("harmless", 2, 2, 1e9),
            BudgetLimit.cost("budget", 1_000),
            BudgetLimit.countAtLeast("offered", 1, 3, 200_000));
    InfeasibleBudgetException thrown =
        assertThrows(InfeasibleBudgetException.class, () -> solver.solve(population, limits));
    assertEquals(List.of("budget", "offered"), thrown.limits());
  }

  @Test
  void badLimits_areRefused() {
    Population population = Population.of(2, new float[8]).withGroups(3, new byte[] {0, 1});
    assertRefused(population, BudgetLimit.costOfGroup("empty", 2, 1));
    assertRefused(population, BudgetLimit.costOfGroup("unknown", 3, 1));
    assertRefused(population, BudgetLimit.ratio("column", 0, 2, 1));
    assertRefused(population, BudgetLimit.countAtMost("level", 2, 3, 1));
    BudgetLimit twice = BudgetLimit.cost("twice", 1);
    assertThrows(
        IllegalArgumentException.class, () -> solver.solve(population, List.of(twice, twice)));
    assertThrows(IllegalArgumentException.class, () -> solver.solve(population, List.of()));
    assertThrows(IllegalArgumentException.class, () -> BudgetLimit.cost("nan", Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> BudgetLimit.ratio("same", 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> BudgetLimit.countAtMost("order", 2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> BudgetLimit.costParity("zero", 0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> BudgetLimit.costParity("same", 1, 1, 1));
  }

  private void assertRefused(Population population, BudgetLimit limit) {
    assertThrows(
        IllegalArgumentException.class,
        () -> solver.solve(population, List.of(limit)),
        limit.toString());
  }
}
