package dev.discount.policy.budget;

/**
 * A fixed grid of prices from 2^-32 to 2^32, 64 between each power of two and the next, so that
 * curves over prices can be added, subtracted and stored without being compared first. Stateless.
 */
final class PriceGrid {

  /*
   * The bits of a positive double are ordered as the doubles are; cutting off all but the first six
   * of the fraction gives cells that are linear within each power of two and 1.6 % wide at most.
   */

  private static final int FRACTION_BITS = 6;
  private static final int SHIFT = 52 - FRACTION_BITS;
  private static final int LOWEST_EXPONENT = -32;
  private static final long ORIGIN = (1023L + LOWEST_EXPONENT) << FRACTION_BITS;

  /** The number of cells. */
  static final int CELLS = 64 << FRACTION_BITS;

  /** The highest price of the grid, above which nothing is worth buying. */
  static final double HIGHEST = 0x1p32;

  private PriceGrid() {}

  /** Returns the cell of a positive price; prices beyond the grid are in its first or last. */
  static int cell(double price) {
    long cell = (Double.doubleToRawLongBits(price) >>> SHIFT) - ORIGIN;
    return (int) Math.max(0, Math.min(CELLS - 1, cell));
  }

  /** Returns the lowest price of a cell, or the highest of the last for {@code CELLS}. */
  static double low(int cell) {
    return Double.longBitsToDouble((cell + ORIGIN) << SHIFT);
  }
}
