package dev.discount.bench;

import dev.discount.bench.Figure.Limit;
import dev.discount.bench.Figure.Must;
import dev.discount.bench.Figure.Unit;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.budget.BudgetLimit;
import dev.discount.policy.budget.BudgetSolver;
import dev.discount.policy.budget.Certificate;
import dev.discount.policy.budget.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Dividing a budget among planted customers: logistic demand in eight depths of discount, value the
 * expected profit, cost the expected discount. A pass has to read every number once, so the limit
 * is one pass at the speed of copying.
 */
final class Budgets {

  private static final int THREADS = 2;
  private static final int LEVELS = 8;
  private static final int GROUPS = 4;
  private static final int MILLION = 1_000_000;
  private static final int MANY = 12_500_000;
  private static final long SEED = 20_261_122;

  private static final Figure SINGLE = figure("budget.single.1m", MILLION, 0.060);
  private static final Figure PATH = figure("budget.path.1m", MILLION, 0.4);
  private static final Figure DUAL = figure("budget.dual.100m", MANY, 30);

  private Budgets() {}

  private static Figure figure(String name, int customers, double mustSeconds) {
    double gigabytes = customers * LEVELS * 2.0 * Float.BYTES / 1e9;
    Limit onePass = machine -> gigabytes / machine.copyGigabytes();
    return new Figure(name, Unit.SECONDS, THREADS, onePass, Must.of(mustSeconds));
  }

  static List<Contender> contenders() {
    return List.of(
        new BudgetContender(SINGLE, 9, 12, MILLION, Budgets::single),
        new BudgetContender(PATH, 5, 8, MILLION, Budgets::path),
        new BudgetContender(DUAL, 1, 0, MANY, Budgets::dual).inTheFirstRound());
  }

  private static Runnable single(Population population) {
    BudgetSolver solver = new BudgetSolver(THREADS);
    double budget = 0.4 * solver.path(population).mostCost();
    return () -> demand(solver.solve(population, budget).certificate(), 1e-5);
  }

  private static Runnable path(Population population) {
    BudgetSolver solver = new BudgetSolver(THREADS);
    return () -> {
      double most = solver.path(population).mostCost();
      if (!(most > 0)) {
        throw new IllegalStateException("the path must end at a cost above 0, got " + most);
      }
    };
  }

  private static Runnable dual(Population population) {
    BudgetSolver solver = new BudgetSolver(THREADS);
    List<BudgetLimit> limits = limits(population.customers());
    return () -> demand(solver.solve(population, limits).certificate(), 1e-3);
  }

  private static void demand(Certificate certificate, double gap) {
    if (!certificate.feasible() || certificate.relativeGap() > gap) {
      throw new IllegalStateException("the gap must be at most " + gap + ", got " + certificate);
    }
  }

  /** Eight limits: a total, two groups, a return, a ceiling and a floor on counts, parity. */
  static List<BudgetLimit> limits(int customers) {
    List<BudgetLimit> limits = new ArrayList<>();
    limits.add(BudgetLimit.cost("total", 100.0 * customers));
    limits.add(BudgetLimit.costOfGroup("group 0", 0, 20.0 * customers));
    limits.add(BudgetLimit.costOfGroup("group 1", 1, 26.0 * customers));
    limits.add(BudgetLimit.returnOnCost("return", 6));
    limits.add(BudgetLimit.countAtMost("deep", 6, 7, 0.05 * customers));
    limits.add(BudgetLimit.countAtLeast("offered", 1, 7, 0.4 * customers));
    limits.addAll(BudgetLimit.costParity("parity", 2, 3, 0.5));
    return limits;
  }

  /** Makes planted customers in four groups. */
  static Population population(int customers) {
    float[] numbers = new float[customers * LEVELS * 2];
    byte[] groups = new byte[customers];
    for (int i = 0; i < customers; i++) {
      planted(i, numbers, i * LEVELS * 2);
      groups[i] = (byte) CounterRandom.below(GROUPS, SEED, 4, i);
    }
    return Population.of(LEVELS, numbers).withGroups(GROUPS, groups);
  }

  private static void planted(int customer, float[] out, int at) {
    double base = -2 + CounterRandom.gaussian(SEED, 1, customer);
    double slope = 4 * StrictMath.exp(1.2 * CounterRandom.gaussian(SEED, 2, customer));
    double price = 1000 + 9000 * CounterRandom.unit(SEED, 3, customer);
    for (int j = 0; j < LEVELS; j++) {
      double depth = 0.05 * j;
      double bought = 1 / (1 + StrictMath.exp(-(base + slope * depth)));
      out[at + 2 * j] = (float) (bought * price * (0.5 - depth));
      out[at + 2 * j + 1] = (float) (bought * price * depth);
    }
  }

  /** One solve, timed as a whole. */
  private static final class BudgetContender implements Contender {
    private final Figure figure;
    private final int solves;
    private final int warmUps;
    private final int customers;
    private final Function<Population, Runnable> setUp;
    private Runnable work = () -> {};
    private boolean once;

    BudgetContender(
        Figure figure,
        int solves,
        int warmUps,
        int customers,
        Function<Population, Runnable> setUp) {
      this.figure = figure;
      this.solves = solves;
      this.warmUps = warmUps;
      this.customers = customers;
      this.setUp = setUp;
    }

    @Override
    public Figure figure() {
      return figure;
    }

    /** Leaves all rounds but the first out. */
    BudgetContender inTheFirstRound() {
      once = true;
      return this;
    }

    @Override
    public boolean once() {
      return once;
    }

    @Override
    public String note() {
      return once ? "measured once a run" : "";
    }

    @Override
    public void prepare() {
      work = setUp.apply(population(customers));
      for (int i = 0; i < warmUps; i++) {
        work.run();
      }
    }

    @Override
    public Sample measure() {
      double[] seconds = new double[solves];
      for (int i = 0; i < solves; i++) {
        long begin = System.nanoTime();
        work.run();
        seconds[i] = (System.nanoTime() - begin) / 1e9;
      }
      if (once) {
        close();
      }
      return Sample.of(Stopwatch.median(seconds));
    }

    @Override
    public void close() {
      work = () -> {};
    }
  }
}
