package dev.discount.policy.budget;

/**
 * Single changes of level that mend a choice's excess and then raise its value, for populations so
 * small that the few customers between levels matter. Confined to one thread.
 */
final class LocalMoves {

  private static final long MOST_TERMS = 1L << 20;
  private static final int MOST_MOVES = 200;

  private final LimitMatrix matrix;
  private final DualSearch.Units units;
  private final int customers;
  private final float[] numbers;
  private final byte[] groups;
  private final byte[] levels;
  private final double[] excess;

  private LocalMoves(
      Population population, LimitMatrix matrix, DualSearch.Units units, byte[] levels) {
    this.matrix = matrix;
    this.units = units;
    this.customers = population.customers();
    this.levels = levels;
    this.numbers = new float[customers * matrix.levels() * matrix.columns()];
    this.groups = new byte[customers];
    population.readInto(0, customers, numbers);
    population.groupsInto(0, customers, groups);
    this.excess = new double[matrix.size()];
    for (int k = 0; k < excess.length; k++) {
      PreciseSum sum = new PreciseSum();
      sum.add(-matrix.limit(k).atMost());
      for (int i = 0; i < customers; i++) {
        sum.add(use(k, i, levels[i]));
      }
      excess[k] = sum.value();
    }
  }

  /**
   * Improves a choice in place, if the population is small enough; returns whether it did.
   *
   * @param population the customers
   * @param matrix the limits
   * @param units the units of value and limits
   * @param levels the level of each customer, changed
   */
  static boolean improveInPlace(
      Population population, LimitMatrix matrix, DualSearch.Units units, byte[] levels) {
    long terms = (long) population.customers() * matrix.levels() * (matrix.size() + 1);
    if (terms > MOST_TERMS) {
      return false;
    }
    LocalMoves moves = new LocalMoves(population, matrix, units, levels);
    int made = 0;
    while (made < MOST_MOVES && moves.best()) {
      made++;
    }
    return made > 0;
  }

  /** Makes the best move; returns false if none helps. */
  private boolean best() {
    double before = violation(-1, 0, 0);
    int customer = -1;
    int level = 0;
    double most = 0;
    for (int i = 0; i < customers; i++) {
      for (int j = 0; j < matrix.levels(); j++) {
        double value = number(i, j);
        if (j == levels[i] || value == Float.NEGATIVE_INFINITY) {
          continue;
        }
        double gain = (value - number(i, levels[i])) / units.value();
        double score = score(before, violation(i, levels[i], j), gain);
        if (score > most) {
          most = score;
          customer = i;
          level = j;
        }
      }
    }
    if (customer < 0) {
      return false;
    }
    for (int k = 0; k < excess.length; k++) {
      excess[k] += use(k, customer, level) - use(k, customer, levels[customer]);
    }
    levels[customer] = (byte) level;
    return true;
  }

  /** Less violation first, for the least value each; without violation, value. */
  private static double score(double before, double after, double gain) {
    if (before > 0) {
      return after < before ? (before - after) / (Math.max(0, -gain) + 1e-12) : 0;
    }
    return after > 0 ? 0 : gain;
  }

  private double violation(int customer, int from, int to) {
    double sum = 0;
    for (int k = 0; k < excess.length; k++) {
      double here = excess[k];
      if (customer >= 0) {
        here += use(k, customer, to) - use(k, customer, from);
      }
      sum += Math.max(0, here) / units.limits()[k];
    }
    return sum;
  }

  private double number(int customer, int level) {
    return numbers[(customer * matrix.levels() + level) * matrix.columns()];
  }

  private double use(int k, int customer, int level) {
    int at = (customer * matrix.levels() + level) * matrix.columns();
    return matrix.use(k, groups[customer] & 0xFF, level, numbers, at);
  }
}
