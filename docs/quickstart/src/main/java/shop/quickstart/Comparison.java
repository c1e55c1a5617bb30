package shop.quickstart;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Schema;
import dev.discount.policy.ope.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import shop.quickstart.report.RunReport.Interval;
import shop.quickstart.report.RunReport.PolicyKind;
import shop.quickstart.report.RunReport.PolicyOutcome;
import shop.quickstart.report.RunReport.Population;
import shop.quickstart.report.RunReport.Trial;

/** Sets what policies earn side by side. Confined to one thread. */
final class Comparison {

  /** What a policy is called, what it looks at and what it earns. */
  private record Entry(String name, PolicyKind kind, Earnings earnings, Estimate logged) {}

  private final Schema schema;
  private final Support support;
  private final boolean simulated;
  private final double unit;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, int[]> populations = new LinkedHashMap<>();

  /**
   * Starts a comparison.
   *
   * @param schema the log's schema
   * @param support the levels that were offered
   * @param simulated whether earnings are true rather than estimated
   */
  Comparison(Schema schema, Support support, boolean simulated) {
    this.schema = schema;
    this.support = support;
    this.simulated = simulated;
    this.unit = Math.pow(10, schema.minorDigits());
  }

  /**
   * Adds a policy.
   *
   * @param name what it is called
   * @param kind what it looks at
   * @param earnings what it earns from the population
   * @param logged the profit of a test row by inverse propensity, in minor units
   */
  void add(String name, PolicyKind kind, Earnings earnings, Estimate logged) {
    entries.add(new Entry(name, kind, earnings, logged));
  }

  /** Adds a group of the population that is looked at apart; the first is the whole. */
  void population(String name, int[] places) {
    populations.put(name, places);
  }

  /** Returns the outcome. */
  Trial trial() {
    int[] everyone = populations.values().iterator().next();
    Entry bestFlat = bestFlat(everyone);
    DiscountLadder ladder = schema.ladder();
    List<Population> groups = new ArrayList<>();
    populations.forEach(
        (name, places) -> groups.add(new Population(name, places.length, list(bestFlat, places))));
    return new Trial(
        LevelLabels.of(schema),
        IntStream.range(0, ladder.size()).mapToObj(support::has).toList(),
        bestFlat.name(),
        groups);
  }

  private Entry bestFlat(int[] places) {
    Entry best = null;
    for (Entry entry : entries) {
      if (entry.kind() == PolicyKind.FLAT
          && (best == null
              || entry.earnings().meanProfitMinor(places)
                  > best.earnings().meanProfitMinor(places))) {
        best = entry;
      }
    }
    if (best == null) {
      throw new IllegalStateException("a flat policy must take part, got none");
    }
    return best;
  }

  private List<PolicyOutcome> list(Entry bestFlat, int[] places) {
    double oracleGain = Double.NaN;
    for (Entry entry : entries) {
      if (entry.kind() == PolicyKind.ORACLE) {
        oracleGain = gain(entry, bestFlat, places);
      }
    }
    List<PolicyOutcome> outcomes = new ArrayList<>();
    for (Entry entry : entries) {
      outcomes.add(outcome(entry, bestFlat, places, oracleGain));
    }
    return outcomes;
  }

  private PolicyOutcome outcome(Entry entry, Entry bestFlat, int[] places, double oracleGain) {
    Earnings earnings = entry.earnings();
    Estimate gain = earnings.gainOver(bestFlat.earnings(), places);
    double per1000 = 1000 / unit;
    boolean whole = places == populations.values().iterator().next();
    List<Double> shares = new ArrayList<>();
    for (int level = 0; level < schema.ladder().size(); level++) {
      shares.add(earnings.share(level, places));
    }
    return new PolicyOutcome(
        entry.name(),
        entry.kind(),
        earnings.meanDepth(places),
        per1000 * earnings.meanRevenueMinor(places),
        per1000 * earnings.meanProfitMinor(places),
        per1000 * earnings.meanDiscountCostMinor(places),
        whole ? entry.logged().value() / unit : Double.NaN,
        whole ? entry.logged().standardError() / unit : Double.NaN,
        simulated ? earnings.meanProfitMinor(places) / unit : Double.NaN,
        new Interval(per1000 * gain.value(), per1000 * gain.low95(), per1000 * gain.high95()),
        per1000 * gain.value() / oracleGain,
        shares);
  }

  private double gain(Entry entry, Entry bestFlat, int[] places) {
    return 1000 / unit * entry.earnings().gainOver(bestFlat.earnings(), places).value();
  }
}
