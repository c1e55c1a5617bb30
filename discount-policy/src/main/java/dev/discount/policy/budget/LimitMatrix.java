package dev.discount.policy.budget;

import java.util.List;

/**
 * Limits resolved for a population: the weight of every column and level count in every group.
 * Immutable.
 */
final class LimitMatrix {

  private final List<BudgetLimit> limits;
  private final int levels;
  private final int columns;
  private final int groups;
  private final double[][] groupWeights;
  private final double[][] columnWeights;
  private final double[][] levelWeights;

  LimitMatrix(Population population, List<BudgetLimit> limits, long[] groupSizes) {
    this.limits = List.copyOf(limits);
    this.levels = population.levels();
    this.columns = population.columns();
    this.groups = population.groups();
    int k = limits.size();
    this.groupWeights = new double[k][];
    this.columnWeights = new double[k][];
    this.levelWeights = new double[k][];
    for (int i = 0; i < k; i++) {
      groupWeights[i] = limits.get(i).groupWeights(groupSizes);
      columnWeights[i] = limits.get(i).columnWeights(columns);
      levelWeights[i] = limits.get(i).levelWeights(levels);
    }
  }

  int size() {
    return limits.size();
  }

  int levels() {
    return levels;
  }

  int columns() {
    return columns;
  }

  int groups() {
    return groups;
  }

  BudgetLimit limit(int k) {
    return limits.get(k);
  }

  /** Returns by how much totals exceed a limit; negative where room is left. */
  double excess(int k, LevelTotals totals) {
    return weighted(k, totals, false) - limits.get(k).atMost();
  }

  /** Returns the size of a limit's terms in totals, from which the rest takes its unit. */
  double scale(int k, LevelTotals totals) {
    return Math.max(weighted(k, totals, true), Math.abs(limits.get(k).atMost()));
  }

  private double weighted(int k, LevelTotals totals, boolean sizes) {
    PreciseSum sum = new PreciseSum();
    for (int g = 0; g < groups; g++) {
      double weight = groupWeights[k][g];
      for (int j = 0; weight != 0 && j < levels; j++) {
        add(sum, weight * levelWeights[k][j] * totals.count(g, j), sizes);
        for (int c = 0; c < columns; c++) {
          if (columnWeights[k][c] != 0) {
            add(sum, weight * columnWeights[k][c] * totals.sum(g, j, c), sizes);
          }
        }
      }
    }
    return sum.value();
  }

  private static void add(PreciseSum sum, double term, boolean size) {
    sum.add(size ? Math.abs(term) : term);
  }

  /**
   * Returns what one customer adds to a limit's sum.
   *
   * @param k the limit
   * @param group the customer's group
   * @param level the level
   * @param numbers the numbers of a block
   * @param at where the level's begin
   */
  double use(int k, int group, int level, float[] numbers, int at) {
    double weight = groupWeights[k][group];
    if (weight == 0) {
      return 0;
    }
    double use = levelWeights[k][level];
    for (int c = 0; c < columns; c++) {
      use += columnWeights[k][c] == 0 ? 0 : columnWeights[k][c] * numbers[at + c];
    }
    return weight * use;
  }

  /**
   * Returns what a level is worth to a customer after all limits' prices are paid, as weights.
   *
   * @param objective the weight of the value itself, 1 or 0
   * @param prices the price of each limit, shape {@code [limits]}
   */
  Worth worth(double objective, double[] prices) {
    double[] columnWorth = new double[groups * columns];
    double[] levelWorth = new double[groups * levels];
    for (int g = 0; g < groups; g++) {
      columnWorth[g * columns] = objective;
      for (int k = 0; k < prices.length; k++) {
        double price = prices[k] * groupWeights[k][g];
        for (int c = 0; price != 0 && c < columns; c++) {
          columnWorth[g * columns + c] -= price * columnWeights[k][c];
        }
        for (int j = 0; price != 0 && j < levels; j++) {
          levelWorth[g * levels + j] -= price * levelWeights[k][j];
        }
      }
    }
    return new Worth(levels, columns, columnWorth, levelWorth);
  }
}
