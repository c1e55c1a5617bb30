package dev.discount.policy.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One solve with several limits: prices from samples, then from all customers, then a choice.
 * Confined to one thread.
 */
final class LimitedSolve {

  private static final int[] SAMPLE_RUNS = {1024, 16_384};
  private static final int SAMPLED_FROM = 8;
  private static final int SMALL = 1 << 16;
  private static final double HIGHEST = 1e6;
  private static final double CLOSE = 1e-10;
  private static final double CLOSE_MANY = 1e-6;
  private static final int SAMPLE_PASSES = 400;
  private static final int SMALL_PASSES = 3_000;
  private static final int PASSES = 100;
  private static final int ROUNDINGS = 10;
  private static final double NEGLIGIBLE = 1e-9;

  private final Sweep sweep;
  private final LimitMatrix matrix;
  private DualSearch.Units units = new DualSearch.Units(1, new double[0]);
  private double[] start;
  private double radius = 1;

  LimitedSolve(Population population, List<BudgetLimit> limits, Crew crew) {
    Requirements.population(population);
    checkNames(limits);
    this.sweep = new Sweep(population, crew);
    this.matrix = new LimitMatrix(population, limits, Census.of(sweep));
    this.start = new double[limits.size()];
  }

  private static void checkNames(List<BudgetLimit> limits) {
    if (limits.isEmpty()) {
      throw new IllegalArgumentException("limits must not be empty");
    }
    Set<String> names = new HashSet<>();
    for (BudgetLimit limit : limits) {
      if (!names.add(limit.name())) {
        throw new IllegalArgumentException("limits must have distinct names, got " + limits);
      }
    }
  }

  /** Searches the prices and makes the choice. */
  LimitedChoice solve() {
    DualSearch search = prices();
    byte[] levels = new byte[sweep.population().customers()];
    LevelTotals totals = round(search, levels);
    if (LocalMoves.improveInPlace(sweep.population(), matrix, units, levels)) {
      totals = LevelTotals.merged(sweep.run(new ChoicePass(levels)));
    }
    return new LimitedChoice(levels, matrix, totals, search);
  }

  /** Returns a search that has found the prices for all customers. */
  DualSearch prices() {
    Population population = sweep.population();
    units = DualSearch.units(sweep, matrix, 1);
    for (int runs : SAMPLE_RUNS) {
      if (population.customers() / SAMPLED_FROM >= runs * SampledPopulation.RUN) {
        SampledPopulation sample = new SampledPopulation(population, runs);
        Sweep sampled = new Sweep(sample, sweep.crew());
        DualSearch search = new DualSearch(sampled, matrix, units, sample.weight(), 1);
        search.search(start, radius, HIGHEST, CLOSE_MANY, SAMPLE_PASSES);
        start = search.centre();
        radius = 4 / Math.sqrt(sample.customers());
      }
    }
    boolean small = population.customers() < SMALL;
    DualSearch search = new DualSearch(sweep, matrix, units, 1, 1);
    search.search(
        start, radius, HIGHEST, small ? CLOSE : CLOSE_MANY, small ? SMALL_PASSES : PASSES);
    if (search.paid() > NEGLIGIBLE) {
      search.borrow(feasible());
      search.search(start, radius, HIGHEST, CLOSE, search.passes() + PASSES);
    }
    return search;
  }

  /** Looks for any choice that keeps the limits. */
  private DualSearch feasible() {
    DualSearch search = new DualSearch(sweep, matrix, units, 1, 0);
    search.search(new double[matrix.size()], 1, 1, CLOSE, SMALL_PASSES);
    if (search.upper() < -NEGLIGIBLE) {
      List<String> names = new ArrayList<>();
      double[] prices = search.centre();
      for (int k = 0; k < prices.length; k++) {
        if (prices[k] > NEGLIGIBLE) {
          names.add(matrix.limit(k).name());
        }
      }
      throw new InfeasibleBudgetException(
          "limits must be such that a choice keeps them all, got "
              + names
              + ", which no choice keeps together",
          names);
    }
    return search;
  }

  /** Rounds the mixture, with some room to spare if rounding went beyond a limit. */
  private LevelTotals round(DualSearch search, byte[] levels) {
    double[] room = new double[matrix.size()];
    LevelTotals totals = roundOnce(search, levels);
    for (int attempt = 1; attempt < ROUNDINGS && !kept(totals); attempt++) {
      for (int k = 0; k < room.length; k++) {
        double excess = matrix.excess(k, totals) / units.limits()[k];
        room[k] -= excess > 0 ? 1.25 * excess + 1e-15 : 0;
        search.program().box(k, 0, HIGHEST);
      }
      search.program().room(room);
      search.program().solve();
      if (search.paid() > NEGLIGIBLE) {
        break;
      }
      totals = roundOnce(search, levels);
    }
    return totals;
  }

  private LevelTotals roundOnce(DualSearch search, byte[] levels) {
    double[] all = search.program().shares();
    List<Worth> worths = new ArrayList<>();
    double[] shares = new double[all.length];
    double sum = 0;
    for (int t = 0; t < all.length; t++) {
      if (all[t] > NEGLIGIBLE) {
        shares[worths.size()] = all[t];
        worths.add(search.worth(t));
        sum += all[t];
      }
    }
    shares = Arrays.copyOf(shares, worths.size());
    for (int t = 0; t < shares.length; t++) {
      shares[t] /= sum;
    }
    double[] scales = Arrays.copyOf(units.limits(), matrix.size() + 1);
    scales[matrix.size()] = units.value();
    Rounding rounding = new Rounding(matrix, worths.toArray(new Worth[0]), shares, scales, levels);
    return LevelTotals.merged(sweep.run(rounding));
  }

  private boolean kept(LevelTotals totals) {
    for (int k = 0; k < matrix.size(); k++) {
      if (matrix.excess(k, totals) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the largest value a mixture of choices can have. */
  double bound() {
    return prices().upper() * units.value();
  }
}
