package dev.discount.policy.budget;

import dev.discount.core.Money;

/**
 * The best use of every sum of money at once: the largest value as a concave function of the
 * budget, its slope (the shadow price, what the next unit of money buys), and the choice of levels
 * at any budget. Immutable and safe for concurrent use; {@link #choice} runs on the threads of the
 * solver that made the path.
 *
 * <p>Values are those of the relaxed problem, in which at most one customer is split between two
 * levels. Queries other than {@link #choice} take about a microsecond.
 */
public final class BudgetPath {

  private final Sweep sweep;
  private final byte[] cheapest;
  private final PathCurve curve;

  BudgetPath(Sweep sweep, byte[] cheapest, PathCurve curve) {
    this.sweep = sweep;
    this.cheapest = cheapest;
    this.curve = curve;
  }

  /** Returns the cost of everybody's cheapest level: the least feasible budget. */
  public double leastCost() {
    return curve.cost(0);
  }

  /** Returns the cost of everybody's most valuable level: more money buys nothing. */
  public double mostCost() {
    return curve.cost();
  }

  /** Returns the number of steps, each a customer's from a level to the next worth buying. */
  public int steps() {
    return curve.steps().size;
  }

  /**
   * Returns the largest value at a budget.
   *
   * @param budget the budget
   * @throws InfeasibleBudgetException if it is below {@link #leastCost}
   */
  public double value(double budget) {
    Walk.End end = take(budget);
    return curve.value(end.taken()) + end.price() * end.remaining();
  }

  /**
   * Returns the value that the next unit of money buys at a budget, 0 from {@link #mostCost} on.
   *
   * @param budget the budget
   * @throws InfeasibleBudgetException if it is below {@link #leastCost}
   */
  public double shadowPrice(double budget) {
    return take(budget).price();
  }

  /**
   * Returns the cost if every customer takes the level of largest {@code value - price * cost}, the
   * cheapest of equals.
   *
   * @param price the price of a unit of money, at least 0
   */
  public double spend(double price) {
    if (!(price >= 0)) {
      throw new IllegalArgumentException("price must be at least 0, got " + price);
    }
    return curve.cost(curve.stepsAbove(price));
  }

  /**
   * Returns the choice at a budget.
   *
   * @param budget the budget
   * @throws InfeasibleBudgetException if it is below {@link #leastCost}
   */
  public BudgetChoice choice(double budget) {
    Walk.End end = take(budget);
    Walk walk = new Walk(curve.steps(), budget, 0);
    return BudgetSolver.audited(sweep, walk, end, levels(end), budget);
  }

  /**
   * Returns the choice at a budget stated as money.
   *
   * @param budget the budget, in the currency of the population
   * @throws IllegalArgumentException if the population states no currency or another
   * @throws InfeasibleBudgetException if it is below {@link #leastCost}
   */
  public BudgetChoice choice(Money budget) {
    return choice(Requirements.minorUnits(sweep.population(), budget));
  }

  /** Returns the number of customers. */
  public int customers() {
    return cheapest.length;
  }

  /**
   * Adds up steps by the cell of their slope.
   *
   * @param costs receives the cost of the steps
   * @param squares receives by how much they raise the square of their customer's cost
   */
  void addStepsTo(double[] costs, double[] squares) {
    Steps steps = curve.steps();
    double[] spent = new double[customers()];
    for (int i = 0; i < steps.size; i++) {
      int cell = PriceGrid.cell(steps.slope(i));
      int customer = steps.customer(i);
      double before = spent[customer];
      spent[customer] += steps.costs[i];
      costs[cell] += steps.costs[i];
      squares[cell] += spent[customer] * spent[customer] - before * before;
    }
  }

  /** Returns the levels at a budget. */
  byte[] levels(double budget) {
    return levels(take(budget));
  }

  private byte[] levels(Walk.End end) {
    byte[] levels = cheapest.clone();
    new Walk(curve.steps(), 0, 0).apply(end.taken(), levels);
    return levels;
  }

  private Walk.End take(double budget) {
    Requirements.finite("budget", budget);
    if (budget < leastCost()) {
      throw BudgetSolver.tooDear(leastCost(), budget);
    }
    return curve.take(budget);
  }
}
