package dev.discount.policy.budget;

/**
 * What a {@link Pacer} spends, over which period, and on whom. Immutable.
 *
 * @param budgetMinor the money, in minor units, at least 0
 * @param traffic when visits are expected
 * @param forecast how many visits are expected in the whole period, and of which kind
 * @param cost what levels take from the budget
 * @param memoryMillis for how long what was seen outweighs the forecast, at least 1: after this
 *     time a visit counts half
 * @param earlyShare the share of the period's visits, in [0, 0.5], that the plan leaves out at the
 *     end: what money is left then goes to whoever still comes. Money reserved for offers that are
 *     not taken up comes back only after a while, and later than the end it is of no use
 * @param tolerance by what share the price may be off before a new one is published, in [0, 0.5]
 */
public record PacerConfig(
    long budgetMinor,
    TrafficCurve traffic,
    DemandForecast forecast,
    LevelCost cost,
    long memoryMillis,
    double earlyShare,
    double tolerance) {

  private static final int MEMORY_PARTS = 16;
  private static final double EARLY_SHARE = 0.01;
  private static final double TOLERANCE = 0.005;

  /** Checks the numbers. */
  public PacerConfig {
    checkBudget(budgetMinor);
    if (!(memoryMillis >= 1)) {
      throw new IllegalArgumentException("memoryMillis must be at least 1, got " + memoryMillis);
    }
    requireShare("earlyShare", earlyShare);
    requireShare("tolerance", tolerance);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 0.5)) {
      throw new IllegalArgumentException(name + " must be in [0, 0.5], got " + share);
    }
  }

  static void checkBudget(long budgetMinor) {
    if (!(budgetMinor >= 0)) {
      throw new IllegalArgumentException("budgetMinor must be at least 0, got " + budgetMinor);
    }
  }

  /**
   * Returns a configuration for discounts, with a memory of a sixteenth of the period, 1 % of the
   * visits left out of the plan at the end, and prices within half a percent.
   *
   * @param budgetMinor the money, in minor units, at least 0
   * @param traffic when visits are expected
   * @param forecast how many visits are expected, and of which kind
   */
  public static PacerConfig of(long budgetMinor, TrafficCurve traffic, DemandForecast forecast) {
    long lengthMillis = traffic.endMillis() - traffic.startMillis();
    return new PacerConfig(
        budgetMinor,
        traffic,
        forecast,
        LevelCost.expectedDiscount(),
        Math.max(1, lengthMillis / MEMORY_PARTS),
        EARLY_SHARE,
        TOLERANCE);
  }

  /** Returns this configuration with another cost of levels. */
  public PacerConfig withCost(LevelCost newCost) {
    return new PacerConfig(
        budgetMinor, traffic, forecast, newCost, memoryMillis, earlyShare, tolerance);
  }

  /** Returns this configuration with another share of visits left out of the plan at the end. */
  public PacerConfig withEarlyShare(double newEarlyShare) {
    return new PacerConfig(
        budgetMinor, traffic, forecast, cost, memoryMillis, newEarlyShare, tolerance);
  }
}
