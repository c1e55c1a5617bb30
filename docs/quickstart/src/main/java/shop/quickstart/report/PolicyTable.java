package shop.quickstart.report;

import java.util.ArrayList;
import java.util.List;
import shop.quickstart.report.RunReport.PolicyKind;
import shop.quickstart.report.RunReport.PolicyOutcome;
import shop.quickstart.report.RunReport.Population;
import shop.quickstart.report.RunReport.Trial;

/** The policies of one population as rows of cells, for the terminal and the page alike. */
public final class PolicyTable {

  private final List<String> headings;
  private final List<List<String>> rows;

  private PolicyTable(List<String> headings, List<List<String>> rows) {
    this.headings = headings;
    this.rows = rows;
  }

  /**
   * Returns the table of one population: every policy for the whole, and for a part the best single
   * level and the policies that are not flat.
   *
   * @param trial the trial the population belongs to
   * @param population the population
   */
  public static PolicyTable of(Trial trial, Population population) {
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
      rows.add(List.copyOf(row));
    }
    return new PolicyTable(List.copyOf(headings), List.copyOf(rows));
  }

  /** Returns the headings. */
  List<String> headings() {
    return headings;
  }

  /** Returns the cells, row by row. */
  List<List<String>> rows() {
    return rows;
  }

  /** Returns the table as text: the first column to the left, the others to the right. */
  public String text() {
    int columns = headings.size();
    int[] widths = new int[columns];
    List<List<String>> lines = new ArrayList<>();
    lines.add(headings);
    lines.addAll(rows);
    for (List<String> line : lines) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], line.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String cell = lines.get(i).get(c);
        String padding = " ".repeat(widths[c] - cell.length());
        line.append(c == 0 ? cell + padding : "  " + padding + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
      if (i == 0) {
        text.append("-".repeat(line.length())).append('\n');
      }
    }
    return text.toString();
  }
}
