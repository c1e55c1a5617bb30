package dev.discount.policy.sim;

/** Writes what the shop sees of a visit, in the order of the schema. Confined to one thread. */
final class VisitWriter {

  private static final int BANNERS = 5;
  private static final int NOISES = 3;

  private final VisitColumns columns;
  private final ShopTraits traits;
  private final long seed;
  private final double[] x = new double[CouponRecipe.TRAITS];

  VisitWriter(VisitColumns columns, ShopTraits traits, long seed) {
    this.columns = columns;
    this.traits = traits;
    this.seed = seed;
  }

  /** Writes customer, item and features, up to the discount. */
  void features(int visit, Cells out) {
    int customer = columns.customers()[visit];
    int item = columns.items()[visit];
    traits.traitsInto(customer, item, x);
    out.key(ShopSchema.CUSTOMER, customer + 1L);
    out.key(ShopSchema.ITEM, item + 1L);
    customer(out);
    item(out);
    noise(columns.firstVisit() + visit, out);
  }

  private void customer(Cells out) {
    int segments = ShopTraits.SEGMENTS.length;
    int segment = ShopTraits.classOf(x[ShopTraits.SEGMENT], segments);
    out.text(ShopSchema.SEGMENT, ShopTraits.SEGMENTS[segment]);
    out.number(ShopSchema.MOBILE, x[ShopTraits.MOBILE] > 0 ? 1 : 0, 0);
    out.number(ShopSchema.NEWSLETTER, x[ShopTraits.NEWSLETTER] > 0 ? 1 : 0, 0);
    out.number(ShopSchema.AGE, Math.round(10 * (45 + 9 * x[ShopTraits.AGE])), 1);
    out.number(ShopSchema.TENURE_DAYS, logNormal(6, 0.8, x[ShopTraits.TENURE], 1), 0);
    out.number(ShopSchema.SESSIONS_90D, logNormal(3, 0.7, x[ShopTraits.SESSIONS], 1), 0);
    out.number(ShopSchema.SPEND_90D, logNormal(5, 0.9, x[ShopTraits.SPEND], 100), 2);
    double share = 1 / (1 + StrictMath.exp(-x[ShopTraits.COUPONS]));
    out.number(ShopSchema.COUPON_SHARE, Math.round(1000 * share), 3);
  }

  private void item(Cells out) {
    int line = ShopTraits.classOf(x[ShopTraits.LINE], ShopTraits.LINES.length);
    out.text(ShopSchema.LINE, ShopTraits.LINES[line]);
    out.number(ShopSchema.RATING, Math.round(100 * (3.9 + 0.3 * x[ShopTraits.RATING])), 2);
    out.number(ShopSchema.POPULARITY, logNormal(7, 1.2, x[ShopTraits.POPULARITY], 1), 0);
  }

  private void noise(long number, Cells out) {
    long first = number * NOISES;
    int banner = Draw.below(BANNERS, seed, Streams.VISIT_NOISE, first);
    out.text(ShopSchema.BANNER, "b" + banner);
    out.number(
        ShopSchema.WEEKEND, Draw.below(7, seed, Streams.VISIT_NOISE, first + 1) < 2 ? 1 : 0, 0);
    double z = Draw.gaussian(seed, Streams.VISIT_NOISE, first + 2);
    out.number(ShopSchema.LOAD_MS, logNormal(6.5, 0.4, z, 1), 0);
  }

  private static long logNormal(double mean, double sd, double z, int scale) {
    return Math.round(scale * StrictMath.exp(mean + sd * z));
  }

  void prices(int visit, Cells out) {
    out.number(ShopSchema.PRICE, traits.priceMinor(columns.items()[visit]), 2);
    out.number(ShopSchema.COST, traits.costMinor(columns.items()[visit]), 2);
  }

  void time(int visit, Cells out) {
    out.number(ShopSchema.TIME, Math.round(1e6 * columns.days()[visit]), 6);
  }
}
