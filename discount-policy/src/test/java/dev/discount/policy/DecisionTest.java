package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.OFFER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static dev.discount.policy.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.testing.StubModel;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {

  private static final Decision.Reason MARGIN =
      new Decision.Reason("minimum-margin", "The margin would be too small.");

  private static DecisionBuilder builder(long id) {
    return Decision.builder(request(id).build(), LADDER)
        .level(1)
        .purchaseProbabilities(0.1, 0.2, 0.3, 0.4)
        .chances(0.25, 0.75, 0, 0)
        .closed(3, MARGIN)
        .closed(2, MARGIN)
        .modelVersion("v1")
        .seed(5);
  }

  @Test
  void builder_allStated_accessorsSayIt() {
    Decision decision = builder(3).reason("fixed", "By hand.").build();
    assertEquals(3, decision.decisionId());
    assertEquals(OFFER, decision.offer());
    assertEquals(LADDER, decision.ladder());
    assertEquals(1, decision.levelIndex());
    assertEquals(LADDER.level(1), decision.level());
    assertEquals(9_500, decision.priceMinor());
    assertEquals(500, decision.discountMinor());
    assertEquals(0.75, decision.propensity());
    assertEquals(0.2, decision.purchaseProbability());
    assertEquals(0.2 * 3_500, decision.expectedProfitMinor());
    assertEquals("v1", decision.modelVersion());
    assertEquals(5, decision.seed());
    assertEquals("fixed", decision.reasonCode());
    assertEquals(List.of(new Decision.Reason("fixed", "By hand."), MARGIN), decision.reasons());
  }

  @Test
  void builder_nothingStated_levelZeroForSure() {
    Decision decision = Decision.builder(request(1).build(), LADDER).build();
    assertEquals(0, decision.levelIndex());
    assertEquals(1, decision.propensity());
    assertEquals(0, decision.expectedProfitMinor());
    assertEquals(4, decision.levels().stream().filter(Decision.LevelView::open).count());
  }

  @Test
  void levels_equalTheAccessorsOfEachLevel() {
    Decision decision = builder(3).build();
    List<Decision.LevelView> views = decision.levels();
    assertEquals(LADDER.size(), views.size());
    for (int level = 0; level < views.size(); level++) {
      Decision.LevelView view = views.get(level);
      assertEquals(LADDER.level(level), view.level());
      assertEquals(decision.priceMinor(level), view.priceMinor());
      assertEquals(decision.purchaseProbability(level), view.purchaseProbability());
      assertEquals(decision.expectedProfitMinor(level), view.expectedProfitMinor());
      assertEquals(decision.chance(level), view.chance());
      assertEquals(decision.closedBy(level), view.closedBy());
    }
    assertEquals(8_000, decision.priceMinor(3));
    assertEquals(0.4 * 2_000, decision.expectedProfitMinor(3));
    assertEquals("minimum-margin", decision.closedBy(3));
    assertNull(decision.closedBy(1));
    assertThrows(IndexOutOfBoundsException.class, () -> decision.purchaseProbability(4));
    assertThrows(IndexOutOfBoundsException.class, () -> decision.chance(-1));
  }

  @Test
  void equals_everythingThatIsSaidCounts() {
    Decision decision = builder(3).build();
    assertEquals(decision, builder(3).build());
    assertEquals(decision.hashCode(), builder(3).build().hashCode());
    Decision.Reason other = new Decision.Reason("largest-discount", "The discount is too large.");
    List<Decision> others =
        List.of(
            builder(4).build(),
            builder(3).level(0).build(),
            builder(3).seed(6).build(),
            builder(3).modelVersion("v2").build(),
            builder(3).reason("flat", "Flat.").build(),
            builder(3).closed(2, other).build(),
            builder(3).chances(0.5, 0.5, 0, 0).build(),
            builder(3).purchaseProbabilities(0, 0.2, 0.3, 0.4).build(),
            Decision.builder(request(3).build(), DiscountLadder.ofBasisPoints(5, 6, 7)).build());
    for (Decision each : others) {
      assertNotEquals(decision, each);
    }
  }

  @Test
  void equals_guardrailThatClosedNothing_doesNotCount() {
    StubModel model = StubModel.of(SCHEMA, 0.1, 0.14, 0.2, 0.25);
    DecisionEngine.Builder plain =
        DecisionEngine.builder(model, LADDER).policy(new ExpectedProfit());
    DecisionEngine.Builder guarded =
        DecisionEngine.builder(model, LADDER)
            .policy(new ExpectedProfit())
            .guardrail(new LargestDiscount(9_000));
    DecisionRequest request = request(1).build();
    assertEquals(plain.build().decide(request), guarded.build().decide(request));
  }

  @Test
  void toString_namesLevelPriceAndReasons() {
    assertEquals(
        "Decision[decisionId=3, offer="
            + OFFER
            + ", level=5%, priceMinor=9500, propensity=0.75, expectedProfitMinor=700.0,"
            + " reasons=[fixed, minimum-margin], modelVersion=v1, seed=5]",
        builder(3).build().toString());
  }

  @Test
  void builder_badValue_isRefused() {
    DecisionBuilder builder = Decision.builder(request(1).build(), LADDER);
    assertMessage("level must be in [0, 4), got 4", () -> builder.level(4));
    assertMessage(
        "level must not be 0, which is always open, got 0", () -> builder.closed(0, MARGIN));
    assertMessage("probabilities must have length 4, got 1", () -> builder.chances(1));
    assertMessage(
        "probabilities[1] must be in [0, 1], got NaN",
        () -> builder.purchaseProbabilities(0, Double.NaN, 0, 0));
    builder.level(2).closed(2, MARGIN);
    assertEquals(
        "level must be open, got 2",
        assertThrows(IllegalStateException.class, builder::build).getMessage());
    builder.level(1).chances(1, 0, 0, 0);
    assertEquals(
        "chances[1] must be in (0, 1] for the chosen level, got 0.0",
        assertThrows(IllegalStateException.class, builder::build).getMessage());
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @Test
  void decide_eightLevels_allocatesAtMostFiveHundredBytes() {
    DiscountLadder ladder =
        DiscountLadder.ofBasisPoints(500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500);
    StubModel model = StubModel.of(SCHEMA, (rows, row, level) -> 0.1 + 0.01 * level);
    DecisionEngine engine =
        DecisionEngine.builder(model, ladder)
            .policy(new ExpectedProfit())
            .guardrail(new LargestDiscount(2_500))
            .build();
    DecisionRequest request =
        request(1).number("age", 40).category("segment", "gold").flag("mobile", true).build();
    long prices = decideMany(engine, request, 20_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long smallest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5; attempt++) {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      prices += decideMany(engine, request, 10_000);
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      smallest = Math.min(smallest, (after - before) / 10_000);
    }
    assertTrue(prices > 0);
    assertTrue(smallest <= 500, "bytes a decision: " + smallest);
  }

  private static long decideMany(DecisionEngine engine, DecisionRequest request, int count) {
    long prices = 0;
    for (int i = 0; i < count; i++) {
      prices += engine.decide(request).priceMinor();
    }
    return prices;
  }

  @Test
  void decision_keptAfterASwap_keepsNoModel() throws InterruptedException {
    StubModel next = StubModel.of(SCHEMA, 0.1, 0.14, 0.2, 0.25);
    ResponseModel first = next.withVersion("first");
    WeakReference<ResponseModel> old = new WeakReference<>(first);
    DecisionEngine engine =
        DecisionEngine.builder(first, LADDER).policy(new ExpectedProfit()).build();
    first = next;
    Decision kept = engine.decide(request(1).build());
    engine.swap(first);
    for (int attempt = 0; attempt < 50 && old.get() != null; attempt++) {
      System.gc();
      Thread.sleep(10);
    }
    assertNull(old.get());
    assertEquals("first", kept.modelVersion());
  }
}
