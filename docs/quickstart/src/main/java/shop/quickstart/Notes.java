package shop.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shop.quickstart.report.RunReport.PolicyKind;
import shop.quickstart.report.RunReport.PolicyOutcome;
import shop.quickstart.report.RunReport.Population;
import shop.quickstart.report.RunReport.Trial;

/** What a reader has to know to read a trial's figures rightly, one sentence or two each. */
final class Notes {

  private Notes() {}

  /** Returns what holds for the trial of any log. */
  static List<String> of(Trial trial, Propensities propensities) {
    List<String> notes = new ArrayList<>();
    List<String> missing = trial.unsupportedLevels();
    if (!missing.isEmpty()) {
      notes.add(
          "Levels without support in the log (fewer than "
              + Support.LEAST_ROWS
              + " training or test rows), left out of evaluation and of every policy: "
              + String.join(", ", missing)
              + ".");
    }
    notes.add(
        propensities.stated()
            ? "Estimates from the log are by inverse propensity, with the propensities that it"
                + " states."
            : "The log states no propensities. Each level is taken to have been drawn at random,"
                + " whoever the customer was, with the share it has among the test rows. If it"
                + " was not, the values estimated from the log are biased.");
    notes.add(
        "The best flat discount is chosen on the same customers that it is judged by, which"
            + " favours it.");
    return notes;
  }

  /**
   * Returns what holds where the truth is known besides.
   *
   * @param trial the trial
   * @param trueOnLog the true profit per test row of the largest expected profit, in major units
   * @param visiblePer1000 the true profit of 1 000 new customers if every probability were known
   *     that the log's columns determine
   */
  static List<String> ofTruth(Trial trial, double trueOnLog, double visiblePer1000) {
    PolicyOutcome best = find(trial.populations().get(0), Candidate.EXPECTED_PROFIT);
    List<String> notes = new ArrayList<>();
    notes.add(
        String.format(
            Locale.ROOT,
            "The tables are true expectations for visits after the log's last. A shop without a"
                + " simulator only has its log: on its test rows, inverse propensity puts the"
                + " profit per customer of the policy by expected profit at %.3f with a standard"
                + " error of %.3f, and the truth there is %.3f.",
            best.value(),
            best.standardError(),
            trueOnLog));
    Population unknown = trial.populations().get(trial.populations().size() - 1);
    double flat = find(unknown, trial.bestFlat()).profitPer1000();
    double oracle =
        unknown.policies().stream()
            .filter(policy -> policy.kind() == PolicyKind.ORACLE)
            .findFirst()
            .orElseThrow()
            .profitPer1000();
    notes.add(
        String.format(
            Locale.ROOT,
            "The oracle also knows a habit of each customer that shows only in what they buy. Of"
                + " new customers nobody can know it: who knew all that the columns determine"
                + " would reach %.0f %% of the oracle's gain with them.",
            100 * (visiblePer1000 - flat) / (oracle - flat)));
    return notes;
  }

  private static PolicyOutcome find(Population population, String name) {
    return population.policies().stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
