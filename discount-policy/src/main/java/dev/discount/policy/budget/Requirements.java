package dev.discount.policy.budget;

import dev.discount.core.Money;
import java.util.Currency;
import java.util.Optional;

/** What the public face of this package demands of numbers. */
final class Requirements {

  private static final int MAX_COLUMNS = 16;

  private Requirements() {}

  static void shape(int levels, int columns) {
    if (!(levels >= 1 && levels <= Population.MAX_LEVELS)) {
      throw new IllegalArgumentException(
          "levels must be in [1, " + Population.MAX_LEVELS + "], got " + levels);
    }
    if (!(columns >= 2 && columns <= MAX_COLUMNS)) {
      throw new IllegalArgumentException(
          "columns must be in [2, " + MAX_COLUMNS + "], got " + columns);
    }
  }

  /** Checks what a population of the host's says of itself. */
  static void population(Population population) {
    shape(population.levels(), population.columns());
    if (population.customers() < 1) {
      throw new IllegalArgumentException(
          "population must have at least 1 customer, got " + population.customers());
    }
    groups(population.groups());
  }

  static void groups(int groups) {
    if (!(groups >= 1 && groups <= 256)) {
      throw new IllegalArgumentException("groups must be in [1, 256], got " + groups);
    }
  }

  static double finite(String name, double value) {
    if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite, got " + value);
    }
    return value;
  }

  /** Returns the amount in minor units, of the currency the population states. */
  static double minorUnits(Population population, Money budget) {
    Optional<Currency> currency = population.currency();
    if (currency.isEmpty()) {
      throw new IllegalArgumentException(
          "population must state the currency of its costs, got none for a budget of " + budget);
    }
    if (!currency.get().equals(budget.currency())) {
      throw new IllegalArgumentException(
          "budget must be in " + currency.get() + " as the costs are, got " + budget);
    }
    return budget.minorUnits();
  }

  /** Returns the exception for a number of a customer that is not as a population promises. */
  static IllegalArgumentException badNumber(
      Population population, int customer, int level, int column, float number) {
    String rule = column == Population.VALUE ? "finite or negative infinity (closed)" : "finite";
    String name =
        switch (column) {
          case Population.VALUE -> "value";
          case Population.COST -> "cost";
          default -> "column " + column;
        };
    return new IllegalArgumentException(
        name
            + " of customer "
            + customer
            + " at level "
            + level
            + " of "
            + population.levels()
            + " must be "
            + rule
            + ", got "
            + number);
  }
}
