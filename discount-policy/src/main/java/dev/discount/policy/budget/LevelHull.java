package dev.discount.policy.budget;

/**
 * The levels of one customer worth buying at some price: the upper hull of value over cost, from
 * the cheapest level to the most valuable. Confined to one thread, filled again for each customer.
 */
final class LevelHull {

  /*
   * Levels are sorted by cost, the more valuable first among equals. Those that cost more and are
   * worth no more are dominated; of the rest, those below a line between two others are never the
   * best for any price of money [1]. Both leave with one scan (Andrew's monotone chain). A level on
   * such a line stays: it splits a step in two. Slopes are rounded once and compared as rounded, so
   * they never increase along the hull and every later comparison agrees with this one.
   *
   * [1] P. Sinha and A. A. Zoltners, The Multiple-Choice Knapsack Problem, Operations Research 27
   *     (1979), 503-515, propositions 1 and 2
   */

  private final Population population;
  private final int levels;
  private final int[] order;
  private final int[] level;
  private final double[] value;
  private final double[] cost;
  private final double[] slope;
  private int size;

  LevelHull(Population population) {
    this.population = population;
    this.levels = population.levels();
    this.order = new int[levels];
    this.level = new int[levels];
    this.value = new double[levels];
    this.cost = new double[levels];
    this.slope = new double[levels];
  }

  /**
   * Fills the hull of a customer.
   *
   * @param customer the customer, for messages
   * @param pairs value and cost of each level of a block
   * @param at where the customer's begin
   * @throws IllegalArgumentException if a number is not as a population promises
   */
  void fill(int customer, float[] pairs, int at) {
    int open = sort(customer, pairs, at);
    size = 0;
    for (int k = 0; k < open; k++) {
      int j = order[k];
      double v = pairs[at + 2 * j];
      double c = pairs[at + 2 * j + 1];
      if (size > 0 && !(v > value[size - 1])) {
        continue;
      }
      double s = 0;
      while (size > 0) {
        s = (v - value[size - 1]) / (c - cost[size - 1]);
        if (size == 1 || s <= slope[size - 2]) {
          break;
        }
        size--;
      }
      if (size > 0) {
        slope[size - 1] = s;
      }
      level[size] = j;
      value[size] = v;
      cost[size] = c;
      size++;
    }
  }

  /** Sorts the open levels by cost, then by falling value; returns how many there are. */
  private int sort(int customer, float[] pairs, int at) {
    int open = 0;
    for (int j = 0; j < levels; j++) {
      float v = pairs[at + 2 * j];
      float c = pairs[at + 2 * j + 1];
      check(customer, j, v, c);
      if (v == Float.NEGATIVE_INFINITY) {
        continue;
      }
      int place = open++;
      for (; place > 0; place--) {
        int before = at + 2 * order[place - 1];
        float otherCost = pairs[before + 1];
        if (otherCost < c || (otherCost == c && pairs[before] >= v)) {
          break;
        }
        order[place] = order[place - 1];
      }
      order[place] = j;
    }
    if (open == 0) {
      throw new IllegalArgumentException("customer " + customer + " must have an open level");
    }
    return open;
  }

  private void check(int customer, int j, float v, float c) {
    if (!(v < Float.POSITIVE_INFINITY)) {
      throw Requirements.badNumber(population, customer, j, Population.VALUE, v);
    }
    if (!(Math.abs(c) < Float.POSITIVE_INFINITY)) {
      throw Requirements.badNumber(population, customer, j, Population.COST, c);
    }
  }

  /** Returns the number of levels on the hull, at least 1. */
  int size() {
    return size;
  }

  /** Returns a level of the hull, the cheapest at place 0. */
  int level(int place) {
    return level[place];
  }

  /** Returns the value of a level of the hull. */
  double value(int place) {
    return value[place];
  }

  /** Returns the cost of a level of the hull. */
  double cost(int place) {
    return cost[place];
  }

  /** Returns the value that a unit of cost buys from a place to the next. */
  double slope(int place) {
    return slope[place];
  }
}
