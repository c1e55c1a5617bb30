package dev.discount.policy.value;

import java.util.Locale;

/**
 * What is made large: a weighted sum of expected profit, revenue, conversions and units. Immutable;
 * every instance is valid.
 *
 * @param profit the weight of a minor unit of profit
 * @param revenue the weight of a minor unit of revenue
 * @param conversions the weight of a purchase
 * @param units the weight of a unit sold
 */
public record Objective(double profit, double revenue, double conversions, double units) {

  /** Expected profit, in minor units. */
  public static final Objective PROFIT = new Objective(1, 0, 0, 0);

  /** Expected revenue, in minor units. */
  public static final Objective REVENUE = new Objective(0, 1, 0, 0);

  /** Expected purchases. */
  public static final Objective CONVERSIONS = new Objective(0, 0, 1, 0);

  /** Expected units sold: stock cleared. */
  public static final Objective UNITS = new Objective(0, 0, 0, 1);

  /** Checks the weights. */
  public Objective {
    checkWeight("profit", profit);
    checkWeight("revenue", revenue);
    checkWeight("conversions", conversions);
    checkWeight("units", units);
    if (profit + revenue + conversions + units == 0) {
      throw new IllegalArgumentException("objective must have a weight above 0, got none");
    }
  }

  private static void checkWeight(String name, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight of " + name + " must be >= 0 and finite, got " + weight);
    }
  }

  /** Returns the name of what is made large, {@code mix} for a sum or another weight than 1. */
  public String code() {
    Objective[] pure = {PROFIT, REVENUE, CONVERSIONS, UNITS};
    String[] names = {"profit", "revenue", "conversions", "units"};
    for (int i = 0; i < pure.length; i++) {
      if (equals(pure[i])) {
        return names[i];
      }
    }
    return "mix";
  }

  /** Returns the unit: {@code minor-units}, {@code purchases}, {@code units} or {@code points}. */
  public String unit() {
    return switch (code()) {
      case "profit", "revenue" -> "minor-units";
      case "conversions" -> "purchases";
      case "units" -> "units";
      default -> "points";
    };
  }

  /** Returns what a minor unit of money counts: 0 where money is no part of the objective. */
  double money() {
    return profit > 0 ? profit : revenue;
  }

  /** Returns the weights as exact text. */
  String exact() {
    return String.format(Locale.ROOT, "%a %a %a %a", profit, revenue, conversions, units);
  }
}
