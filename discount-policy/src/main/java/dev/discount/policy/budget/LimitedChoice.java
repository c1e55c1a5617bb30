package dev.discount.policy.budget;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One level for each customer within several limits, with the proof of how good that is. Immutable
 * and safe for concurrent use.
 */
public final class LimitedChoice {

  private final byte[] levels;
  private final Map<String, Use> uses;
  private final double relaxedValue;
  private final int passes;
  private final Certificate certificate;

  /**
   * What a limit does to the choice.
   *
   * @param name the limit's name
   * @param sum the choice's sum
   * @param atMost the bound on it
   * @param price the value that one more unit of the bound would bring, 0 if there is room
   */
  public record Use(String name, double sum, double atMost, double price) {}

  LimitedChoice(byte[] levels, LimitMatrix matrix, LevelTotals totals, DualSearch search) {
    this.levels = levels;
    this.uses = new LinkedHashMap<>();
    this.relaxedValue = search.model() * search.valueUnit();
    this.passes = search.passes();
    double[] prices = search.prices(search.centre());
    double worst = 0;
    for (int k = 0; k < prices.length; k++) {
      BudgetLimit limit = matrix.limit(k);
      double excess = matrix.excess(k, totals);
      worst = Math.max(worst, excess);
      Use use = new Use(limit.name(), limit.atMost() + excess, limit.atMost(), prices[k]);
      uses.put(limit.name(), use);
    }
    this.certificate =
        new Certificate(totals.total(Population.VALUE), search.upper() * search.valueUnit(), worst);
  }

  /** Returns the number of customers. */
  public int customers() {
    return levels.length;
  }

  /**
   * Returns a customer's level.
   *
   * @param customer the customer, in [0, customers)
   */
  public int level(int customer) {
    return levels[customer];
  }

  /** Returns the value of the choice. */
  public double value() {
    return certificate.primalValue();
  }

  /** Returns the value of the best mixture found, which may split customers between levels. */
  public double relaxedValue() {
    return relaxedValue;
  }

  /** Returns what each limit does, in the order in which they were given. */
  public List<Use> uses() {
    return List.copyOf(uses.values());
  }

  /**
   * Returns what a limit does.
   *
   * @param name the limit's name
   * @throws IllegalArgumentException if there is none of that name
   */
  public Use use(String name) {
    Use use = uses.get(name);
    if (use == null) {
      throw new IllegalArgumentException("name must be one of " + uses.keySet() + ", got " + name);
    }
    return use;
  }

  /** Returns the number of passes over all customers that the search for prices took. */
  public int passes() {
    return passes;
  }

  /** Returns the proof. */
  public Certificate certificate() {
    return certificate;
  }
}
