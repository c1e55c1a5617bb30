package shop.quickstart;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.nn.TrainedModel;
import dev.discount.policy.PolicySweep;
import dev.discount.policy.ope.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import shop.quickstart.report.RunReport.PolicyKind;
import shop.quickstart.report.RunReport.Trial;

/** Lets policies decide for a population and finds what they earn. Immutable. */
final class PolicyTrial {

  /** A population that policies decide for. */
  private record Population(Rows rows, int[] selection, Demand demand) {}

  private final Lesson lesson;
  private final TrainedModel model;
  private final Support support;
  private final Population logged;
  private final DiscountLadder ladder;
  private final List<Candidate> candidates;

  private PolicyTrial(Lesson lesson, TrainedModel model, Support support, Population logged) {
    this.lesson = lesson;
    this.model = model;
    this.support = support;
    this.logged = logged;
    this.ladder = lesson.rows().schema().ladder();
    Predictions train = Predictions.of(model, ladder, lesson.rows(), lesson.parts().train());
    this.candidates = new ArrayList<>(Candidate.of(lesson.rows().schema(), support, train));
    Candidate similarity =
        VectorSimilarity.candidate(model, lesson.rows(), lesson.parts().train(), support);
    if (similarity != null) {
      candidates.add(candidates.size() - 2, similarity);
    }
  }

  /**
   * Prepares a trial.
   *
   * @param lesson the log and its parts
   * @param model the model as it was loaded
   * @param support the levels that may be offered
   * @param test what the test rows show
   * @param propensities the probabilities of what they show
   * @throws UserError if the log states no price or no cost
   */
  static PolicyTrial of(
      Lesson lesson,
      TrainedModel model,
      Support support,
      LoggedOffers test,
      Propensities propensities) {
    Rows rows = lesson.rows();
    int[] selection = test.rows();
    for (int row : selection) {
      if (rows.schema().priceMinor(rows, row) < 0 || rows.schema().costMinor(rows, row) < 0) {
        throw new UserError(
            "the schema must state price and cost of every row, as columns or as constants, where"
                + " it has a discount column: policies are compared by profit");
      }
    }
    return new PolicyTrial(
        lesson,
        model,
        support,
        new Population(rows, selection, new LoggedDemand(rows, test, propensities)));
  }

  /** Returns what each policy earns from the test rows, by inverse propensity. */
  Trial onLog() {
    Schema schema = lesson.rows().schema();
    Comparison comparison = new Comparison(schema, support, false);
    for (Candidate candidate : candidates) {
      Earnings earnings = earnings(candidate, logged);
      comparison.add(candidate.name(), candidate.kind(), earnings, earnings.profit());
    }
    int[] everyone = IntStream.range(0, logged.selection().length).toArray();
    comparison.population("Test rows", everyone);
    if (schema.slot(Field.Role.CUSTOMER) != Schema.NONE) {
      boolean[] known = known();
      int[] old = Arrays.stream(everyone).filter(place -> known[place]).toArray();
      int[] unknown = Arrays.stream(everyone).filter(place -> !known[place]).toArray();
      if (old.length > 0 && unknown.length > 0) {
        comparison.population("Customers of the training rows", old);
        comparison.population("New customers", unknown);
      }
    }
    return comparison.trial();
  }

  /**
   * Returns what each policy truly earns from visits after the log's, and an oracle besides.
   *
   * @param truth the shop that wrote the log
   * @param heldOut the visits
   */
  Trial inTruth(Truth truth, Truth.HeldOut heldOut) {
    Population population = new Population(heldOut.rows(), heldOut.all(), heldOut.demand());
    Comparison comparison = new Comparison(lesson.rows().schema(), support, true);
    for (Candidate candidate : candidates) {
      Estimate value = earnings(candidate, logged).profit();
      comparison.add(candidate.name(), candidate.kind(), earnings(candidate, population), value);
    }
    double[] oracle = heldOut.demand().oracleChances(ladder);
    double[] oracleOnLog = truth.ofLog(logged.selection()).oracleChances(ladder);
    comparison.add(
        "oracle",
        PolicyKind.ORACLE,
        Earnings.of(heldOut.demand(), ladder, oracle),
        Earnings.of(logged.demand(), ladder, oracleOnLog).profit());
    comparison.population("Everyone", heldOut.all());
    comparison.population("Known customers", heldOut.known());
    comparison.population("New customers", heldOut.unknown());
    return comparison.trial();
  }

  /**
   * Returns the true profit per test row of the policy by expected profit, in minor units.
   *
   * @param truth the shop that wrote the log
   */
  double trueProfitOnLogMinor(Truth truth) {
    Candidate expectedProfit =
        candidates.stream()
            .filter(candidate -> candidate.name().equals(Candidate.EXPECTED_PROFIT))
            .findFirst()
            .orElseThrow();
    int[] selection = logged.selection();
    Population known = new Population(logged.rows(), selection, truth.ofLog(selection));
    return earnings(expectedProfit, known).profit().value();
  }

  private Earnings earnings(Candidate candidate, Population population) {
    double[] chances = new double[population.selection().length * ladder.size()];
    PolicySweep.of(model, ladder, candidate.policy(), List.of())
        .withLevels(support.mask())
        .distributeInto(population.rows(), population.selection(), chances);
    return Earnings.of(population.demand(), ladder, chances);
  }

  private boolean[] known() {
    Rows rows = lesson.rows();
    Set<String> seen = new HashSet<>();
    for (int row : lesson.parts().train()) {
      seen.add(String.valueOf(Cells.text(rows, row, Field.Role.CUSTOMER)));
    }
    boolean[] known = new boolean[logged.selection().length];
    for (int place = 0; place < known.length; place++) {
      int row = logged.selection()[place];
      known[place] = seen.contains(String.valueOf(Cells.text(rows, row, Field.Role.CUSTOMER)));
    }
    return known;
  }
}
