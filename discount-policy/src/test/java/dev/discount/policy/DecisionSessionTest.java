package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.OFFER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.discount.policy.guard.AllowedLevels;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.SimilarityDiscount;
import dev.discount.policy.rule.ThresholdLadder;
import dev.discount.policy.rule.VectorTable;
import dev.discount.policy.testing.StubModel;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionSessionTest {

  private static final int AGE = SCHEMA.slot("age");
  private static final int SEGMENT = SCHEMA.slot("segment");
  private static final int MOBILE = SCHEMA.slot("mobile");

  private static final StubModel MODEL =
      StubModel.of(
          SCHEMA,
          (rows, row, level) -> {
            double age = rows.doubleAt(row, AGE);
            return Double.isNaN(age) ? 0.5 : (age + level) / 100;
          });

  private static DecisionEngine engine(DiscountPolicy policy) {
    return DecisionEngine.builder(MODEL, LADDER)
        .policy(policy)
        .guardrail(MinimumMargin.ofRateBps(1_000))
        .guardrail(new LargestDiscount(1_500))
        .guardrail(AllowedLevels.of(Map.of("vase", Set.of(1))))
        .seed(3)
        .build();
  }

  @Test
  void decide_sameInputsAsTheEasyDoor_sameDecision() {
    DecisionEngine engine = engine(new EpsilonGreedy(new ExpectedProfit(), 0.4));
    DecisionSession session = engine.newSession();
    for (long id = 0; id < 500; id++) {
      DecisionRequest request =
          DecisionRequest.builder(id)
              .customer(id)
              .offer(OFFER)
              .number("age", id % 90)
              .category("segment", "s" + id % 3)
              .flag("mobile", id % 2 == 0)
              .build();
      Decision decision = engine.decide(request);

      session.reset();
      session.customer(id);
      session.offer(OFFER);
      session.number(AGE, id % 90);
      session.key(SEGMENT, "s" + id % 3);
      session.number(MOBILE, 1 - id % 2);
      assertEquals(decision.levelIndex(), session.decide(id));
      assertEquals(decision.levelIndex(), session.levelIndex());
      assertEquals(decision.priceMinor(), session.priceMinor());
      assertEquals(decision.propensity(), session.propensity());
      assertEquals(decision.expectedProfitMinor(), session.expectedProfitMinor());
      assertEquals(decision.reasons().get(0).code(), session.reasonCode());
      assertEquals(decision.modelVersion(), session.modelVersion());
      for (int level = 0; level < LADDER.size(); level++) {
        Decision.LevelView view = decision.levels().get(level);
        assertEquals(view.chance(), session.propensity(level));
        assertEquals(view.purchaseProbability(), session.purchaseProbability(level));
        assertEquals(view.open() ? "" : view.closedBy(), session.closedBy(level));
        assertEquals(view.open(), (session.closedLevels() >>> level & 1) == 0);
      }
    }
  }

  @Test
  void decide_allocatesNothing() {
    VectorTable vectors =
        VectorTable.of(
            Map.of("1", new float[] {1, 0}, "ann", new float[] {1, 1}),
            Map.of("lamp", new float[] {0, 1}, "vase", new float[] {1, 0}));
    DiscountPolicy[] policies = {
      new EpsilonGreedy(new ExpectedProfit(), 0.2),
      ThresholdLadder.of(new double[] {0.3, 0.6}, new int[] {2, 1, 0}),
      SimilarityDiscount.of(vectors, new double[] {0.5}, new int[] {2, 0})
    };
    for (DiscountPolicy policy : policies) {
      DecisionSession session = engine(policy).newSession();
      long sum = decideMany(session, 20_000);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      long smallest = Long.MAX_VALUE;
      for (int attempt = 0; attempt < 5; attempt++) {
        long before = threads.getThreadAllocatedBytes(thread);
        sum += decideMany(session, 10_000);
        smallest = Math.min(smallest, threads.getThreadAllocatedBytes(thread) - before);
      }
      assertTrue(sum > 0);
      assertTrue(smallest < 10_000, policy.code() + " allocated " + smallest + " in 10 000");
    }
  }

  private static long decideMany(DecisionSession session, int count) {
    long sum = 0;
    for (int id = 0; id < count; id++) {
      session.reset();
      if (id % 2 == 0) {
        session.customer(1);
        session.offer("lamp", 10_000, 6_000);
      } else {
        session.customer("ann");
        session.offer("vase", 20_000, 15_000);
      }
      session.number(AGE, id % 80);
      session.key(SEGMENT, "gold");
      session.number(MOBILE, 1);
      sum += session.decide(id) + session.priceMinor() + session.closedLevels();
      sum += (long) (session.propensity() + session.expectedProfitMinor());
      sum += session.closedBy(3).length() + session.reasonCode().length();
    }
    return sum;
  }

  @Test
  void decide_valuesStayUntilSetAgain() {
    DecisionSession session = engine(new ExpectedProfit()).newSession();
    session.offer(OFFER);
    session.number(AGE, 10);
    session.decide(1);
    assertEquals((float) 0.10, session.purchaseProbability(0));
    session.decide(2);
    assertEquals((float) 0.10, session.purchaseProbability(0));
    session.missing(AGE);
    session.decide(3);
    assertEquals(0.5, session.purchaseProbability(0));
  }

  @Test
  void allowedLevels_maskWithoutLevelZero_levelZeroIsAllowed() {
    DecisionSession session = engine(new ExpectedProfit()).newSession();
    session.offer("lamp", 10_000, 9_500);
    session.allowedLevels(0);
    assertEquals(0, session.decide(1));
    assertEquals("request", session.closedBy(1));
    assertEquals(0b1110, session.closedLevels());
  }

  @Test
  void setters_badValue_isRefusedAndNothingChanges() {
    DecisionSession session = engine(new ExpectedProfit()).newSession();
    session.offer(OFFER);
    session.number(AGE, 10);
    assertMessage("age must be finite, got NaN", () -> session.number(AGE, Double.NaN));
    assertMessage("slot must be in [0, 9), got 9", () -> session.number(9, 1));
    assertMessage("age must be set as a number, got a text", () -> session.key(AGE, "x"));
    assertMessage(
        "unitCostMinor must be in [0, listPriceMinor=5], got 6", () -> session.offer("a", 5, 6));
    assertMessage("listPriceMinor must be >= 0, got -1", () -> session.offer("a", -1, 0));
    assertMessage("newItemId must not be blank, got \" \"", () -> session.offer(" ", 5, 1));
    session.decide(1);
    assertEquals((float) 0.10, session.purchaseProbability(0));
    assertEquals((float) 0.10 * 4_000.0, session.expectedProfitMinor());
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @Test
  void decide_withoutOffer_isRefused() {
    DecisionSession session = engine(new ExpectedProfit()).newSession();
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> session.decide(1));
    assertEquals("offer must be set before a decision, got none", error.getMessage());
    assertThrows(IllegalStateException.class, session::levelIndex);
    session.offer(OFFER);
    session.decide(1);
    session.reset();
    assertThrows(IllegalStateException.class, session::propensity);
  }
}
