package shop.quickstart.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shop.quickstart.report.RunReport.BudgetComparison;
import shop.quickstart.report.RunReport.Spender;

/** Policies at equal spend, a row each. */
public final class BudgetTable {

  private BudgetTable() {}

  /** Returns what the table shows, as a sentence. */
  public static String sentence(BudgetComparison budget) {
    return String.format(
        Locale.ROOT,
        "The same budget for %,d customers, %.2f for 1 000; per 1 000, %s:",
        budget.customers(),
        budget.budgetPer1000(),
        budget.simulated() ? "true profit" : "profit by inverse propensity");
  }

  /** Returns the table. */
  public static Table of(BudgetComparison budget) {
    List<Spender> spenders = budget.spenders();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < spenders.size(); i++) {
      Spender spender = spenders.get(i);
      rows.add(
          List.of(
              spender.name(),
              Text.fixed(spender.spentPer1000(), 2),
              Text.fixed(spender.profitPer1000(), 2),
              i == 0 ? "" : Text.gain(spender.firstEarnsMore(), 2)));
    }
    String ours = spenders.get(0).name();
    return new Table(
        List.of("policy", "spent", "profit", ours + " earns more [95 % interval]"), rows);
  }
}
