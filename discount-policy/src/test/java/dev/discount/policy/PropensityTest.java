package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static dev.discount.policy.Fixtures.request;

import dev.discount.core.Offer;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.rule.ThresholdLadder;
import dev.discount.policy.testing.StubModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often levels are chosen, against the propensities that are reported. */
class PropensityTest {

  private static final int DECISIONS = 100_000;
  private static final List<Offer> BOTH = List.of(Fixtures.OFFER, new Offer("vase", 1, 0));
  private static final StubModel MODEL = StubModel.of(SCHEMA, 0.10, 0.14, 0.20, 0.25);

  /** A policy with a distribution of its own. */
  private record Mixed(double... chances) implements DiscountPolicy {
    @Override
    public void distributeInto(DecisionContext context, double[] out) {
      System.arraycopy(chances, 0, out, 0, chances.length);
    }

    @Override
    public String code() {
      return "mixed";
    }

    @Override
    public String reason() {
      return "It is mixed.";
    }
  }

  private static void assertFrequencies(DiscountPolicy policy, Guardrail guardrail, long seed) {
    DecisionEngine engine =
        DecisionEngine.builder(MODEL, LADDER)
            .policy(policy)
            .guardrail(guardrail)
            .seed(seed)
            .build();
    long[] counts = new long[LADDER.size()];
    double[] expected = new double[LADDER.size()];
    DecisionSession session = engine.newSession();
    session.offer(Fixtures.OFFER);
    for (int id = 0; id < DECISIONS; id++) {
      counts[session.decide(id)]++;
      for (int level = 0; level < expected.length; level++) {
        expected[level] += session.propensity(level);
      }
    }
    ChiSquare.assertFits(counts, expected);
  }

  @Test
  void epsilonGreedy_frequencies_fitPropensities() {
    LargestDiscount open = new LargestDiscount(10_000);
    LargestDiscount closing = new LargestDiscount(1_000);
    for (double epsilon : new double[] {0.05, 0.5, 1}) {
      assertFrequencies(new EpsilonGreedy(new ExpectedProfit(), epsilon), open, 1);
      assertFrequencies(new EpsilonGreedy(new FlatLevel(3), epsilon), closing, 2);
      ThresholdLadder thresholds = ThresholdLadder.of(new double[] {0.5}, new int[] {1, 0});
      assertFrequencies(new EpsilonGreedy(thresholds, epsilon), open, -3);
    }
  }

  @Test
  void mixed_frequencies_fitPropensities() {
    assertFrequencies(new Mixed(0.01, 0.19, 0.3, 0.5), new LargestDiscount(10_000), 4);
    assertFrequencies(new Mixed(0.7, 0, 0.3, 0), new LargestDiscount(10_000), Long.MIN_VALUE);
  }

  @Test
  void topItems_sameDecisionId_drawsOfTheItemsAreIndependent() {
    DecisionEngine engine =
        DecisionEngine.builder(MODEL, LADDER)
            .policy(new EpsilonGreedy(new FlatLevel(0), 1))
            .seed(5)
            .build();
    long[] pairs = new long[4];
    double[] expected = new double[4];
    for (int id = 0; id < 20_000; id++) {
      List<Decision> decisions = engine.topItems(request(id).build(), BOTH, 2);
      int lamp = decisions.get(0).levelIndex() / 2;
      int vase = decisions.get(1).levelIndex() / 2;
      pairs[2 * lamp + vase]++;
    }
    Arrays.fill(expected, 5_000);
    ChiSquare.assertFits(pairs, expected);
  }
}
