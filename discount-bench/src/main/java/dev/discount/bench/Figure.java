package dev.discount.bench;

/**
 * One line of the scoreboard: what is measured, in which unit, and what the machine would allow.
 * Every {@link Contender} for a figure does the same work and reports in the same unit. Immutable.
 *
 * @param name the figure's name, such as {@code score.batch1024}
 * @param unit the unit of its values
 * @param threads the threads that work on it
 * @param limit the best value that the machine's limits allow
 * @param must what ours has to reach
 */
record Figure(String name, Unit unit, int threads, Limit limit, Must must) {

  /** A unit, and which way is better. */
  enum Unit {
    GFLOPS("GFLOP/s", true),
    ROWS_PER_SECOND("rows/s", true),
    CURVES_PER_SECOND("curves/s", true),
    SAMPLES_PER_SECOND("samples/s", true),
    MEGABYTES_PER_SECOND("MB/s", true),
    MICROS("µs", false),
    SECONDS("s", false);

    private final String symbol;
    private final boolean higherIsBetter;

    Unit(String symbol, boolean higherIsBetter) {
      this.symbol = symbol;
      this.higherIsBetter = higherIsBetter;
    }

    String symbol() {
      return symbol;
    }

    boolean higherIsBetter() {
      return higherIsBetter;
    }

    /** Returns how good a value is beside another: above 1 where it is better. */
    double ratio(double value, double other) {
      return higherIsBetter ? value / other : other / value;
    }
  }

  /** The best value that a machine allows, in the figure's unit. */
  @FunctionalInterface
  interface Limit {
    /** Where no limit of the machine is known to bind. */
    Limit NONE = machine -> Double.NaN;

    /**
     * Returns the limit, NaN if there is none.
     *
     * @param machine what the machine was measured to do in the same round
     */
    double of(MachineLimits machine);
  }

  /**
   * What ours has to reach.
   *
   * @param value the least value, or the largest where lower is better; NaN for none
   * @param ofLimit whether {@code value} is a share of the limit
   */
  record Must(double value, boolean ofLimit) {
    static final Must NONE = new Must(Double.NaN, false);

    static Must of(double value) {
      return new Must(value, false);
    }

    static Must shareOfLimit(double share) {
      return new Must(share, true);
    }
  }
}
