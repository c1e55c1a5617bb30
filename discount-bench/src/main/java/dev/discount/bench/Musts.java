package dev.discount.bench;

import dev.discount.bench.Figure.Demand;
import dev.discount.bench.Figure.Part;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds measurements against what ours has to reach. Stateless. */
final class Musts {

  private static final MathContext THREE_DIGITS = new MathContext(3);

  private Musts() {}

  /**
   * One demand.
   *
   * @param text what is demanded, as short as a table needs it
   * @param reached whether ours came up to it
   */
  record Outcome(String text, boolean reached) {
    @Override
    public String toString() {
      return text + (reached ? " reached" : " MISSED");
    }
  }

  /**
   * Checks a figure of ours. What is demanded beside a rival or another figure that was not
   * measured is left out.
   *
   * @param ours the measurement
   * @param all what else was measured
   */
  static List<Outcome> outcomes(Measurement ours, List<Measurement> all) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Demand demand : ours.figure().must().demands()) {
      switch (demand.part()) {
        case MEDIAN -> outcomes.add(median(ours, demand.value()));
        case LIMIT_SHARE ->
            outcomes.add(new Outcome(percent(demand.value()), ours.limitRatio() >= demand.value()));
        case P99, P999, BYTES -> outcomes.add(atMost(ours, demand));
        case RIVAL -> rival(ours, all, demand, outcomes);
        case POINTS_BELOW -> below(ours, all, demand, outcomes);
      }
    }
    return outcomes;
  }

  private static Outcome median(Measurement ours, double value) {
    boolean reached =
        ours.figure().unit().higherIsBetter() ? ours.median() >= value : ours.median() <= value;
    return new Outcome(number(value), reached);
  }

  private static Outcome atMost(Measurement ours, Demand demand) {
    boolean bytes = demand.part() == Part.BYTES;
    double value = bytes ? ours.bytes() : demand.part() == Part.P99 ? ours.p99() : ours.p999();
    String name = bytes ? "B/call" : demand.part() == Part.P99 ? "p99" : "p99.9";
    // A call either allocates or does not: a fraction of a byte is what the clock's caller does.
    double most = bytes ? Math.max(demand.value(), 0.5) : demand.value();
    return new Outcome(name + " " + number(demand.value()), value <= most);
  }

  private static void rival(
      Measurement ours, List<Measurement> all, Demand demand, List<Outcome> out) {
    double least =
        all.stream()
            .filter(m -> m.figure().equals(ours.figure()) && !m.party().equals(Contender.OURS))
            .filter(m -> m.party().contains(demand.of()))
            .mapToDouble(ours::ratioTo)
            .min()
            .orElse(Double.NaN);
    if (!Double.isNaN(least)) {
      String whom = demand.of().isEmpty() ? "best rival" : demand.of();
      out.add(new Outcome(number(demand.value()) + " x " + whom, least >= demand.value()));
    }
  }

  private static void below(
      Measurement ours, List<Measurement> all, Demand demand, List<Outcome> out) {
    for (Measurement other : all) {
      if (other.figure().name().equals(demand.of()) && other.party().equals(Contender.OURS)) {
        boolean reached = ours.limitRatio() >= other.limitRatio() - demand.value();
        String text = percent(demand.value()) + " below " + demand.of();
        out.add(new Outcome(text, reached));
      }
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String number(double value) {
    return value >= 1000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : new BigDecimal(value, THREE_DIGITS).stripTrailingZeros().toPlainString();
  }
}
