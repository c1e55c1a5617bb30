package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.random.CounterRandom;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The solver against every assignment listed, and its ways of solving against each other. */
class BudgetSolverDifferentialTest {

  private static final int SMALL_CASES = 100_000;
  private static final int CUSTOMERS = 90_000;
  private static final double TOLERANCE = 1e-12;

  private final BudgetSolver solver = new BudgetSolver(1);

  @Test
  void smallCases_equalBruteForce() {
    int feasible = 0;
    int splits = 0;
    for (int seed = 0; seed < SMALL_CASES; seed++) {
      SmallCase small = new SmallCase(new SplittableRandom(seed));
      List<double[]> assignments = small.assignments();
      double best = SmallCase.best(assignments, small.budget);
      if (Double.isNaN(best)) {
        assertThrows(
            InfeasibleBudgetException.class, () -> solver.solve(small.population(), small.budget));
        continue;
      }
      BudgetChoice choice = solver.solve(small.population(), small.budget);
      check(small, choice, best, SmallCase.relaxedBest(assignments, small.budget), "seed " + seed);
      feasible++;
      splits += choice.split().isPresent() ? 1 : 0;
    }
    assertTrue(feasible > SMALL_CASES / 2, "feasible " + feasible);
    assertTrue(splits > SMALL_CASES / 20, "splits " + splits);
  }

  private void check(
      SmallCase small, BudgetChoice choice, double best, double relaxed, String what) {
    double tolerance = TOLERANCE * (1 + Math.abs(relaxed));
    Certificate certificate = choice.certificate();
    assertTrue(certificate.feasible(), what);
    assertTrue(choice.spend() <= small.budget, what);
    assertEquals(relaxed, choice.relaxedValue(), tolerance, what);
    assertEquals(relaxed, certificate.dualBound(), tolerance, what);
    assertTrue(choice.value() <= best, what);
    assertTrue(choice.value() >= best - certificate.gap() - tolerance, what);
    if (choice.split().isEmpty()) {
      assertEquals(best, choice.value(), what);
    }
    double value = 0;
    double cost = 0;
    for (int i = 0; i < small.customers; i++) {
      int at = i * small.levels + choice.level(i);
      value += small.numbers[2 * at];
      cost += small.numbers[2 * at + 1];
    }
    assertEquals(value, choice.value(), what);
    assertEquals(cost, choice.spend(), what);
    BudgetPath path = solver.path(small.population());
    assertEquals(relaxed, path.value(small.budget), tolerance, what);
    assertEquals(choice.shadowPrice(), path.shadowPrice(small.budget), what);
    assertSameChoice(choice, path.choice(small.budget));
  }

  /** Populations that a sample judges well, badly or not at all. */
  enum Kind {
    RANDOM {
      @Override
      float number(int customer, int level, int column) {
        double u = CounterRandom.unit(column, level, customer);
        return (float) (column == 0 ? Math.sqrt(level) * u : level * (1 + u));
      }
    },
    WHOLE_NUMBERS {
      @Override
      float number(int customer, int level, int column) {
        return CounterRandom.below(column == 0 ? 4 : 7, column, level, customer);
      }
    },
    ALL_EQUAL {
      @Override
      float number(int customer, int level, int column) {
        return column == 0 ? (float) Math.sqrt(level) : level;
      }
    },
    ONE_SLOPE {
      @Override
      float number(int customer, int level, int column) {
        return column == 0 ? level / 3f : level;
      }
    },
    SORTED {
      @Override
      float number(int customer, int level, int column) {
        return column == 0 ? level * customer / (float) CUSTOMERS : level * (1 + level);
      }
    },
    /** What the sample reads is worth nothing, and what it skips is. */
    MISLEADING {
      @Override
      float number(int customer, int level, int column) {
        boolean read =
            customer * 1023L / (CUSTOMERS - 16) * (CUSTOMERS - 16) / 1023 + 16 > customer;
        return column == 0 ? (read ? 1e-3f : 1 + customer % 13) * level : level * (level + 1);
      }
    },
    SIGNED {
      @Override
      float number(int customer, int level, int column) {
        return (float) (CounterRandom.gaussian(column, level, customer) * 100);
      }
    };

    abstract float number(int customer, int level, int column);

    Population population() {
      int levels = 4;
      float[] numbers = new float[CUSTOMERS * levels * 2];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = number(i / 2 / levels, i / 2 % levels, i % 2);
      }
      return Population.of(levels, numbers);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void largePopulation_bracketsAndPathAgree(Kind kind) {
    Population population = kind.population();
    BudgetPath path = new BudgetSolver(2).path(population);
    for (double share : new double[] {0, 1e-5, 0.3, 0.9, 1, 1.1}) {
      double budget = path.leastCost() + share * (path.mostCost() - path.leastCost());
      BudgetChoice choice = solver.solve(population, budget);
      BudgetChoice onPath = path.choice(budget);
      // The dual bound is a difference of sums whose terms have this size.
      double scale = CUSTOMERS * 100.0 * (1 + choice.shadowPrice());
      assertTrue(choice.certificate().feasible());
      assertEquals(
          onPath.certificate().dualBound(), choice.certificate().dualBound(), 1e-15 * scale);
      assertEquals(onPath.relaxedValue(), choice.relaxedValue(), 1e-15 * scale);
      assertEquals(path.value(budget), choice.relaxedValue(), 1e-15 * scale);
      assertEquals(onPath.certificate().dualBound(), choice.relaxedValue(), 1e-15 * scale);
      assertEquals(onPath.value(), choice.value(), 1e-15 * scale);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anyNumberOfThreads_equalBits(Kind kind) {
    Population population = kind.population();
    BudgetPath path = solver.path(population);
    double budget = (path.leastCost() + path.mostCost()) / 2;
    BudgetChoice expected = solver.solve(population, budget);
    for (int threads : new int[] {2, 3, 7}) {
      BudgetSolver more = new BudgetSolver(threads);
      assertSameChoice(expected, more.solve(population, budget));
      BudgetPath samePath = more.path(population);
      assertEquals(path.value(budget), samePath.value(budget));
      assertEquals(path.mostCost(), samePath.mostCost());
      assertSameChoice(path.choice(budget), samePath.choice(budget));
    }
  }

  private static void assertSameChoice(BudgetChoice expected, BudgetChoice actual) {
    assertEquals(expected.shadowPrice(), actual.shadowPrice());
    assertEquals(expected.certificate(), actual.certificate());
    assertEquals(expected.split(), actual.split());
    int[] levels = new int[expected.customers()];
    int[] actualLevels = new int[expected.customers()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = expected.level(i);
      actualLevels[i] = actual.level(i);
    }
    assertArrayEquals(levels, actualLevels);
  }
}
