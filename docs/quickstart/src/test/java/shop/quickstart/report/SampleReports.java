package shop.quickstart.report;

import java.util.ArrayList;
import java.util.List;
import shop.quickstart.report.RunReport.Bin;
import shop.quickstart.report.RunReport.BudgetComparison;
import shop.quickstart.report.RunReport.Epoch;
import shop.quickstart.report.RunReport.Interval;
import shop.quickstart.report.RunReport.Machine;
import shop.quickstart.report.RunReport.PolicyKind;
import shop.quickstart.report.RunReport.PolicyOutcome;
import shop.quickstart.report.RunReport.Population;
import shop.quickstart.report.RunReport.Quality;
import shop.quickstart.report.RunReport.Recommendation;
import shop.quickstart.report.RunReport.RecommendedItem;
import shop.quickstart.report.RunReport.Reliability;
import shop.quickstart.report.RunReport.Segment;
import shop.quickstart.report.RunReport.Sizes;
import shop.quickstart.report.RunReport.Source;
import shop.quickstart.report.RunReport.Spender;
import shop.quickstart.report.RunReport.Trial;

/** Made-up reports whose figures follow from simple formulas. */
final class SampleReports {

  static final List<String> LEVELS = List.of("none", "2%", "4%", "6%", "8%", "10%", "12%", "14%");

  private SampleReports() {}

  /** A run with the truth known, eight levels, the last two without support. */
  static RunReport simulated() {
    return report("a shop's <log> & more", true, trial(true), null);
  }

  /** A run on a user's log. */
  static RunReport logged() {
    return report("purchases.csv", false, trial(false), null);
  }

  /** A run on a log without a discount column. */
  static RunReport plain() {
    return report("sessions.csv.gz", false, null, null);
  }

  /** A run on the simulated shop with a budget. */
  static RunReport withBudget() {
    Interval unknown = new Interval(Double.NaN, Double.NaN, Double.NaN);
    BudgetComparison budget =
        new BudgetComparison(
            400,
            true,
            200,
            1.75,
            List.of(
                new Spender("budget policy", 199.5, 4_037, unknown),
                new Spender("flat 6%", 200, 3_887.5, new Interval(149.5, 139.25, 159.75))),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""
                + " aria-labelledby=\"budget-title\"><title id=\"budget-title\">Value</title>"
                + "<polyline points=\"0,0 1,1\"/></svg>");
    return report("a shop's log", true, trial(true), budget);
  }

  private static RunReport report(
      String name, boolean simulated, Trial trial, BudgetComparison budget) {
    List<String> labels = trial == null ? List.of("all rows") : LEVELS;
    return new RunReport(
        new Source(name, simulated, 7),
        new Sizes(123_456, 100_000, 11_456, 12_000),
        new Quality(0.234567, 0.78912, 0.004321, 0.2712),
        epochs(),
        reliability(labels),
        trial == null ? List.of() : segments(simulated),
        trial,
        budget,
        trial == null ? List.of() : recommendations(),
        new Machine(31.25, 212_345.6, 4.5, "panama-512", "17.0.15", 2, 7_654_321L, "0".repeat(64)),
        List.of("Levels 12% & 14% are < 50 rows.", "A second note."));
  }

  private static List<Epoch> epochs() {
    List<Epoch> epochs = new ArrayList<>();
    for (int n = 1; n <= 10; n++) {
      epochs.add(new Epoch(1, n, 0.25 + 0.2 / n, 0.26 + 0.18 / n));
    }
    return epochs;
  }

  private static List<Reliability> reliability(List<String> labels) {
    List<Reliability> levels = new ArrayList<>();
    for (int level = 0; level < labels.size(); level++) {
      List<Bin> bins = new ArrayList<>();
      for (int b = 0; b < (level >= 6 ? 0 : 15); b++) {
        double predicted = 0.005 + 0.02 * b + 0.002 * level;
        bins.add(new Bin(100, predicted, predicted + 0.01 * Math.sin(3 * b + level)));
      }
      levels.add(new Reliability(labels.get(level), level >= 6 ? 0 : 1500, bins));
    }
    return levels;
  }

  private static List<Segment> segments(boolean truth) {
    List<Segment> segments = new ArrayList<>();
    String[] names = {"weakest response", "weaker", "stronger", "strongest response"};
    for (int s = 0; s < names.length; s++) {
      List<Double> predicted = new ArrayList<>();
      List<Double> observed = new ArrayList<>();
      List<Double> real = new ArrayList<>();
      for (int level = 0; level < LEVELS.size(); level++) {
        double p = 0.05 + 0.02 * s + 0.004 * (s + 1) * level;
        predicted.add(p);
        observed.add(level >= 6 ? Double.NaN : p + 0.008 * Math.cos(level + s));
        real.add(truth ? p * 1.03 : Double.NaN);
      }
      segments.add(new Segment(names[s], 3000, predicted, observed, real));
    }
    return segments;
  }

  private static Trial trial(boolean oracle) {
    List<PolicyOutcome> all = new ArrayList<>();
    for (int level = 0; level < 6; level++) {
      String name = level == 0 ? "no discount" : "flat " + LEVELS.get(level);
      all.add(
          outcome(name, PolicyKind.FLAT, 1800 - 40 * Math.abs(level - 3), 0.02 * level, oracle));
    }
    all.add(outcome("threshold ladder", PolicyKind.PERSONAL, 1795, 0.05, oracle));
    all.add(outcome("similarity to discount", PolicyKind.PERSONAL, 1750, 0.06, oracle));
    all.add(outcome("expected profit", PolicyKind.PERSONAL, 1890, 0.04, oracle));
    all.add(outcome("expected profit, 10 % exploring", PolicyKind.PERSONAL, 1875, 0.045, oracle));
    if (oracle) {
      all.add(outcome("oracle", PolicyKind.ORACLE, 1900, 0.043, true));
    }
    List<Boolean> supported = List.of(true, true, true, true, true, true, false, false);
    return new Trial(
        LEVELS,
        supported,
        "flat 6%",
        oracle
            ? List.of(
                new Population("everyone", 12_000, all),
                new Population("known customers", 9_000, all),
                new Population("new customers", 3_000, all))
            : List.of(new Population("everyone", 12_000, all)));
  }

  private static PolicyOutcome outcome(
      String name, PolicyKind kind, double profit, double depth, boolean oracle) {
    boolean best = name.equals("flat 6%");
    double gain = profit - 1800;
    return new PolicyOutcome(
        name,
        kind,
        depth,
        profit * 2.5,
        profit,
        profit * depth,
        profit / 1000 + 0.003,
        0.0125,
        oracle ? profit / 1000 : Double.NaN,
        best ? new Interval(0, 0, 0) : new Interval(gain, gain - 12.5, gain + 12.5),
        oracle ? gain / 100 : Double.NaN,
        List.of(0.3, 0.2, 0.1, 0.1, 0.1, 0.2, 0.0, 0.0));
  }

  private static List<Recommendation> recommendations() {
    RecommendedItem first = new RecommendedItem("item-17", "6%", 40, 37.6, 0.3125, 5.5);
    RecommendedItem second = new RecommendedItem("item-4", "none", 25.5, 25.5, 0.25, 3.25);
    return List.of(
        new Recommendation("1001", List.of(first, second)),
        new Recommendation("1002", List.of(second)));
  }
}
