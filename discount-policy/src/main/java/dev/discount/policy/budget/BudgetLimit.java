package dev.discount.policy.budget;

import java.util.Arrays;
import java.util.List;

/**
 * One limit on the choices of all customers together: a weighted sum of columns and level counts
 * over groups of customers that must not exceed a bound. Floors are sums with negative weights.
 * Immutable.
 */
public final class BudgetLimit {

  private static final int ALL = -1;

  private final String name;
  private final double[] columnWeights;
  private final int firstCounted;
  private final int lastCounted;
  private final double countWeight;
  private final int plusGroup;
  private final int minusGroup;
  private final double atMost;

  private BudgetLimit(
      String name, double[] columnWeights, Counted counted, Groups groups, double atMost) {
    this.name = name;
    this.columnWeights = columnWeights;
    this.firstCounted = counted.first;
    this.lastCounted = counted.last;
    this.countWeight = counted.weight;
    this.plusGroup = groups.plus;
    this.minusGroup = groups.minus;
    this.atMost = Requirements.finite(name, atMost);
  }

  private record Counted(int first, int last, double weight) {
    static final Counted NONE = new Counted(0, -1, 0);
  }

  private record Groups(int plus, int minus) {
    static final Groups EVERYBODY = new Groups(ALL, ALL);
  }

  /**
   * Returns a budget for all customers.
   *
   * @param name the limit's name in messages and results
   * @param atMost the largest total cost
   */
  public static BudgetLimit cost(String name, double atMost) {
    return new BudgetLimit(name, new double[] {0, 1}, Counted.NONE, Groups.EVERYBODY, atMost);
  }

  /**
   * Returns a budget for one group, such as a category or campaign.
   *
   * @param name the limit's name
   * @param group the group, in [0, groups)
   * @param atMost the largest total cost
   */
  public static BudgetLimit costOfGroup(String name, int group, double atMost) {
    double[] cost = {0, 1};
    return new BudgetLimit(name, cost, Counted.NONE, oneGroup(group), atMost);
  }

  /**
   * Returns a floor on the total value for a unit of total cost.
   *
   * @param name the limit's name
   * @param atLeast the least value a unit of cost must bring
   */
  public static BudgetLimit returnOnCost(String name, double atLeast) {
    return ratio(name, Population.VALUE, Population.COST, atLeast);
  }

  /**
   * Returns a floor on the ratio of two columns' totals, such as margin to revenue; the
   * denominator's total is taken to be positive.
   *
   * @param name the limit's name
   * @param numerator the column above
   * @param denominator the column below, another
   * @param atLeast the least ratio
   */
  public static BudgetLimit ratio(String name, int numerator, int denominator, double atLeast) {
    if (numerator < 0 || denominator < 0 || numerator == denominator) {
      throw new IllegalArgumentException(
          "numerator and denominator must be two columns, got " + numerator + ", " + denominator);
    }
    double[] weights = new double[Math.max(numerator, denominator) + 1];
    weights[numerator] = -1;
    weights[denominator] = Requirements.finite(name, atLeast);
    return new BudgetLimit(name, weights, Counted.NONE, Groups.EVERYBODY, 0);
  }

  /**
   * Returns a limit on how many customers get one of some levels.
   *
   * @param name the limit's name
   * @param firstLevel the first of the levels counted
   * @param lastLevel the last of them
   * @param atMost the largest number of customers
   */
  public static BudgetLimit countAtMost(String name, int firstLevel, int lastLevel, double atMost) {
    Counted counted = counted(firstLevel, lastLevel, 1);
    return new BudgetLimit(name, new double[0], counted, Groups.EVERYBODY, atMost);
  }

  /**
   * Returns a floor on how many customers get one of some levels.
   *
   * @param name the limit's name
   * @param firstLevel the first of the levels counted
   * @param lastLevel the last of them
   * @param atLeast the least number of customers
   */
  public static BudgetLimit countAtLeast(
      String name, int firstLevel, int lastLevel, double atLeast) {
    Counted counted = counted(firstLevel, lastLevel, -1);
    return new BudgetLimit(name, new double[0], counted, Groups.EVERYBODY, -atLeast);
  }

