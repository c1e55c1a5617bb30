package dev.discount.policy.budget;

import java.util.ArrayList;
import java.util.List;

/**
 * The search for the limits' prices: minimises the Lagrangian, each value of which takes one pass,
 * and mixes the choices seen on the way into one that keeps all limits. Confined to one thread.
 */
final class DualSearch {

  /*
   * Column generation: the Lagrangian is the maximum of one linear function for each choice, and
   * the mixture program is its dual on the choices seen so far. Its multipliers within a box around
   * the best prices so far are tried next [1]; the box grows when the promise was kept and shrinks
   * when it was not. Upper and lower bound meet after finitely many passes.
   *
   * All is in units that make prices about 1: values in total size of the values, each limit in
   * the total size of its terms.
   *
   * [1] R. E. Marsten, W. W. Hogan and J. W. Blankenship, The Boxstep Method for Large-Scale
   *     Optimization, Operations Research 23 (1975)
   */

  private static final double WIDEST = 1e9;

  /**
   * Units.
   *
   * @param value the unit of value
   * @param limits the unit of each limit
   */
  record Units(double value, double[] limits) {}

  /**
   * A choice that was seen.
   *
   * @param worth what levels were worth to the customers
   * @param totals what they took
   */
  record Seen(Worth worth, LevelTotals totals) {}

  private final Sweep sweep;
  private final LimitMatrix matrix;
  private final Units units;
  private final double weight;
  private final double objective;
  private final MixtureProgram program;
  private final List<Seen> seen = new ArrayList<>();
  private double[] centre;
  private double upper = Double.POSITIVE_INFINITY;
  private double model = Double.NEGATIVE_INFINITY;
  private int passes;

  /**
   * Makes a search.
   *
   * @param sweep the customers
   * @param matrix the limits
   * @param units the units
   * @param weight for how many customers each of these stands
   * @param objective 1 to maximise value, 0 to look for any choice that keeps the limits
   */
  DualSearch(Sweep sweep, LimitMatrix matrix, Units units, double weight, double objective) {
    this.sweep = sweep;
    this.matrix = matrix;
    this.units = units;
    this.weight = weight;
    this.objective = objective;
    this.program = new MixtureProgram(matrix.size());
    this.centre = new double[matrix.size()];
  }

  /** Returns units that suit a population, from what it would choose without limits. */
  static Units units(Sweep sweep, LimitMatrix matrix, double weight) {
    double[] free = new double[matrix.size()];
    LevelTotals totals = totals(sweep, matrix.worth(1, free)).times(weight);
    double value = 0;
    for (int g = 0; g < matrix.groups(); g++) {
      for (int j = 0; j < matrix.levels(); j++) {
        value += Math.abs(totals.sum(g, j, Population.VALUE));
      }
    }
    for (int k = 0; k < free.length; k++) {
      free[k] = positive(matrix.scale(k, totals));
    }
    return new Units(positive(value), free);
  }

  private static double positive(double scale) {
    return scale > 0 ? scale : 1;
  }

  private static LevelTotals totals(Sweep sweep, Worth worth) {
    return LevelTotals.merged(sweep.run(new PricePass(worth)));
  }

  /**
   * Tries prices in a pass.
   *
   * @param scaled the prices in units, shape {@code [limits]}
   * @return the Lagrangian there, in units
   */
  double attempt(double[] scaled) {
    Worth worth = matrix.worth(objective, prices(scaled));
    LevelTotals totals = totals(sweep, worth).times(weight);
    passes++;
    double[] excess = add(new Seen(worth, totals));
    double lagrangian = objective * totals.total(Population.VALUE) / units.value;
    for (int k = 0; k < scaled.length; k++) {
      lagrangian -= scaled[k] * excess[k];
    }
    if (lagrangian < upper) {
      upper = lagrangian;
      centre = scaled.clone();
    }
    return lagrangian;
  }

  /** Takes the choices that another search on the same customers has seen. */
  void borrow(DualSearch other) {
    other.seen.forEach(this::add);
  }

  private double[] add(Seen choice) {
    double[] excess = new double[matrix.size()];
    for (int k = 0; k < excess.length; k++) {
      excess[k] = matrix.excess(k, choice.totals) / units.limits[k];
    }
    program.add(objective * choice.totals.total(Population.VALUE) / units.value, excess);
    seen.add(choice);
    return excess;
  }

  /**
   * Searches until the bounds are close or the passes are used up.
   *
   * @param start the prices to begin with, in units
   * @param firstRadius half the width of the first box
   * @param highest the largest price to try
   * @param tolerance how close is close
   * @param mostPasses the number of passes
   */
  void search(
      double[] start, double firstRadius, double highest, double tolerance, int mostPasses) {
    double radius = firstRadius;
    if (program.size() == 0) {
      attempt(start);
    }
    while (passes < mostPasses) {
      box(radius, highest);
      model = program.solve();
      double promised = upper - model;
      if (promised <= tolerance * (1 + Math.abs(upper))) {
        if (!program.boxed(highest) || radius >= WIDEST) {
          return;
        }
        radius *= 8;
        continue;
      }
      double kept = upper - attempt(next());
      if (kept > 0.5 * promised) {
        radius *= 2;
      } else if (kept <= 0.1 * promised) {
        radius = Math.max(radius / 2, tolerance);
      }
    }
    box(WIDEST, highest);
    model = program.solve();
  }

  private void box(double radius, double highest) {
    for (int k = 0; k < centre.length; k++) {
      double low = Math.max(0, centre[k] - radius);
      program.box(k, low, Math.max(low, Math.min(highest, centre[k] + radius)));
    }
  }

  private double[] next() {
    double[] prices = new double[centre.length];
    for (int k = 0; k < prices.length; k++) {
      prices[k] = program.price(k);
    }
    return prices;
  }

  /** Returns prices in their own units. */
  double[] prices(double[] scaled) {
    double[] prices = new double[scaled.length];
    double unit = objective > 0 ? units.value : 1;
    for (int k = 0; k < prices.length; k++) {
      prices[k] = scaled[k] * unit / units.limits[k];
    }
    return prices;
  }

  /** Returns the best prices, in units. */
  double[] centre() {
    return centre.clone();
  }

  /** Returns the least Lagrangian, in units. */
  double upper() {
    return upper;
  }

  /** Returns the value of the last mixture, in units. */
  double model() {
    return model;
  }

  /** Returns by how much the last mixture exceeds its limits, in units. */
  double paid() {
    return program.paid();
  }

  double valueUnit() {
    return units.value;
  }

  MixtureProgram program() {
    return program;
  }

  /** Returns what levels were worth when a choice was made. */
  Worth worth(int choice) {
    return seen.get(choice).worth;
  }

  int passes() {
    return passes;
  }
}
