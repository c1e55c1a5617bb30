package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSetup;
import dev.discount.policy.budget.AtShadowPrice;
import dev.discount.policy.budget.LevelCost;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.testing.StubModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

  private static final int DECISIONS = 5_000;

  @TempDir private Path folder;
  private final MemoryKeys keys = new MemoryKeys();

  @BeforeEach
  void writeLog() {
    Shop.write(folder, keys, 0, DECISIONS);
  }

  private ReplayReport replay(DecisionEngine engine) {
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      return new Replay(engine).run(reader);
    }
  }

  @Test
  void run_sameEngine_everyDecisionBitForBit() {
    ReplayReport report = replay(Shop.engine(null));
    assertEquals(Map.of(), report.byField(), report.examples().toString());
    assertEquals(DECISIONS, report.decisions());
    assertEquals(0, report.different());
    assertEquals(0, report.erased());
  }

  @Test
  void run_anotherModel_namesTheCurveAndTheVersion() {
    StubModel other = StubModel.of(Shop.SCHEMA, (rows, row, level) -> 0.1).withVersion("other");
    DecisionEngine engine =
        DecisionEngine.builder(other, Shop.LADDER)
            .policy(new EpsilonGreedy(new ExpectedProfit(), 0.3))
            .guardrail(MinimumMargin.ofRateBps(1_000))
            .guardrail(new Shop.ItemCap(50))
            .guardrail(new LargestDiscount(2_500))
            .seed(Shop.SEED)
            .build();
    ReplayReport report = replay(engine);
    assertEquals(DECISIONS, report.different());
    assertTrue(report.byField().keySet().containsAll(Set.of("curve", "values", "modelVersion")));
    assertTrue(report.byField().get("level") > 0);
    assertEquals(100, report.examples().size());
    assertEquals("modelVersion", report.examples().get(0).field());
  }

  @Test
  void run_otherCap_namesWhatClosedAndNothingOfTheModel() {
    DecisionEngine engine =
        DecisionEngine.builder(Shop.MODEL, Shop.LADDER)
            .policy(new EpsilonGreedy(new ExpectedProfit(), 0.3))
            .guardrail(MinimumMargin.ofRateBps(1_000))
            .guardrail(new Shop.ItemCap(20))
            .guardrail(new LargestDiscount(2_500))
            .seed(Shop.SEED)
            .build();
    ReplayReport report = replay(engine);
    assertTrue(report.different() > 0 && report.different() < DECISIONS);
    assertTrue(report.byField().containsKey("closedBy"));
    assertTrue(!report.byField().containsKey("curve") && !report.byField().containsKey("values"));
  }

  @Test
  void run_otherSeed_differsWhereTheDrawDoes() {
    DecisionEngine engine =
        DecisionEngine.builder(Shop.MODEL, Shop.LADDER)
            .policy(new EpsilonGreedy(new ExpectedProfit(), 0.3))
            .guardrail(MinimumMargin.ofRateBps(1_000))
            .guardrail(new Shop.ItemCap(50))
            .guardrail(new LargestDiscount(2_500))
            .seed(Shop.SEED + 1)
            .build();
    ReplayReport report = replay(engine);
    assertEquals(DECISIONS, report.byField().get("seed"));
    assertTrue(report.byField().get("level") > 0);
    assertTrue(!report.byField().containsKey("chances"));
  }

  @Test
  @SuppressWarnings("try")
  void run_pricesSwapped_eachDecisionByTheEngineOfItsSetup(@TempDir Path swapped) {
    int each = 300;
    try (DecisionLog log = DecisionLog.open(swapped, Shop.config(), keys)) {
      DecisionEngine engine = priced(0, log);
      Thread writer = new Thread(log);
      writer.start();
      for (int price = 0; price < 5; price++) {
        engine.swap(new AtShadowPrice(price / 8.0));
        Shop.decide(engine, (long) price * each, (price + 1L) * each);
      }
    }

    ReplayReport byPrice;
    ReplayReport byOne;
    try (DecisionLogReader reader = DecisionLogReader.open(swapped, keys)) {
      byPrice = new Replay(setup -> priced(price(setup), null)).run(reader);
    }
    try (DecisionLogReader reader = DecisionLogReader.open(swapped, keys)) {
      byOne = new Replay(priced(0, null)).run(reader);
    }

    assertEquals(Map.of(), byPrice.byField(), byPrice.examples().toString());
    assertEquals(5L * each, byPrice.decisions());
    assertEquals(4L * each, byOne.byField().get("policyVersion"));
    assertTrue(byOne.byField().get("level") > 0);
  }

  private static double price(DecisionSetup setup) {
    LevelCost cost = LevelCost.expectedDiscount();
    return AtShadowPrice.ofVersion(setup.policyVersion(), cost).shadowPrice();
  }

  private static DecisionEngine priced(double shadowPrice, @Nullable DecisionLog log) {
    DecisionEngine.Builder builder =
        DecisionEngine.builder(Shop.MODEL, Shop.LADDER)
            .policy(new AtShadowPrice(shadowPrice))
            .seed(Shop.SEED);
    return log == null ? builder.build() : builder.log(log).build();
  }

  @Test
  void run_destroyedKey_countsWhatCannotBeRepeated() {
    assertTrue(keys.destroy("8"));
    ReplayReport report = replay(Shop.engine(null));
    assertTrue(report.erased() > 0);
    assertEquals(0, report.different());
    assertEquals(DECISIONS, report.decisions() + report.erased());
  }

  @Test
  void run_anotherLadder_isADifferenceOfEachDecision() {
    DecisionEngine engine =
        DecisionEngine.builder(Shop.MODEL, DiscountLadder.ofBasisPoints(500))
            .policy(new ExpectedProfit())
            .build();
    ReplayReport report = replay(engine);
    assertEquals(DECISIONS, report.different());
    assertEquals(Set.of("ladder", "stateLongs"), report.byField().keySet());
  }
}
