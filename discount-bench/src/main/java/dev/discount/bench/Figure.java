package dev.discount.bench;

import java.util.List;
import java.util.stream.Stream;

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
    DECISIONS_PER_SECOND("decisions/s", true),
    RECORDS_PER_SECOND("records/s", true),
    RESERVATIONS_PER_SECOND("reservations/s", true),
    MEGABYTES_PER_SECOND("MB/s", true),
    MICROS("µs", false),
    SECONDS("s", false),
    FAILURES("failures", false);

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

  /** What a demand is about. */
  enum Part {
    /** The median: at least the value, or at most where lower is better. */
    MEDIAN,
    /** The share of the limit: at least. */
    LIMIT_SHARE,
    /** The 99th percentile: at most. */
    P99,
    /** The 99.9th percentile: at most. */
    P999,
    /** The bytes a call allocates: at most. */
    BYTES,
    /** How much better than each rival whose name contains a text: at least. */
    RIVAL,
    /** How far the share of the limit is below that of another figure: at most. */
    POINTS_BELOW
  }

  /**
   * One thing that ours has to reach.
   *
   * @param part what it is about
   * @param value the value
   * @param of a part of the rivals' names, or the name of the other figure; else empty
   */
  record Demand(Part part, double value, String of) {}

  /**
   * What ours has to reach. Immutable.
   *
   * @param demands one by one
   */
  record Must(List<Demand> demands) {
    static final Must NONE = new Must(List.of());

    Must {
      demands = List.copyOf(demands);
    }

    /** Returns the demand for a median. */
    static Must of(double value) {
      return NONE.and(Part.MEDIAN, value, "");
    }

    /** Returns the demand for a share of the limit. */
    static Must shareOfLimit(double share) {
      return NONE.and(Part.LIMIT_SHARE, share, "");
    }

    /** Returns the demand to be at most so much below another figure's share of its limit. */
    static Must pointsBelow(double share, String figure) {
      return NONE.and(Part.POINTS_BELOW, share, figure);
    }

    Must p99(double value) {
      return and(Part.P99, value, "");
    }

    Must p999(double value) {
      return and(Part.P999, value, "");
    }

    Must bytes(double value) {
      return and(Part.BYTES, value, "");
    }

    /** Adds the demand to be so much better than the rivals whose names contain a text. */
    Must times(double ratio, String rival) {
      return and(Part.RIVAL, ratio, rival);
    }

    private Must and(Part part, double value, String of) {
      return new Must(
          Stream.concat(demands.stream(), Stream.of(new Demand(part, value, of))).toList());
    }
  }
}
