package shop.quickstart;

import dev.discount.core.data.Schema;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.rule.ThresholdLadder;
import java.util.ArrayList;
import java.util.List;
import shop.quickstart.report.RunReport.PolicyKind;

/**
 * A policy that takes part in the comparison. Immutable.
 *
 * @param name what it is called in the report
 * @param kind what it looks at
 * @param policy the policy
 */
record Candidate(String name, PolicyKind kind, DiscountPolicy policy) {

  /** The name of the policy that the library is for. */
  static final String EXPECTED_PROFIT = "expected profit";

  private static final double EPSILON = 0.1;

  /**
   * Returns the policies that are compared on any log: each supported level for everybody, a
   * threshold ladder, the largest expected profit, and that with some exploring.
   *
   * @param schema the log's schema
   * @param support the levels that may be offered
   * @param train the predictions for training rows, which say where the bands of the threshold
   *     ladder begin
   */
  static List<Candidate> of(Schema schema, Support support, Predictions train) {
    List<Candidate> candidates = new ArrayList<>();
    support
        .levels()
        .forEach(
            level ->
                candidates.add(
                    new Candidate(flatName(schema, level), PolicyKind.FLAT, new FlatLevel(level))));
    candidates.add(new Candidate("threshold ladder", PolicyKind.PERSONAL, ladder(support, train)));
    candidates.add(new Candidate(EXPECTED_PROFIT, PolicyKind.PERSONAL, new ExpectedProfit()));
    candidates.add(
        new Candidate(
            EXPECTED_PROFIT + ", 10 % exploring",
            PolicyKind.PERSONAL,
            new EpsilonGreedy(new ExpectedProfit(), EPSILON)));
    return candidates;
  }

  private static String flatName(Schema schema, int level) {
    return level == 0 ? "no discount" : "flat " + LevelLabels.of(schema, level);
  }

  /** Bands with as many training rows each; who buys anyway gets the smallest discount. */
  private static DiscountPolicy ladder(Support support, Predictions train) {
    double[] probabilities = new double[train.size()];
    for (int place = 0; place < probabilities.length; place++) {
      probabilities[place] = train.at(place, 0);
    }
    Bands bands = Bands.ofEqualCount(probabilities, support.deepestFirst());
    return ThresholdLadder.of(bands.bounds(), bands.levels());
  }
}
