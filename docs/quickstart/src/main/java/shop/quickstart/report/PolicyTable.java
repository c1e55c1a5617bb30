package shop.quickstart.report;

import java.util.ArrayList;
import java.util.List;
import shop.quickstart.report.RunReport.PolicyKind;
import shop.quickstart.report.RunReport.PolicyOutcome;
import shop.quickstart.report.RunReport.Population;
import shop.quickstart.report.RunReport.Trial;

/** The policies of one population, a row each. */
public final class PolicyTable {

  private PolicyTable() {}

  /**
   * Returns the table of one population: every policy for the whole, and for a part the best single
   * level and the policies that are not flat.
   *
   * @param trial the trial the population belongs to
   * @param population the population
   */
  public static Table of(Trial trial, Population population) {
    boolean oracle = trial.oracleOutcome() != null;
    boolean whole = population.equals(trial.populations().get(0));
    List<String> headings =
        new ArrayList<>(
            List.of(
                "policy",
                "mean discount",
                "revenue",
                "profit",
                "discount cost",
                "profit above best flat [95 % interval]"));
    if (oracle) {
      headings.add("of oracle's gain");
    }
    double largest =
        population.policies().stream()
            .mapToDouble(p -> Math.max(Math.abs(p.revenuePer1000()), Math.abs(p.profitPer1000())))
            .max()
            .orElse(0);
    int digits = Text.moneyDigits(largest);
    List<List<String>> rows = new ArrayList<>();
    for (PolicyOutcome policy : population.policies()) {
      boolean bestFlat = policy.name().equals(trial.bestFlat());
      if (!whole && !bestFlat && policy.kind() == PolicyKind.FLAT) {
        continue;
      }
      List<String> row = new ArrayList<>();
      row.add(policy.name() + (bestFlat ? " (best flat)" : ""));
      row.add(Text.percent(policy.meanDiscount(), 1));
      row.add(Text.fixed(policy.revenuePer1000(), digits));
      row.add(Text.fixed(policy.profitPer1000(), digits));
      row.add(Text.fixed(policy.discountCostPer1000(), digits));
      row.add(bestFlat ? "" : Text.gain(policy.gain(), digits));
      if (oracle) {
        row.add(bestFlat ? "" : Text.percent(policy.shareOfOracleGain(), 0));
      }
      rows.add(row);
    }
    return new Table(headings, rows);
  }
}
