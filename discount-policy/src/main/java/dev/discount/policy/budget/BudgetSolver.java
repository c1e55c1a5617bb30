package dev.discount.policy.budget;

import dev.discount.core.Money;
import java.util.List;
import java.util.Set;

/**
 * Divides a sum of money among customers so that the total value is largest: one level for each
 * customer, the total cost within a budget. Immutable and safe for concurrent use; a call uses the
 * stated number of threads, the caller's among them, which end with it, and its result does not
 * depend on that number.
 *
 * <p>The relaxed problem, in which customers may be split between levels, is solved exactly; its
 * solution splits at most one customer [1], who gets the cheaper level. What that can cost is in
 * the {@link Certificate}.
 *
 * <p>[1] P. Sinha and A. A. Zoltners, The Multiple-Choice Knapsack Problem, Operations Research 27
 * (1979), 503-515
 *
 * @param threads the number of threads of a call, the caller included, at least 1
 */
public record BudgetSolver(int threads) {

  /*
   * One budget. Sorting all steps would do more than is asked: only those near the final price
   * matter. A sample's exact solution brackets the price; one pass gives everybody whose best level
   * is the same at both ends that level; the few others' steps are cut into buckets, and the bucket
   * in which the money ends is sorted. The pass counts costs, so a bracket that misses shows itself
   * and is replaced by all that lies beyond it: the result is exact whatever the sample. This is
   * selection by sampling [1] with prices in place of ranks.
   *
   * [1] R. W. Floyd and R. L. Rivest, Expected Time Bounds for Selection, Comm. ACM 18 (1975)
   */

  /** Checks the number of threads. */
  public BudgetSolver {
    new Crew(threads);
  }

  /**
   * Solves for one budget.
   *
   * @param population the customers
   * @param budget the most the levels may cost together, of any sign
   * @throws IllegalArgumentException if the budget is not finite or the population breaks its
   *     promises
   * @throws InfeasibleBudgetException if even the cheapest levels cost more
   */
  public BudgetChoice solve(Population population, double budget) {
    Requirements.population(population);
    Requirements.finite("budget", budget);
    Sweep sweep = new Sweep(population, new Crew(threads));
    Bracket bracket = PriceRange.first(population, budget, this);
    List<Bracket.Partial> partials = sweep.run(bracket);
    PreciseSum cost = cost(partials);
    if (cost.value() > budget && bracket.high() < Bracket.ABOVE_ALL) {
      bracket = PriceRange.higher(bracket);
    } else if (costOfAll(partials) < budget && bracket.low() > 0) {
      bracket = PriceRange.lower(bracket);
    } else {
      return finish(sweep, bracket, partials, budget);
    }
    partials = sweep.run(bracket);
    if (cost(partials).value() > budget || costOfAll(partials) < budget) {
      bracket = Bracket.everything(population.customers());
      partials = sweep.run(bracket);
    }
    return finish(sweep, bracket, partials, budget);
  }

  /**
   * Solves with several limits together, which need not be budgets. Passes over the population cost
   * about the same however many limits there are; how many it takes is in the result.
   *
   * @param population the customers
   * @param limits the limits, at least one, of distinct names
   * @throws IllegalArgumentException if a limit does not fit the population, or the population
   *     breaks its promises
   * @throws InfeasibleBudgetException if no mixture of choices keeps all limits; names those that
   *     cannot be kept together
   */
  public LimitedChoice solve(Population population, List<BudgetLimit> limits) {
    return new LimitedSolve(population, limits, new Crew(threads)).solve();
  }

  /**
   * Returns the value that some limits cost: by how much the best value would be larger without
   * them.
   *
   * @param population the customers
   * @param limits all limits
   * @param names the names of those in question, not all
   * @throws IllegalArgumentException as {@link #solve(Population, List)}
   * @throws InfeasibleBudgetException as {@link #solve(Population, List)}
   */
  public double valueForgone(Population population, List<BudgetLimit> limits, Set<String> names) {
    List<BudgetLimit> others = limits.stream().filter(l -> !names.contains(l.name())).toList();
    Crew crew = new Crew(threads);
    double with = new LimitedSolve(population, limits, crew).bound();
    return Math.max(0, new LimitedSolve(population, others, crew).bound() - with);
  }

  private static PreciseSum cost(List<Bracket.Partial> partials) {
    PreciseSum cost = new PreciseSum();
    for (Bracket.Partial partial : partials) {
      cost.add(partial.cost);
    }
    return cost;
  }

  /** Returns the cost after all steps. */
  private static double costOfAll(List<Bracket.Partial> partials) {
    PreciseSum cost = cost(partials);
    for (Bracket.Partial partial : partials) {
      for (int i = 0; i < partial.steps.size; i++) {
        cost.add(partial.steps.costs[i]);
      }
    }
    return cost.value();
  }

  /**
   * Solves for one budget stated as money.
   *
   * @param population the customers, whose costs are in minor units of the budget's currency
   * @param budget the most the levels may cost together
   * @throws IllegalArgumentException if the population states no currency or another, or breaks its
   *     promises
   * @throws InfeasibleBudgetException if even the cheapest levels cost more
   */
  public BudgetChoice solve(Population population, Money budget) {
    return solve(population, Requirements.minorUnits(population, budget));
  }

  /**
   * Solves for every budget at once. Needs about 64 bytes of memory for each level worth buying at
   * some price, half of them to keep.
   *
   * @param population the customers; read again by {@link BudgetPath#choice}
   * @throws IllegalArgumentException if the population breaks its promises
   */
  public BudgetPath path(Population population) {
    Requirements.population(population);
    Crew crew = new Crew(threads);
    Sweep sweep = new Sweep(population, crew);
    Bracket everything = Bracket.everything(population.customers());
    List<Bracket.Partial> partials = sweep.run(everything);
    PreciseSum value = new PreciseSum();
    for (Bracket.Partial partial : partials) {
      value.add(partial.value);
    }
    Steps steps = new StepOrder(crew).sorted(partials.stream().map(p -> p.steps).toList());
    return new BudgetPath(
        sweep,
        everything.levels(),
        new PathCurve(steps, cost(partials).value(), value.value(), crew));
  }

  private static BudgetChoice finish(
      Sweep sweep, Bracket bracket, List<Bracket.Partial> partials, double budget) {
    PreciseSum cost = cost(partials);
    if (cost.value() > budget) {
      throw tooDear(cost.value(), budget);
    }
    List<Steps> parts = partials.stream().map(p -> p.steps).toList();
    Steps steps = new StepOrder(sweep.crew()).sortedAround(parts, budget - cost.value());
    Walk walk = new Walk(steps, budget, bracket.low());
    Walk.End end = walk.take(0, cost);
    walk.apply(end.taken(), bracket.levels());
    return audited(sweep, walk, end, bracket.levels(), budget);
  }

  /** Recomputes the choice; should rounding have let in a step too many, takes it back. */
  static BudgetChoice audited(
      Sweep sweep, Walk walk, Walk.End found, byte[] levels, double budget) {
    Walk.End end = found;
    Audit.Partial audit = Audit.of(sweep, levels, end.price());
    while (audit.cost() > budget && end.taken() > 0) {
      end = walk.undo(end, levels);
      audit = Audit.of(sweep, levels, end.price());
    }
    return new BudgetChoice(levels, budget, end, audit, walk.split(end));
  }

  static InfeasibleBudgetException tooDear(double leastCost, double budget) {
    return new InfeasibleBudgetException(
        "budget must be at least "
            + leastCost
            + ", the cost of the cheapest level of every customer, got "
            + budget,
        List.of("budget"));
  }
}
