package dev.discount.policy.sim;

import dev.discount.core.data.Rows;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log of a {@link Shop}: for each visit the level that was offered, the probability with which
 * it was chosen, and what was bought. Immutable and safe for concurrent use.
 *
 * <p>The logging policy explores by half: half of it is uniform over the levels, half favours deep
 * discounts for customers given to coupons, in proportion to {@code exp(1.5 c (dose - 0.5))} with
 * {@code c} the standardised coupon trait. Its probabilities are whole millionths, so the
 * propensity in the file is exact.
 */
public final class PurchaseLog {

  private static final int MILLION = 1_000_000;
  private static final double UNIFORM_SHARE = 0.5;
  private static final double COUPON_TILT = 1.5;

  private final Visits visits;
  private final byte[] levels;
  private final int[] propensityMillionths;
  private final boolean[] bought;
  private final long[] basketsMinor;

  PurchaseLog(Visits visits, long seed) {
    this.visits = visits;
    int count = visits.size();
    this.levels = new byte[count];
    this.propensityMillionths = new int[count];
    this.bought = new boolean[count];
    this.basketsMinor = new long[count];
    int[] millionths = new int[visits.levels()];
    for (int visit = 0; visit < count; visit++) {
      long number = visits.number(visit);
      millionthsInto(visit, millionths);
      int level = draw(millionths, Draw.below(MILLION, seed, Streams.OFFER, number));
      levels[visit] = (byte) level;
      propensityMillionths[visit] = millionths[level];
      double u = Draw.unit(seed, Streams.PURCHASE, number);
      bought[visit] = u < visits.purchaseProbability(visit, level);
      if (bought[visit]) {
        double z = Draw.gaussian(seed, Streams.BASKET, number);
        double log = visits.logBasketMean(visit, level) + CouponRecipe.LOG_BASKET_SD * z;
        basketsMinor[visit] = Math.round(100 * StrictMath.exp(log));
      }
    }
  }

  private static int draw(int[] millionths, int place) {
    int level = 0;
    int end = millionths[0];
    while (place >= end) {
      end += millionths[++level];
    }
    return level;
  }

  private void millionthsInto(int visit, int[] out) {
    double tilt = COUPON_TILT * visits.couponTrait(visit);
    double[] weights = new double[out.length];
    double sum = 0;
    for (int level = 0; level < out.length; level++) {
      double dose = level / (out.length - 1.0);
      weights[level] = StrictMath.exp(tilt * (dose - 0.5));
      sum += weights[level];
    }
    int rest = MILLION;
    for (int level = 1; level < out.length; level++) {
      double tilted = weights[level] / sum;
      double p = UNIFORM_SHARE / out.length + (1 - UNIFORM_SHARE) * tilted;
      out[level] = (int) Math.round(MILLION * p);
      rest -= out[level];
    }
    out[0] = rest;
  }

  /** Returns the number of rows. */
  public int size() {
    return visits.size();
  }

  /** Returns the visits with their true probabilities. */
  public Visits visits() {
    return visits;
  }

  /** Returns the level that was offered. */
  public int level(int row) {
    return levels[row];
  }

  /** Returns the probability with which the offered level was chosen, in (0, 1]. */
  public double propensity(int row) {
    return propensityMillionths[row] / (double) MILLION;
  }

  /**
   * Computes the probability with which the logging policy chooses each level.
   *
   * @param out the probabilities, shape {@code [levels]}
   */
  public void propensitiesInto(int row, double[] out) {
    int[] millionths = new int[visits.levels()];
    millionthsInto(row, millionths);
    for (int level = 0; level < millionths.length; level++) {
      out[level] = millionths[level] / (double) MILLION;
    }
  }

  /** Returns whether the customer bought. */
  public boolean bought(int row) {
    return bought[row];
  }

  /** Returns the value of the order at list prices in minor units, 0 without a purchase. */
  public long basketMinor(int row) {
    return basketsMinor[row];
  }

  /** Returns the log as rows of {@link Shop#schema()}, equal to what a reader of the file gets. */
  public Rows rows() {
    Rows rows = new Rows(ShopSchema.SCHEMA, size());
    RowCells cells = new RowCells(rows);
    VisitWriter writer = visits.writer();
    for (int row = 0; row < size(); row++) {
      cells.next();
      write(row, writer, cells);
    }
    return rows;
  }

  /**
   * Writes the log as comma-separated values in UTF-8, with a header; a file that is there is
   * replaced.
   *
   * @param file where to write
   * @throws IOException if it cannot be written
   */
  public void writeCsv(Path file) throws IOException {
    VisitWriter writer = visits.writer();
    CsvCells cells = new CsvCells();
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      CsvCells.header(ShopSchema.SCHEMA, out);
      for (int row = 0; row < size(); row++) {
        write(row, writer, cells);
        cells.end(out);
      }
    }
  }

  private void write(int row, VisitWriter writer, Cells out) {
    writer.features(row, out);
    out.number(ShopSchema.DISCOUNT, ShopSchema.discountPercent(levels[row]), 0);
    writer.prices(row, out);
    out.number(ShopSchema.BOUGHT, bought[row] ? 1 : 0, 0);
    out.number(ShopSchema.VALUE, basketsMinor[row], 2);
    out.number(ShopSchema.PROPENSITY, propensityMillionths[row], 6);
    writer.time(row, out);
  }
}
