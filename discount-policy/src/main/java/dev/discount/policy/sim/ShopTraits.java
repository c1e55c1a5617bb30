package dev.discount.policy.sim;

/**
 * The traits of a shop's customers and items, and the items' prices. Immutable. Every trait has
 * mean 0 and variance 1.
 */
final class ShopTraits {

  static final int CUSTOMER_TRAITS = 9;
  static final int ITEM_TRAITS = CouponRecipe.TRAITS - CUSTOMER_TRAITS;

  // The customer's traits, in order.
  static final int AGE = 0;
  static final int TENURE = 1;
  static final int SESSIONS = 2;
  static final int SPEND = 3;
  static final int COUPONS = 4;
  static final int SEGMENT = 5;
  static final int MOBILE = 6;
  static final int NEWSLETTER = 7;
  static final int HABIT = 8;
  // The item's.
  static final int RATING = 9;
  static final int POPULARITY = 10;
  static final int LINE = 11;

  static final String[] SEGMENTS = {"family", "student", "senior", "couple", "single", "trade"};
  static final String[] LINES = {
    "audio", "garden", "kitchen", "outdoor", "office", "sport", "toys", "travel"
  };

  private static final double LOG_PRICE_MEAN = 4.6;
  private static final double LOG_PRICE_SD = 0.5;
  private static final double SMALLEST_MARGIN = 0.25;
  private static final double LARGEST_MARGIN = 0.45;
  private static final int MINOR_PER_MAJOR = 100;

  private final double[] customers;
  private final double[] items;
  private final long[] pricesMinor;
  private final long[] costsMinor;

  ShopTraits(ShopConfig config, long seed) {
    this.customers = new double[(config.customers() + config.newCustomers()) * CUSTOMER_TRAITS];
    this.items = new double[config.items() * ITEM_TRAITS];
    this.pricesMinor = new long[config.items()];
    this.costsMinor = new long[config.items()];
    for (int i = 0; i < customers.length; i++) {
      customers[i] = trait(i % CUSTOMER_TRAITS, seed, Streams.CUSTOMER, i);
    }
    for (int i = 0; i < items.length; i++) {
      items[i] = trait(CUSTOMER_TRAITS + i % ITEM_TRAITS, seed, Streams.ITEM, i);
    }
    for (int item = 0; item < pricesMinor.length; item++) {
      double z = Draw.gaussian(seed, Streams.ITEM_PRICE, item);
      double price = StrictMath.exp(LOG_PRICE_MEAN + LOG_PRICE_SD * z);
      double margin =
          SMALLEST_MARGIN
              + (LARGEST_MARGIN - SMALLEST_MARGIN) * Draw.unit(seed, Streams.ITEM_MARGIN, item);
      pricesMinor[item] = Math.max(1, Math.round(price * MINOR_PER_MAJOR));
      costsMinor[item] = Math.round(pricesMinor[item] * (1 - margin));
    }
  }

  private static double trait(int trait, long seed, long stream, long index) {
    return switch (trait) {
      case SEGMENT -> ofClass(Draw.below(SEGMENTS.length, seed, stream, index), SEGMENTS.length);
      case LINE -> ofClass(Draw.below(LINES.length, seed, stream, index), LINES.length);
      case MOBILE, NEWSLETTER -> ofClass(Draw.below(2, seed, stream, index), 2);
      default -> Draw.gaussian(seed, stream, index);
    };
  }

  /** Returns the standardised value of a class of {@code classes} equally likely ones. */
  private static double ofClass(int index, int classes) {
    double sd = StrictMath.sqrt((classes * classes - 1) / 12.0);
    return (index - (classes - 1) / 2.0) / sd;
  }

  /** Returns the class whose standardised value this is. */
  static int classOf(double value, int classes) {
    double sd = StrictMath.sqrt((classes * classes - 1) / 12.0);
    return (int) Math.round(value * sd + (classes - 1) / 2.0);
  }

  /** Fills the twelve traits of a customer and an item. */
  void traitsInto(int customer, int item, double[] out) {
    System.arraycopy(customers, customer * CUSTOMER_TRAITS, out, 0, CUSTOMER_TRAITS);
    System.arraycopy(items, item * ITEM_TRAITS, out, CUSTOMER_TRAITS, ITEM_TRAITS);
  }

  long priceMinor(int item) {
    return pricesMinor[item];
  }

  long costMinor(int item) {
    return costsMinor[item];
  }
}
