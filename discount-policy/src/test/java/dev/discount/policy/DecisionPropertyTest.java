package dev.discount.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.policy.guard.AllowedLevels;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.rule.ThresholdLadder;
import dev.discount.policy.testing.StubModel;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every decision, over random ladders, models, policies, guardrails and prices. */
class DecisionPropertyTest {

  private static final int DECISIONS_PER_TRY = 100;

  @Property(tries = 1_500)
  void decision_keepsEveryRule(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DiscountLadder ladder = ladder(random);
    double[] probabilities = random.doubles(ladder.size(), 0, 1).toArray();
    StubModel model = StubModel.of(Fixtures.SCHEMA, probabilities);
    MinimumMargin margin = new MinimumMargin(random.nextInt(0, 10_001), random.nextLong(0, 5_000));
    LargestDiscount largest = new LargestDiscount(random.nextInt(0, 10_001));
    Set<Integer> allowed = levels(random, ladder);
    DecisionSession session =
        DecisionEngine.builder(model, ladder)
            .policy(policy(random, ladder))
            .guardrail(margin)
            .guardrail(largest)
            .guardrail(AllowedLevels.of(Map.of("lamp", allowed)))
            .seed(seed)
            .build()
            .newSession();
    for (int id = 0; id < DECISIONS_PER_TRY; id++) {
      long price = random.nextLong(0, 1L << random.nextInt(1, 44));
      long cost = random.nextLong(0, price + 1);
      String item = random.nextBoolean() ? "lamp" : "vase";
      long requested = random.nextBoolean() ? -1 : random.nextLong();
      session.offer(item, price, cost);
      session.allowedLevels(requested);
      int level = session.decide(random.nextLong());

      assertTrue((session.closedLevels() >>> level & 1) == 0, "level " + level + " is closed");
      assertEquals(0, session.closedLevels() & 1, "level 0 is closed");
      assertTrue(session.propensity() > 0 && session.propensity() <= 1);
      long net = session.priceMinor();
      assertTrue(net >= 0 && net <= price, "price " + net + " of " + price);
      assertEquals(probabilitySum(session, ladder), 1, 1e-9, "the propensities sum to 1");
      if (level > 0) {
        assertTrue((requested >>> level & 1) != 0, "not requested");
        assertTrue(item.equals("vase") || allowed.contains(level), "not allowed");
        assertTrue(net - cost >= margin.amountMinor(), "margin");
        assertTrue((net - cost) * 10_000.0 >= margin.rateBps() * (double) net * (1 - 1e-12));
        assertTrue(
            ladder.level(level) instanceof Level.PercentOff percent
                ? percent.basisPoints() <= largest.depthBps()
                : (price - net) * 10_000.0 <= largest.depthBps() * (double) price * (1 + 1e-12));
      }
    }
  }

  private static double probabilitySum(DecisionSession session, DiscountLadder ladder) {
    double sum = 0;
    for (int level = 0; level < ladder.size(); level++) {
      sum += session.propensity(level);
    }
    return sum;
  }

  private static DiscountLadder ladder(SplittableRandom random) {
    int size = random.nextInt(5) == 0 ? 63 : random.nextInt(8);
    Set<Integer> steps = new TreeSet<>();
    while (steps.size() < size) {
      steps.add(random.nextInt(1, 10_001));
    }
    return switch (random.nextInt(3)) {
      case 0 -> DiscountLadder.ofBasisPoints(steps.stream().mapToInt(i -> i).toArray());
      case 1 -> DiscountLadder.ofAmounts(steps.stream().mapToLong(i -> i).toArray());
      default -> DiscountLadder.ofNames(steps.stream().map(i -> "gift" + i).toArray(String[]::new));
    };
  }

  private static Set<Integer> levels(SplittableRandom random, DiscountLadder ladder) {
    Set<Integer> levels = new HashSet<>(Set.of(0));
    for (int level = 0; level < ladder.size(); level++) {
      if (random.nextBoolean()) {
        levels.add(level);
      }
    }
    return levels;
  }

  private static DiscountPolicy policy(SplittableRandom random, DiscountLadder ladder) {
    int level = random.nextInt(ladder.size());
    return switch (random.nextInt(4)) {
      case 0 -> new FlatLevel(level);
      case 1 -> new ExpectedProfit();
      case 2 -> ThresholdLadder.of(new double[] {random.nextDouble()}, new int[] {level, 0});
      default -> new EpsilonGreedy(new FlatLevel(level), random.nextDouble());
    };
  }

  @Property(tries = 2_000)
  void expectedProfit_noOpenLevelEarnsMoreAndNoShallowerAsMuch(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DiscountLadder ladder = ladder(random);
    double[] coarse = random.ints(ladder.size(), 0, 4).mapToDouble(i -> i / 4.0).toArray();
    StubModel model = StubModel.of(Fixtures.SCHEMA, coarse);
    DecisionSession session =
        DecisionEngine.builder(model, ladder).policy(new ExpectedProfit()).build().newSession();
    long price = random.nextLong(0, 20_000);
    long cost = random.nextLong(0, price + 1);
    session.offer("lamp", price, cost);
    int chosen = session.decide(1);
    for (int level = 0; level < ladder.size(); level++) {
      double profit = coarse[level] * (ladder.level(level).netPriceMinor(price) - cost);
      assertTrue(
          level < chosen
              ? profit < session.expectedProfitMinor()
              : profit <= session.expectedProfitMinor(),
          "level " + level + " earns " + profit + ", chosen " + chosen);
    }
  }
}
