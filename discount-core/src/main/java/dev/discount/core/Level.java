package dev.discount.core;

/**
 * One arm of a {@link DiscountLadder}: what may be done to the price of one offer. Immutable; every
 * instance is valid.
 *
 * <p>{@link PercentOff} and {@link AmountOff} are <em>ordered</em>: they have a depth, the share of
 * the list price taken off. {@link Named} arms (a gift, an e-mail) leave the price alone and have
 * no order.
 */
public sealed interface Level {

  /** The number of basis points in the whole: 10 000. */
  int WHOLE_BPS = 10_000;

  /**
   * Returns the amount taken off a list price, rounded half up to a minor unit and never more than
   * the list price.
   *
   * @param listPriceMinor the list price in minor units, not negative
   */
  long discountMinor(long listPriceMinor);

  /**
   * Returns the share of the list price taken off, in [0, 1], before rounding to minor units.
   *
   * @param listPriceMinor the list price in minor units, not negative; at 0 the depth is 0
   */
  double depth(long listPriceMinor);

  /** Returns a short stable text such as {@code none}, {@code 12.5%}, {@code -300} or a name. */
  String label();

  /**
   * Returns the price to pay at this level.
   *
   * @param listPriceMinor the list price in minor units, not negative
   */
  default long netPriceMinor(long listPriceMinor) {
    return listPriceMinor - discountMinor(listPriceMinor);
  }

  /** No discount: level 0 of every ladder. */
  record None() implements Level {
    @Override
    public long discountMinor(long listPriceMinor) {
      return 0;
    }

    @Override
    public double depth(long listPriceMinor) {
      return 0;
    }

    @Override
    public String label() {
      return "none";
    }
  }

  /**
   * A share of the list price.
   *
   * @param basisPoints hundredths of a percent, in (0, 10000]
   */
  record PercentOff(int basisPoints) implements Level {

    /** Checks the share. */
    public PercentOff {
      if (basisPoints <= 0 || basisPoints > WHOLE_BPS) {
        throw new IllegalArgumentException("basisPoints must be in (0, 10000], got " + basisPoints);
      }
    }

    @Override
    public long discountMinor(long listPriceMinor) {
      long whole = listPriceMinor / WHOLE_BPS * basisPoints;
      long rest = (listPriceMinor % WHOLE_BPS * basisPoints + WHOLE_BPS / 2) / WHOLE_BPS;
      return whole + rest;
    }

    @Override
    public double depth(long listPriceMinor) {
      return listPriceMinor == 0 ? 0 : basisPoints / (double) WHOLE_BPS;
    }

    @Override
    public String label() {
      int percent = basisPoints / 100;
      int rest = basisPoints % 100;
      if (rest == 0) {
        return percent + "%";
      }
      String digits = rest % 10 == 0 ? "" + rest / 10 : (rest < 10 ? "0" : "") + rest;
      return percent + "." + digits + "%";
    }
  }

  /**
   * A fixed amount, capped at the list price.
   *
   * @param minorUnits the amount in minor units, above 0
   */
  record AmountOff(long minorUnits) implements Level {

    /** Checks the amount. */
    public AmountOff {
      if (minorUnits <= 0) {
        throw new IllegalArgumentException("minorUnits must be > 0, got " + minorUnits);
      }
    }

    @Override
    public long discountMinor(long listPriceMinor) {
      return Math.min(minorUnits, listPriceMinor);
    }

    @Override
    public double depth(long listPriceMinor) {
      return listPriceMinor == 0 ? 0 : discountMinor(listPriceMinor) / (double) listPriceMinor;
    }

    @Override
    public String label() {
      return "-" + minorUnits;
    }
  }

  /**
   * An arm without a price: a gift, an e-mail, a banner.
   *
   * @param id a name, not blank
   */
  record Named(String id) implements Level {

    /** Checks the name. */
    public Named {
      if (id.isBlank()) {
        throw new IllegalArgumentException("id must not be blank, got \"" + id + "\"");
      }
    }

    @Override
    public long discountMinor(long listPriceMinor) {
      return 0;
    }

    @Override
    public double depth(long listPriceMinor) {
      return 0;
    }

    @Override
    public String label() {
      return id;
    }
  }
}
