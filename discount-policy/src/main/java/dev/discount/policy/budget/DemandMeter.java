package dev.discount.policy.budget;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what the customers who came would have cost at every price of money, whatever the price
 * was. A guardrail that closes nothing: given to an engine it counts every decision once, and
 * changes none. Safe for concurrent use; a count takes a fraction of a microsecond and allocates
 * nothing.
 *
 * <p>Costs are counted as whole multiples of 2^-16 minor units, so that the sums do not depend on
 * the order in which threads add.
 */
public final class DemandMeter implements Guardrail {

  private static final double UNITS = 65_536;

  private final LevelCost levelCost;
  private final AtomicLongArray steps = new AtomicLongArray(PriceGrid.CELLS);
  private final AtomicLong customers = new AtomicLong();
  private final AtomicLong least = new AtomicLong();
  private final AtomicLong chosen = new AtomicLong();
  private final AtomicLong promised = new AtomicLong();

  /** Makes a meter of expected discounts. */
  public DemandMeter() {
    this(LevelCost.expectedDiscount());
  }

  /**
   * Makes a meter.
   *
   * @param levelCost what levels take from the budget
   */
  public DemandMeter(LevelCost levelCost) {
    this.levelCost = levelCost;
  }

  @Override
  public long closedLevels(DecisionContext context) {
    return 0;
  }

  @Override
  public boolean commit(DecisionContext context, int level) {
    count(context, level, 1);
    return true;
  }

  @Override
  public void giveBack(DecisionContext context, int level) {
    count(context, level, -1);
  }

  /**
   * Adds or takes away one customer. From the cheapest open level the steepest step is taken again
   * and again, which visits the upper hull of value over cost.
   */
  private void count(DecisionContext context, int level, int sign) {
    int at = cheapest(context);
    least.addAndGet(sign * units(levelCost.expectedMinor(context, at)));
    chosen.addAndGet(sign * units(levelCost.expectedMinor(context, level)));
    promised.addAndGet(sign * units(levelCost.mostMinor(context, level)));
    customers.addAndGet(sign);
    for (int next = steepest(context, at); next >= 0; next = steepest(context, at)) {
      double cost = levelCost.expectedMinor(context, next) - levelCost.expectedMinor(context, at);
      double slope = (context.value(next) - context.value(at)) / cost;
      steps.addAndGet(PriceGrid.cell(slope), sign * units(cost));
      at = next;
    }
  }

  private int cheapest(DecisionContext context) {
    int best = -1;
    double leastCost = 0;
    for (int level = 0; level < context.ladder().size(); level++) {
      if (context.isOpen(level)) {
        double cost = levelCost.expectedMinor(context, level);
        boolean better =
            best < 0
                || cost < leastCost
                || (cost <= leastCost && context.value(level) > context.value(best));
        if (better) {
          best = level;
          leastCost = cost;
        }
      }
    }
    return best;
  }

  /** Returns the level that is best to go to for its cost, the furthest of equals, or -1. */
  private int steepest(DecisionContext context, int at) {
    double cost = levelCost.expectedMinor(context, at);
    double value = context.value(at);
    int best = -1;
    double most = 0;
    for (int level = 0; level < context.ladder().size(); level++) {
      double more = levelCost.expectedMinor(context, level) - cost;
      if (context.isOpen(level) && more > 0 && context.value(level) > value) {
        double slope = (context.value(level) - value) / more;
        if (slope > most || (slope >= most && context.value(level) > context.value(best))) {
          most = slope;
          best = level;
        }
      }
    }
    return best;
  }

  private static long units(double minor) {
    return Math.round(minor * UNITS);
  }

  /** Returns the number of customers counted. */
  public long customers() {
    return customers.get();
  }

  /** Returns the expected cost of the levels that were chosen, in minor units. */
  public double chosenMinor() {
    return chosen.get() / UNITS;
  }

  /** Returns the most that the chosen levels can cost, in minor units. */
  public double promisedMinor() {
    return promised.get() / UNITS;
  }

  /**
   * Returns the curve of all customers counted so far. Customers that are counted meanwhile may be
   * in it in part.
   */
  public PriceCurve curve() {
    double[] costs = new double[PriceGrid.CELLS];
    for (int c = 0; c < costs.length; c++) {
      costs[c] = steps.get(c) / UNITS;
    }
    return new PriceCurve(customers.get(), least.get() / UNITS, costs);
  }

  /** Returns what levels take from the budget. */
  public LevelCost levelCost() {
    return levelCost;
  }

  @Override
  public String code() {
    return "demand-meter";
  }

  @Override
  public String reason() {
    return "The demand meter closes no level.";
  }

  @Override
  public Inputs inputs() {
    return Inputs.nothing();
  }
}
