package dev.discount.policy.sim;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Schema;

/**
 * A simulated shop: customers, items, a purchase log under a known logging policy, and the true
 * purchase probability of every visit at every level. A function of its configuration and seed, to
 * the last bit. Immutable and safe for concurrent use.
 *
 * <p>The purchase probability follows the eight-level coupon recipe of [1], its parameters
 * unchanged: with twelve standardised traits {@code x} of customer and item, levels 0, 2, ..., 14 %
 * and {@code dose = depth / 14 %},
 *
 * <pre>{@code
 * logit P(buy)  = (-2.4 + 0.6 alpha.x) + (0.6   + 0.4  beta.x)  dose
 * log E(basket) = ( 6.0 + 0.3 gamma.x) + (-0.05 + 0.25 delta.x) dose + 0.8^2 / 2
 * }</pre>
 *
 * with random directions of length 1, {@code delta = -0.6 beta + 0.8 rho} and {@code rho}
 * orthogonal to {@code beta}. The customer with {@code x = 0} buys with probability 8.3 % at the
 * list price.
 *
 * <p>What the recipe leaves open is chosen here. Nine traits belong to the customer, three to the
 * item. All but one customer trait, the <em>habit</em>, show in the log: as numbers, logarithms,
 * categories and flags, among columns that mean nothing. An offer is one unit of an item, whose
 * list price is log-normal (mean of the log 4.6, sd 0.5) and whose margin at the list price is
 * uniform between 25 and 45 %. The basket is the value at list prices of the whole order that the
 * purchase belongs to, and stands in the log's value column.
 *
 * <p>The profit of a decision is that of the offer: purchase probability times (net price - cost).
 * {@link Visits#expectedOrderProfit} says what the whole order would earn at the same margin and
 * discount.
 *
 * <p>[1] FunnelCausalNet, arXiv 2608.11675 (2026), section 5.1, "Criteo-MT7", realistic setting
 */
public final class Shop {

  private final ShopConfig config;
  private final long seed;
  private final CouponRecipe recipe;
  private final ShopTraits traits;

  private Shop(ShopConfig config, long seed) {
    this.config = config;
    this.seed = seed;
    this.recipe = new CouponRecipe(seed);
    this.traits = new ShopTraits(config, seed);
  }

  /**
   * Returns a shop.
   *
   * @param config its size
   * @param seed what it is drawn from
   */
  public static Shop of(ShopConfig config, long seed) {
    return new Shop(config, seed);
  }

  /** Returns the levels: 0, 2, ..., 14 %. */
  public static DiscountLadder ladder() {
    return ShopSchema.LADDER;
  }

  /** Returns the columns of the log. */
  public static Schema schema() {
    return ShopSchema.SCHEMA;
  }

  /** Returns the sizes. */
  public ShopConfig config() {
    return config;
  }

  /** Returns the seed. */
  public long seed() {
    return seed;
  }

  /** Returns the log: visits of known customers in order of time, what was offered and bought. */
  public PurchaseLog log() {
    int count = config.logRows();
    int[] customers = new int[count];
    int[] items = new int[count];
    double[] days = new double[count];
    for (int i = 0; i < count; i++) {
      customers[i] = Draw.below(config.customers(), seed, Streams.VISIT_CUSTOMER, i);
      items[i] = Draw.below(config.items(), seed, Streams.VISIT_ITEM, i);
      days[i] = config.days() * ((i + Draw.unit(seed, Streams.VISIT_TIME, i)) / count);
    }
    return new PurchaseLog(visits(customers, items, days, 0), seed);
  }

  /**
   * Returns one visit each of customers that the log knows, on the days after the log.
   *
   * @param count the number of visits, in [1, customers]
   */
  public Visits knownCustomers(int count) {
    return population(count, 0, config.customers(), 1);
  }

  /**
   * Returns one visit each of customers that the log has never seen, on the days after the log.
   *
   * @param count the number of visits, in [1, newCustomers]
   */
  public Visits newCustomers(int count) {
    return population(count, config.customers(), config.newCustomers(), 2);
  }

  private Visits population(int count, int first, int available, int block) {
    if (count < 1 || count > available) {
      throw new IllegalArgumentException("count must be in [1, " + available + "], got " + count);
    }
    long firstVisit = (long) block << Integer.SIZE;
    int[] order = Draw.order(available, seed, Streams.VISIT_CUSTOMER + ((long) block << 8));
    int[] customers = new int[count];
    int[] items = new int[count];
    double[] days = new double[count];
    for (int i = 0; i < count; i++) {
      customers[i] = first + order[i];
      items[i] = Draw.below(config.items(), seed, Streams.VISIT_ITEM, firstVisit + i);
      days[i] = config.days() + (i + 0.5) / count;
    }
    return visits(customers, items, days, firstVisit);
  }

  private Visits visits(int[] customers, int[] items, double[] days, long firstVisit) {
    VisitColumns columns = new VisitColumns(customers, items, days, firstVisit);
    return new Visits(columns, traits, recipe, seed);
  }
}
