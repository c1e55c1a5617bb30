package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Several limits, and one budget, against the linear programs of ojAlgo 55.2.0. */
class LimitedSolveReferenceTest {

  private static final int CASES = 1_000;
  private static final double TOLERANCE = 1e-7;

  private final BudgetSolver solver = new BudgetSolver(1);

  @Test
  void severalLimits_equalAnExactSolver() {
    int feasible = 0;
    int kept = 0;
    double share = 0;
    for (int seed = 0; seed < CASES; seed++) {
      MediumCase medium = new MediumCase(seed);
      double exact = medium.exact();
      if (Double.isNaN(exact)) {
        InfeasibleBudgetException thrown =
            assertThrows(
                InfeasibleBudgetException.class,
                () -> solver.solve(medium.population(), medium.limits),
                "seed " + seed);
        assertTrue(!thrown.limits().isEmpty());
        continue;
      }
      feasible++;
      LimitedChoice choice = solver.solve(medium.population(), medium.limits);
      Certificate certificate = choice.certificate();
      double tolerance = TOLERANCE * (1 + Math.abs(exact));
      assertEquals(exact, certificate.dualBound(), tolerance, "seed " + seed);
      assertEquals(exact, choice.relaxedValue(), tolerance, "seed " + seed);
      if (certificate.feasible()) {
        kept++;
        assertTrue(choice.value() <= exact + tolerance, "seed " + seed);
        share += exact == 0 ? 1 : choice.value() / exact;
      }
    }
    assertTrue(feasible > CASES / 2, "feasible " + feasible);
    assertTrue(kept > 0.95 * feasible, "kept " + kept + " of " + feasible);
    assertTrue(share / kept > 0.8, "share " + share / kept);
  }

  @Test
  void oneBudget_equalsAnExactSolver() {
    for (int seed = 0; seed < CASES; seed++) {
      MediumCase medium = new MediumCase(seed);
      BudgetLimit budget = medium.limits.get(0);
      medium.limits.retainAll(List.of(budget));
      BudgetChoice choice = solver.solve(medium.population(), budget.atMost());
      assertEquals(medium.exact(), choice.relaxedValue(), 1e-9 * (1 + choice.relaxedValue()));
    }
  }
}
