package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Money;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetSolverTest {

  private static final Currency EUR = Currency.getInstance("EUR");
  private static final Currency USD = Currency.getInstance("USD");

  /** Two customers, three levels: slopes 4, 1 and 3, 2. */
  private static final Population TWO =
      Population.of(3, new float[] {0, 0, 4, 1, 5, 2, 0, 0, 3, 1, 7, 3});

  private final BudgetSolver solver = new BudgetSolver(2);

  @ParameterizedTest
  @CsvSource({"0,0,4", "1,4,3", "2,7,2", "3,9,2", "4,11,1", "4.5,11.5,1", "5,12,0", "9,12,0"})
  void path_handComputed(double budget, double value, double price) {
    BudgetPath path = solver.path(TWO);
    assertEquals(value, path.value(budget));
    assertEquals(price, path.shadowPrice(budget));
    assertEquals(4, path.steps());
    assertEquals(0, path.leastCost());
    assertEquals(5, path.mostCost());
  }

  @Test
  void path_spendAtPrice_isWhatCustomersTake() {
    BudgetPath path = solver.path(TWO);
    assertEquals(5, path.spend(0));
    assertEquals(5, path.spend(0.5));
    assertEquals(4, path.spend(1));
    assertEquals(1, path.spend(3));
    assertEquals(0, path.spend(4));
    assertThrows(IllegalArgumentException.class, () -> path.spend(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> path.spend(-1));
  }

  @Test
  void solve_budgetInsideAStep_splitsOneCustomer() {
    BudgetChoice choice = solver.solve(TWO, 3);
    assertEquals(new BudgetChoice.Split(1, 1, 2, 0.5, 4), choice.split().orElseThrow());
    assertEquals(1, choice.level(0));
    assertEquals(1, choice.level(1));
    assertEquals(2, choice.spend());
    assertEquals(7, choice.value());
    assertEquals(9, choice.relaxedValue());
    assertEquals(new Certificate(7, 9, 0), choice.certificate());
    assertEquals(2 / 9.0, choice.certificate().relativeGap());
  }

  @Test
  void solve_negativeBudget_needsNegativeCosts() {
    Population refund = Population.of(2, new float[] {-2, -5, 0, 0, -1, -1, 0, 0});
    BudgetChoice choice = solver.solve(refund, -5);
    assertEquals(0, choice.level(0));
    assertEquals(1, choice.level(1));
    assertEquals(-2, choice.value());
    InfeasibleBudgetException thrown =
        assertThrows(InfeasibleBudgetException.class, () -> solver.solve(refund, -7));
    assertEquals(List.of("budget"), thrown.limits());
    assertEquals(
        "budget must be at least -6.0, the cost of the cheapest level of every customer, got -7.0",
        thrown.getMessage());
    assertThrows(InfeasibleBudgetException.class, () -> solver.path(refund).choice(-7));
  }

  @Test
  void solve_budgetZero_takesWhatIsFree() {
    Population free = Population.of(2, new float[] {0, 0, 3, 0, 0, 0, 5, 1});
    BudgetChoice choice = solver.solve(free, 0);
    assertEquals(1, choice.level(0));
    assertEquals(0, choice.level(1));
    assertEquals(5, choice.shadowPrice());
  }

  @Test
  void solve_noAffordableLevel_isNamed() {
    Population dear = Population.of(2, new float[] {1, 10, 2, 20});
    assertThrows(InfeasibleBudgetException.class, () -> solver.solve(dear, 9));
  }

  @Test
  void solve_allLevelsClosed_namesTheCustomer() {
    float closed = Float.NEGATIVE_INFINITY;
    Population population = Population.of(2, new float[] {0, 0, 1, 1, closed, 0, closed, 1});
    assertMessage("customer 1 must have an open level", population);
  }

  @ParameterizedTest
  @CsvSource({
    "5,NaN,cost of customer 1 at level 0 of 2 must be finite",
    "7,Infinity,cost of customer 1 at level 1 of 2 must be finite",
    "7,-Infinity,cost of customer 1 at level 1 of 2 must be finite",
    "4,NaN,value of customer 1 at level 0 of 2 must be finite or negative infinity (closed)",
    "6,Infinity,value of customer 1 at level 1 of 2 must be finite or negative infinity (closed)"
  })
  void solve_badNumber_namesIt(int place, float bad, String message) {
    float[] numbers = {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1};
    numbers[place] = bad;
    assertMessage(message + ", got " + bad, Population.of(2, numbers));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 77_777, 199_999})
  void solve_badNumberAmongMany_namesIt(int customer) {
    float[] numbers = new float[200_000 * 4];
    for (int i = 0; i < numbers.length; i += 4) {
      numbers[i + 2] = 1 + i % 1001;
      numbers[i + 3] = 1 + i % 997;
    }
    numbers[4 * customer + 3] = Float.NaN;
    assertMessage(
        "cost of customer " + customer + " at level 1 of 2 must be finite, got NaN",
        Population.of(2, numbers));
  }

  private void assertMessage(String message, Population population) {
    for (BudgetSolver each : List.of(solver, new BudgetSolver(1))) {
      assertEquals(
          message,
          assertThrows(IllegalArgumentException.class, () -> each.solve(population, 5))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> each.path(population));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void solve_budgetNotFinite_isRefused(double budget) {
    assertThrows(IllegalArgumentException.class, () -> solver.solve(TWO, budget));
    assertThrows(IllegalArgumentException.class, () -> solver.path(TWO).value(budget));
  }

  @Test
  void solve_money_mustBeInTheCurrencyOfTheCosts() {
    Population priced = TWO.inCurrency(EUR);
    assertEquals(7, solver.solve(priced, new Money(2, EUR)).value());
    assertEquals(7, solver.path(priced).choice(new Money(2, EUR)).value());
    String message =
        assertThrows(IllegalArgumentException.class, () -> solver.solve(priced, new Money(2, USD)))
            .getMessage();
    assertEquals("budget must be in EUR as the costs are, got 0.02 USD", message);
    assertThrows(IllegalArgumentException.class, () -> solver.solve(TWO, new Money(2, EUR)));
  }

  @Test
  void solve_roundedDifferences_neverExceedTheBudget() {
    // The step's cost, 2^30 - 2^-24, is no double; added up it seems to fit a budget it exceeds.
    float tiny = 0x1p-24f;
    Population population = Population.of(2, new float[] {0, tiny, 1, 0x1p30f, 0, 0, 1, tiny});
    BudgetChoice choice = solver.solve(population, Math.nextDown(0x1p30));
    assertTrue(choice.spend() <= Math.nextDown(0x1p30));
    assertTrue(choice.certificate().feasible());
  }

  @Test
  void solve_threads_endWithTheCall() {
    List<Thread> seen = new CopyOnWriteArrayList<>();
    Population watched =
        new Population() {
          @Override
          public int customers() {
            return 100_000;
          }

          @Override
          public int levels() {
            return 1;
          }

          @Override
          public void readInto(int firstCustomer, int count, float[] out) {
            seen.add(Thread.currentThread());
            java.util.Arrays.fill(out, 1);
          }
        };
    new BudgetSolver(4).solve(watched, 1e6);
    for (Thread thread : seen) {
      assertTrue(thread == Thread.currentThread() || !thread.isAlive(), thread.getName());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1025})
  void threads_outOfRange_areRefused(int threads) {
    assertThrows(IllegalArgumentException.class, () -> new BudgetSolver(threads));
  }
}
