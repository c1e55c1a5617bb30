package dev.discount.policy.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DiscountPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RuleTest {

  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1_000, 3_000, 5_000);
  private static final Offer OFFER = new Offer("lamp", 1_000, 400);

  private static double[] distribution(DiscountPolicy policy, DecisionContext context) {
    double[] out = new double[context.ladder().size()];
    policy.distributeInto(context, out);
    return out;
  }

  private static DecisionContext context(double... probabilities) {
    return DecisionContext.of(LADDER, OFFER, probabilities);
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void flatLevel_takesItsLevelOrTheNearestShallowerOpen() {
    DecisionContext context = context(0.1, 0.2, 0.3, 0.4);
    assertArrayEquals(new double[] {0, 0, 1, 0}, distribution(new FlatLevel(2), context));
    assertArrayEquals(
        new double[] {0, 1, 0, 0}, distribution(new FlatLevel(3), context.withOpenLevels(0b0011)));
  }

  @Test
  void flatLevel_badLevel_isRefused() {
    assertRefused("level must be >= 0, got -1", () -> new FlatLevel(-1));
    assertRefused("level must be in [0, 4), got 4", () -> new FlatLevel(4).checkLadder(LADDER));
  }

  @Test
  void expectedProfit_takesTheLargestAndTheSmallestDiscountAmongEquals() {
    // Margins 600, 500, 300, 100.
    ExpectedProfit policy = new ExpectedProfit();
    assertArrayEquals(new double[] {0, 1, 0, 0}, distribution(policy, context(0.1, 0.2, 0.3, 0.9)));
    assertArrayEquals(new double[] {1, 0, 0, 0}, distribution(policy, context(0.25, 0.3, 0.5, 1)));
    assertArrayEquals(
        new double[] {0, 0, 1, 0},
        distribution(policy, context(0.5, 0.6, 0.7, 1).withOpenLevels(0b1100)));
    assertArrayEquals(new double[] {1, 0, 0, 0}, distribution(policy, context(0, 0, 0, 0)));
  }

  @Test
  void expectedProfit_everythingBelowCost_takesTheSmallestLoss() {
    DecisionContext context =
        DecisionContext.of(LADDER, new Offer("lamp", 1_000, 1_000), 0.5, 0.5, 0.5, 0.5);
    assertArrayEquals(
        new double[] {0, 1, 0, 0},
        distribution(new ExpectedProfit(), context.withOpenLevels(0b1110)));
  }

  @Test
  void thresholdLadder_bandsOfTheUndiscountedProbability() {
    // Who hardly buys gets half the price, who buys anyway pays in full.
    ThresholdLadder policy =
        ThresholdLadder.of(new double[] {0.2, 0.4, 0.7}, new int[] {3, 2, 1, 0});
    assertArrayEquals(new double[] {0, 0, 0, 1}, distribution(policy, context(0.19, 1, 1, 1)));
    assertArrayEquals(new double[] {0, 0, 1, 0}, distribution(policy, context(0.2, 1, 1, 1)));
    assertArrayEquals(new double[] {0, 1, 0, 0}, distribution(policy, context(0.69, 1, 1, 1)));
    assertArrayEquals(new double[] {1, 0, 0, 0}, distribution(policy, context(0.7, 1, 1, 1)));
    assertArrayEquals(
        new double[] {0, 1, 0, 0},
        distribution(policy, context(0.1, 1, 1, 1).withOpenLevels(0b0011)));
  }

  @Test
  void thresholdLadder_badBands_areRefused() {
    assertRefused(
        "levels must have length 2, got 1",
        () -> ThresholdLadder.of(new double[] {0.5}, new int[] {0}));
    assertRefused(
        "bounds[1] must be > bounds[0]=0.5, got 0.5",
        () -> ThresholdLadder.of(new double[] {0.5, 0.5}, new int[] {0, 1, 2}));
    assertRefused(
        "bounds[0] must be finite, got NaN",
        () -> ThresholdLadder.of(new double[] {Double.NaN}, new int[] {0, 1}));
    assertRefused(
        "levels[1] must be >= 0, got -1",
        () -> ThresholdLadder.of(new double[] {0.5}, new int[] {0, -1}));
    assertRefused(
        "levels[1] must be in [0, 4), got 9",
        () -> ThresholdLadder.of(new double[] {0.5}, new int[] {0, 9}).checkLadder(LADDER));
  }

  @Test
  void similarityDiscount_bandsOfTheCosine_unknownGetsNoDiscount() {
    double[] bounds = {0, 0.8};
    int[] levels = {3, 1, 0};
    DecisionContext context = context(0.1, 0.2, 0.3, 0.4);
    assertArrayEquals(
        new double[] {0, 0, 0, 1},
        distribution(SimilarityDiscount.of(any -> -0.5, bounds, levels), context));
    assertArrayEquals(
        new double[] {0, 1, 0, 0},
        distribution(SimilarityDiscount.of(any -> 0, bounds, levels), context));
    assertArrayEquals(
        new double[] {1, 0, 0, 0},
        distribution(SimilarityDiscount.of(any -> 1, bounds, levels), context));
    assertArrayEquals(
        new double[] {1, 0, 0, 0},
        distribution(SimilarityDiscount.of(any -> Double.NaN, bounds, levels), context));
    assertArrayEquals(
        new double[] {0, 0, 1, 0},
        distribution(
            SimilarityDiscount.of(any -> -1, bounds, levels), context.withOpenLevels(0b0111)));
  }

  @Test
  void epsilonGreedy_sharesEpsilonAmongTheOpenLevels() {
    EpsilonGreedy policy = new EpsilonGreedy(new FlatLevel(1), 0.3);
    DecisionContext context = context(0.1, 0.2, 0.3, 0.4);
    assertArrayEquals(
        new double[] {0.075, 0.775, 0.075, 0.075}, distribution(policy, context), 1e-15);
    assertArrayEquals(
        new double[] {0.15, 0.85, 0, 0},
        distribution(policy, context.withOpenLevels(0b0011)),
        1e-15);
    assertArrayEquals(
        new double[] {1, 0, 0, 0}, distribution(policy, context.withOpenLevels(0b0001)), 1e-15);
  }

  @Test
  void epsilonGreedy_badEpsilon_isRefused() {
    assertRefused(
        "epsilon must be in [0, 1], got NaN",
        () -> new EpsilonGreedy(new FlatLevel(0), Double.NaN));
    assertRefused(
        "epsilon must be in [0, 1], got 1.5", () -> new EpsilonGreedy(new FlatLevel(0), 1.5));
  }
}
