package dev.discount.policy.budget;

import java.util.List;

/**
 * The customers of each group at each level, counted and their columns added up: all that limits
 * and value need to know of a choice. Confined to one thread while it is filled.
 */
final class LevelTotals {

  private final int levels;
  private final int columns;
  private final int width;
  private final double[] high;
  private final double[] low;

  LevelTotals(Population population) {
    this(population.groups(), population.levels(), population.columns());
  }

  private LevelTotals(int groups, int levels, int columns) {
    this.levels = levels;
    this.columns = columns;
    this.width = columns + 1;
    this.high = new double[groups * levels * width];
    this.low = new double[high.length];
  }

  /** Returns the totals of a choice made partition by partition, in twice double precision. */
  static LevelTotals merged(List<LevelTotals> partials) {
    LevelTotals first = partials.get(0);
    int cells = first.high.length;
    LevelTotals sum =
        new LevelTotals(cells / first.levels / first.width, first.levels, first.columns);
    PreciseSum cell = new PreciseSum();
    for (int i = 0; i < cells; i++) {
      cell.clear();
      for (LevelTotals partial : partials) {
        cell.add(partial.high[i], partial.low[i]);
      }
      sum.high[i] = cell.value();
    }
    return sum;
  }

  /** Adds a customer. */
  void add(int group, int level, float[] numbers, int at) {
    int cell = (group * levels + level) * width;
    high[cell]++;
    for (int c = 0; c < columns; c++) {
      double x = numbers[at + c];
      double before = high[cell + 1 + c];
      double sum = before + x;
      double part = sum - before;
      low[cell + 1 + c] += (before - (sum - part)) + (x - part);
      high[cell + 1 + c] = sum;
    }
  }

  /** Multiplies all totals, which a sample does to stand for the whole. */
  LevelTotals times(double weight) {
    for (int i = 0; i < high.length; i++) {
      high[i] *= weight;
    }
    return this;
  }

  double count(int group, int level) {
    return high[(group * levels + level) * width];
  }

  double sum(int group, int level, int column) {
    return high[(group * levels + level) * width + 1 + column];
  }

  /** Returns the total of a column over all groups and levels. */
  double total(int column) {
    PreciseSum sum = new PreciseSum();
    for (int cell = 1 + column; cell < high.length; cell += width) {
      sum.add(high[cell]);
    }
    return sum.value();
  }
}
