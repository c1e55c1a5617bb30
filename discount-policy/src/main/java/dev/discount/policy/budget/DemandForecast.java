package dev.discount.policy.budget;

/**
 * What customers are expected to come in all, and the shadow price at which the rest of a budget is
 * spent on the rest of them. Immutable and safe for concurrent use.
 *
 * <p>Made from the path of customers like those that will come: yesterday's, a sample, or the very
 * campaign. What it assumes is the distribution of values and costs of all customers together; in
 * which order they come is not assumed.
 */
public final class DemandForecast {

  /*
   * Two estimates of those still to come. With F the forecast, A those who came, N and n their
   * numbers: F - A is right in any order, but an error of F stays until the end. If they come in
   * random order, (N - n) customers like all seen so far, (F + A) / (N + n) each, is better and
   * notices that F was wrong. Whether the order can be random shows in how far A is from its share
   * of F, in standard errors: under two the second estimate counts, above four the first, in between
   * a part of each.
   */

  private static final double RANDOM_BELOW = 2;
  private static final double ORDERED_ABOVE = 4;

  private final PriceCurve curve;

  /** The sum of squared costs of the customers at each price, as differences by cell. */
  private final double[] squares;

  private DemandForecast(PriceCurve curve, double[] squares) {
    this.curve = curve;
    this.squares = squares;
  }

  /**
   * Returns the forecast that as many customers come as a path has, and of the same kind.
   *
   * @param path what a solver found for customers like those that will come
   */
  public static DemandForecast of(BudgetPath path) {
    double[] costs = new double[PriceGrid.CELLS];
    double[] squares = new double[PriceGrid.CELLS];
    path.addStepsTo(costs, squares);
    return new DemandForecast(new PriceCurve(path.customers(), path.leastCost(), costs), squares);
  }

  /**
   * Returns the forecast of another number of customers of the same kind.
   *
   * @param customers the number, above 0
   */
  public DemandForecast ofCustomers(double customers) {
    if (!(customers > 0 && customers < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("customers must be finite and above 0, got " + customers);
    }
    double factor = customers / curve.customers();
    double[] scaled = squares.clone();
    for (int c = 0; c < scaled.length; c++) {
      scaled[c] *= factor;
    }
    return new DemandForecast(curve.times(factor), scaled);
  }

  /** Returns what all customers together are expected to cost at every price. */
  public PriceCurve curve() {
    return curve;
  }

  /**
   * Returns the price at which the rest of a budget is spent on those still to come.
   *
   * @param came those who came, as a {@link DemandMeter} counted them
   * @param left the money left, in minor units
   */
  public double shadowPrice(PriceCurve came, double left) {
    PriceCurve unordered = curve.minus(came);
    double price = unordered.shadowPrice(left);
    double random = randomShare(came, price);
    if (random <= 0) {
      return price;
    }
    double rest = Math.max(0, curve.customers() - came.customers());
    PriceCurve seen = curve.plus(came);
    PriceCurve alike = seen.times(rest / seen.customers());
    return unordered.times(1 - random).plus(alike.times(random)).shadowPrice(left);
  }

  /** Returns how far the order looks random at a price, from 0 to 1. */
  private double randomShare(PriceCurve came, double price) {
    double part = Math.min(1, came.customers() / curve.customers());
    double off = Math.abs(came.spend(price) - part * curve.spend(price));
    double variance = part * (1 + part) * squaresAbove(price);
    if (!(variance > 0)) {
      return 0;
    }
    double errors = off / Math.sqrt(variance);
    return Math.max(0, Math.min(1, (ORDERED_ABOVE - errors) / (ORDERED_ABOVE - RANDOM_BELOW)));
  }

  private double squaresAbove(double price) {
    double sum = 0;
    for (int c = PriceGrid.CELLS - 1; c >= PriceGrid.cell(price); c--) {
      sum += squares[c];
    }
    return sum;
  }
}
