package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Customers one by one in any order, chosen for at a price that is computed again from yesterday's
 * customers less those who have come, against what a solver makes of the day in hindsight.
 */
class OnlineBudgetTest {

  private static final int CUSTOMERS = 100_000;
  private static final int EVERY = 256;
  private static final OnlineDay TODAY = OnlineDay.of(CUSTOMERS, 2);

  /** The customers of the last week. */
  private static final BudgetPath PAST =
      new BudgetSolver(1).path(OnlineDay.population(7 * CUSTOMERS, 1));

  private static final BudgetPath HINDSIGHT = new BudgetSolver(1).path(TODAY.population());

  /** What came of a day. */
  private record Outcome(double value, long spentMinor) {

    /** Returns the share of the best value. */
    double whole(long budgetMinor) {
      return value / HINDSIGHT.value(budgetMinor);
    }

    /** Returns the share of what the budget can add to the value without it. */
    double gain(long budgetMinor) {
      double without = HINDSIGHT.value(HINDSIGHT.leastCost());
      return (value - without) / (HINDSIGHT.value(budgetMinor) - without);
    }
  }

  private static Outcome run(OnlineDay.Order order, long budgetMinor) {
    DemandForecast forecast = DemandForecast.of(PAST).ofCustomers(CUSTOMERS);
    DemandMeter meter = new DemandMeter();
    AtShadowPrice policy = new AtShadowPrice(forecast.curve().shadowPrice(budgetMinor));
    long left = budgetMinor;
    double value = 0;
    double[] out = new double[4];
    int seen = 0;
    for (int customer : order.arrivals(TODAY)) {
      if (seen++ % EVERY == 0) {
        policy = new AtShadowPrice(forecast.shadowPrice(meter.curve(), left));
      }
      var context = TODAY.contexts[customer];
      int level = OnlineDay.choose(policy, context, left, out);
      meter.commit(context, level);
      left -= OnlineDay.costMinor(context, level);
      value += context.value(level);
      assertTrue(left >= 0, "left " + left);
    }
    return new Outcome(value, budgetMinor - left);
  }

  @ParameterizedTest
  @EnumSource(OnlineDay.Order.class)
  void price_solvedAgain_reachesHindsightInAnyOrder(OnlineDay.Order order) {
    boolean sorted = order != OnlineDay.Order.RANDOM && order != OnlineDay.Order.TRENDING;
    for (double share : new double[] {0.1, 0.5}) {
      long budgetMinor = (long) (share * PAST.mostCost() / 7);
      Outcome outcome = run(order, budgetMinor);
      String what = order + " with " + share + ": ";
      assertTrue(outcome.spentMinor <= budgetMinor, what + outcome);
      assertTrue(outcome.whole(budgetMinor) >= 0.997, what + outcome.whole(budgetMinor));
      double gain = outcome.gain(budgetMinor);
      assertTrue(gain >= (sorted ? 0.985 : 0.997), what + "gain " + gain);
    }
  }

  @Test
  void budget_none_buysNothing() {
    Outcome outcome = run(OnlineDay.Order.RANDOM, 0);
    assertEquals(0, outcome.spentMinor);
    assertEquals(HINDSIGHT.value(0), outcome.value, 1e-6 * outcome.value);
  }

  @Test
  void customer_withNoAffordableLevel_getsNone() {
    AtShadowPrice free = new AtShadowPrice(0);
    double[] out = new double[4];
    assertEquals(0, OnlineDay.choose(free, TODAY.contexts[0], 0, out));
    assertTrue(OnlineDay.choose(free, TODAY.contexts[0], Long.MAX_VALUE, out) > 0);
  }

  @Test
  void meter_countsWhatTheSolverFinds() {
    DemandMeter meter = new DemandMeter();
    for (var context : TODAY.contexts) {
      meter.commit(context, 0);
    }
    PriceCurve counted = meter.curve();
    PriceCurve solved = DemandForecast.of(HINDSIGHT).curve();
    assertEquals(CUSTOMERS, counted.customers());
    for (double price : new double[] {0, 0.01, 0.3, 0.5, 1, 2, 10, 1e12}) {
      assertEquals(solved.spend(price), counted.spend(price), 1e-5 * solved.spend(0), "" + price);
    }
    for (double share : new double[] {0.01, 0.2, 0.9}) {
      double budget = share * HINDSIGHT.mostCost();
      assertEquals(
          HINDSIGHT.shadowPrice(budget),
          solved.shadowPrice(budget),
          1e-3 * HINDSIGHT.shadowPrice(budget));
      assertEquals(budget, solved.spend(solved.shadowPrice(budget)), 1e-9 * budget);
    }
  }
}
