package dev.discount.policy.sim;

/**
 * How large a simulated shop is. The purchase behaviour itself has no settings: it is the recipe of
 * {@link Shop}. Immutable.
 *
 * @param customers the customers that the log knows, at least 1
 * @param newCustomers the customers that come only after the log, at least 1
 * @param items the items, at least 1
 * @param logRows the rows of the log, at least 1
 * @param days the days the log covers, at least 1
 */
public record ShopConfig(int customers, int newCustomers, int items, int logRows, int days) {

  /** Checks the sizes. */
  public ShopConfig {
    atLeastOne("customers", customers);
    atLeastOne("newCustomers", newCustomers);
    atLeastOne("items", items);
    atLeastOne("logRows", logRows);
    atLeastOne("days", days);
    if ((long) customers + newCustomers > 1 << 24) {
      throw new IllegalArgumentException(
          "customers and newCustomers must sum to at most 16777216, got "
              + ((long) customers + newCustomers));
    }
  }

  /** Returns a shop of 20 000 + 10 000 customers, 500 items, 200 000 log rows in 180 days. */
  public static ShopConfig ofDefaults() {
    return new ShopConfig(20_000, 10_000, 500, 200_000, 180);
  }

  /** Returns this configuration with another number of log rows. */
  public ShopConfig withLogRows(int newLogRows) {
    return new ShopConfig(customers, newCustomers, items, newLogRows, days);
  }

  /** Returns this configuration with other numbers of known and new customers. */
  public ShopConfig withCustomers(int known, int unknown) {
    return new ShopConfig(known, unknown, items, logRows, days);
  }

  private static void atLeastOne(String parameter, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(parameter + " must be >= 1, got " + value);
    }
  }
}
