package dev.discount.policy.sim;

import dev.discount.core.Level;
import dev.discount.core.Offer;
import dev.discount.core.data.Rows;

/**
 * Visits to a {@link Shop}: what the shop sees of each, and what only the simulator knows, the true
 * purchase probability at every level. Immutable and safe for concurrent use.
 */
public final class Visits {

  /*
   * Nodes and weights of the nine-point Gauss-Hermite rule for a standard normal variable, exact for
   * polynomials of degree 17; from scipy.special.roots_hermitenorm(9), SciPy 1.10.
   */
  private static final double[] NODES = {
    -4.512745863399783,
    -3.20542900285647,
    -2.07684797867783,
    -1.0232556637891326,
    0,
    1.0232556637891326,
    2.07684797867783,
    3.20542900285647,
    4.512745863399783
  };
  private static final double[] WEIGHTS = {
    2.2345844007746417e-05, 0.0027891413212317567, 0.04991640676521773, 0.24409750289493945,
    0.4063492063492066, 0.24409750289493945, 0.04991640676521773, 0.0027891413212317567,
    2.2345844007746417e-05
  };

  private final VisitColumns columns;
  private final ShopTraits traits;
  private final CouponRecipe recipe;
  private final long seed;
  private final int levels = ShopSchema.LADDER.size();
  private final double[] probabilities;
  private final double[] logits;
  private final double[] logitDoses;

  Visits(VisitColumns columns, ShopTraits traits, CouponRecipe recipe, long seed) {
    this.columns = columns;
    this.traits = traits;
    this.recipe = recipe;
    this.seed = seed;
    this.probabilities = new double[columns.size() * levels];
    this.logits = new double[columns.size()];
    this.logitDoses = new double[columns.size()];
    double[] x = new double[CouponRecipe.TRAITS];
    for (int visit = 0; visit < columns.size(); visit++) {
      traits.traitsInto(columns.customers()[visit], columns.items()[visit], x);
      logits[visit] = recipe.logit(x);
      logitDoses[visit] = recipe.logitDose(x);
      for (int level = 0; level < levels; level++) {
        probabilities[visit * levels + level] =
            CouponRecipe.probability(logits[visit], logitDoses[visit], dose(level));
      }
    }
  }

  private static double dose(int level) {
    return ShopSchema.LADDER.level(level).depth(1) / CouponRecipe.DEEPEST;
  }

  /** Returns the number of visits. */
  public int size() {
    return columns.size();
  }

  /** Returns the number of levels. */
  public int levels() {
    return levels;
  }

  /** Returns the customer's id. */
  public long customerId(int visit) {
    return columns.customers()[visit] + 1L;
  }

  /** Returns the item with its list price and cost. */
  public Offer offer(int visit) {
    int item = columns.items()[visit];
    return new Offer(Long.toString(item + 1L), traits.priceMinor(item), traits.costMinor(item));
  }

  /** Returns the list price in minor units. */
  public long listPriceMinor(int visit) {
    return traits.priceMinor(columns.items()[visit]);
  }

  /** Returns the cost of one unit in minor units. */
  public long unitCostMinor(int visit) {
    return traits.costMinor(columns.items()[visit]);
  }

  /** Returns the price to pay at a level, in minor units. */
  public long netPriceMinor(int visit, int level) {
    Level taken = ShopSchema.LADDER.level(level);
    return taken.netPriceMinor(listPriceMinor(visit));
  }

  /** Returns the true probability of a purchase at a level. */
  public double purchaseProbability(int visit, int level) {
    return probabilities[visit * levels + level];
  }

  /**
   * Returns the probability of a purchase given all that the log shows of a customer it does not
   * know: the true one averaged over the hidden trait. No model can know more of a new customer.
   */
  public double visibleProbability(int visit, int level) {
    double habit = traits(visit)[ShopTraits.HABIT];
    double logitStep = recipe.logitOfTrait(ShopTraits.HABIT);
    double doseStep = recipe.logitDoseOfTrait(ShopTraits.HABIT);
    double sum = 0;
    for (int node = 0; node < NODES.length; node++) {
      double change = NODES[node] - habit;
      sum +=
          WEIGHTS[node]
              * CouponRecipe.probability(
                  logits[visit] + logitStep * change,
                  logitDoses[visit] + doseStep * change,
                  dose(level));
    }
    return sum;
  }

  /** Returns the true expected profit of the offer at a level, in minor units. */
  public double expectedProfitMinor(int visit, int level) {
    return purchaseProbability(visit, level) * (netPriceMinor(visit, level) - unitCostMinor(visit));
  }

  /**
   * Returns the expected value at list prices of the order that a purchase belongs to, in units.
   */
  public double expectedBasket(int visit, int level) {
    double sd = CouponRecipe.LOG_BASKET_SD;
    return StrictMath.exp(logBasketMean(visit, level) + sd * sd / 2);
  }

  /**
   * Returns the true expected profit of the whole order at a level, in units: purchase probability
   * times basket times (margin share - depth), if the order had the offer's margin and discount.
   */
  public double expectedOrderProfit(int visit, int level) {
    double listPriceMinor = listPriceMinor(visit);
    double share = (netPriceMinor(visit, level) - unitCostMinor(visit)) / listPriceMinor;
    return purchaseProbability(visit, level) * expectedBasket(visit, level) * share;
  }

  double logBasketMean(int visit, int level) {
    double[] x = traits(visit);
    return recipe.logBasket(x) + recipe.logBasketDose(x) * dose(level);
  }

  /** Returns how much the customer is given to coupons, a trait that shows in the log. */
  double couponTrait(int visit) {
    return traits(visit)[ShopTraits.COUPONS];
  }

  double[] traits(int visit) {
    double[] x = new double[CouponRecipe.TRAITS];
    traits.traitsInto(columns.customers()[visit], columns.items()[visit], x);
    return x;
  }

  /** Returns the number of the visit's random draws. */
  long number(int visit) {
    return columns.firstVisit() + visit;
  }

  /** Returns what the shop sees before it decides, as rows of {@link Shop#schema()}. */
  public Rows rows() {
    Rows rows = new Rows(ShopSchema.SCHEMA, size());
    RowCells cells = new RowCells(rows);
    VisitWriter writer = new VisitWriter(columns, traits, seed);
    for (int visit = 0; visit < size(); visit++) {
      cells.next();
      writer.features(visit, cells);
      writer.prices(visit, cells);
      writer.time(visit, cells);
    }
    return rows;
  }

  VisitWriter writer() {
    return new VisitWriter(columns, traits, seed);
  }
}