  /**
   * Returns parity of two groups in the cost spent on a customer on average: two limits, named with
   * {@code +} and {@code -} at the end.
   *
   * @param name the limits' name
   * @param group a group
   * @param otherGroup another group
   * @param within by how much the averages may differ, more than 0
   */
  public static List<BudgetLimit> costParity(
      String name, int group, int otherGroup, double within) {
    return parity(name, new double[] {0, 1}, Counted.NONE, pair(group, otherGroup, within), within);
  }

  /**
   * Returns parity of two groups in the share of customers that get one of some levels: two limits,
   * named with {@code +} and {@code -} at the end.
   *
   * @param name the limits' name
   * @param group a group
   * @param otherGroup another group
   * @param firstLevel the first of the levels counted, to the last of the ladder
   * @param within by how much the shares may differ, more than 0
   */
  public static List<BudgetLimit> shareParity(
      String name, int group, int otherGroup, int firstLevel, double within) {
    Counted counted = counted(firstLevel, Population.MAX_LEVELS - 1, 1);
    return parity(name, new double[0], counted, pair(group, otherGroup, within), within);
  }

  private static List<BudgetLimit> parity(
      String name, double[] weights, Counted counted, Groups groups, double within) {
    Groups swapped = new Groups(/* plus= */ groups.minus, /* minus= */ groups.plus);
    return List.of(
        new BudgetLimit(name + "+", weights, counted, groups, within),
        new BudgetLimit(name + "-", weights, counted, swapped, within));
  }

  private static Counted counted(int firstLevel, int lastLevel, double weight) {
    if (firstLevel < 0 || lastLevel < firstLevel || lastLevel >= Population.MAX_LEVELS) {
      throw new IllegalArgumentException(
          "firstLevel and lastLevel must be levels in order, got " + firstLevel + ", " + lastLevel);
    }
    return new Counted(firstLevel, lastLevel, weight);
  }

  private static Groups oneGroup(int group) {
    if (group < 0) {
      throw new IllegalArgumentException("group must be at least 0, got " + group);
    }
    return new Groups(group, ALL);
  }

  private static Groups pair(int group, int otherGroup, double within) {
    if (group < 0 || otherGroup < 0 || group == otherGroup) {
      throw new IllegalArgumentException(
          "group and otherGroup must be two groups, got " + group + ", " + otherGroup);
    }
    if (!(within > 0)) {
      throw new IllegalArgumentException("within must be more than 0, got " + within);
    }
    return new Groups(group, otherGroup);
  }

  /** Returns the limit's name. */
  public String name() {
    return name;
  }

  /** Returns the bound on the weighted sum. */
  public double atMost() {
    return atMost;
  }

  /** Returns the weight of each column, shape {@code [columns]}. */
  double[] columnWeights(int columns) {
    if (columnWeights.length > columns) {
      throw new IllegalArgumentException(
          "limit " + name + " must name columns below " + columns + ", got " + this);
    }
    return Arrays.copyOf(columnWeights, columns);
  }

  /** Returns the weight of each level's count, shape {@code [levels]}. */
  double[] levelWeights(int levels) {
    if (firstCounted >= levels) {
      throw new IllegalArgumentException(
          "limit " + name + " must name levels below " + levels + ", got " + firstCounted);
    }
    double[] weights = new double[levels];
    for (int j = firstCounted; j <= Math.min(lastCounted, levels - 1); j++) {
      weights[j] = countWeight;
    }
    return weights;
  }

  /**
   * Returns the weight of each group.
   *
   * @param sizes the number of customers of each group
   */
  double[] groupWeights(long[] sizes) {
    double[] weights = new double[sizes.length];
    if (plusGroup == ALL) {
      Arrays.fill(weights, 1);
      return weights;
    }
    check(plusGroup, sizes);
    boolean perHead = minusGroup != ALL;
    weights[plusGroup] = perHead ? 1.0 / sizes[plusGroup] : 1;
    if (perHead) {
      check(minusGroup, sizes);
      weights[minusGroup] = -1.0 / sizes[minusGroup];
    }
    return weights;
  }

  private void check(int group, long[] sizes) {
    if (group >= sizes.length || sizes[group] == 0) {
      throw new IllegalArgumentException(
          "limit " + name + " must name a group with customers, got " + group);
    }
  }

  @Override
  public String toString() {
    return name + " <= " + atMost;
  }
}
