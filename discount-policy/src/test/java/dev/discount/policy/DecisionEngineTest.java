package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.OFFER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static dev.discount.policy.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Offer;
import dev.discount.core.ResponseModel;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.guard.AllowedLevels;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionEngineTest {

  // Expected profits of OFFER: 0.10*4000=400, 0.14*3500=490, 0.20*3000=600, 0.25*2000=500.
  private static final StubModel MODEL = StubModel.of(SCHEMA, 0.10, 0.14, 0.20, 0.25);

  private static DecisionEngine engine(DiscountPolicy policy, Guardrail... guardrails) {
    DecisionEngine.Builder builder = DecisionEngine.builder(MODEL, LADDER).policy(policy).seed(11);
    for (Guardrail guardrail : guardrails) {
      builder.guardrail(guardrail);
    }
    return builder.build();
  }

  @Test
  void decide_expectedProfit_saysEverythingAboutTheChoice() {
    Decision decision = engine(new ExpectedProfit()).decide(request(42).build());

    assertEquals(42, decision.decisionId());
    assertEquals(2, decision.levelIndex());
    assertEquals(LADDER.level(2), decision.level());
    assertEquals(9_000, decision.priceMinor());
    assertEquals(1_000, decision.discountMinor());
    assertEquals(1, decision.propensity());
    assertEquals((float) 0.20 * 3_000.0, decision.expectedProfitMinor());
    assertEquals((float) 0.20, decision.purchaseProbability());
    assertEquals("stub", decision.modelVersion());
    assertEquals(11, decision.seed());
    assertEquals(OFFER, decision.offer());
    assertEquals("expected-profit", decision.reasons().get(0).code());
    assertEquals(1, decision.reasons().size());
    assertEquals((float) 0.25, decision.levels().get(3).purchaseProbability());
    assertEquals(8_000, decision.levels().get(3).priceMinor());
    assertTrue(decision.levels().get(3).open());
    assertNull(decision.levels().get(3).closedBy());
  }

  @Test
  void decide_guardrails_firstThatClosesIsReported() {
    DecisionEngine engine =
        engine(
            new ExpectedProfit(),
            new LargestDiscount(1_000),
            MinimumMargin.ofAmountMinor(3_200),
            AllowedLevels.of(Map.of("lamp", Set.of(0, 1, 2))));

    Decision decision = engine.decide(request(1).build());

    assertEquals(1, decision.levelIndex());
    assertNull(decision.levels().get(0).closedBy());
    assertNull(decision.levels().get(1).closedBy());
    assertEquals("minimum-margin", decision.levels().get(2).closedBy());
    assertEquals("largest-discount", decision.levels().get(3).closedBy());
    assertEquals(
        List.of("expected-profit", "largest-discount", "minimum-margin"),
        decision.reasons().stream().map(Decision.Reason::code).toList());
    assertEquals(0, decision.levels().get(3).chance());
  }

  @Test
  void decide_guardrailClosesEverything_levelZeroStaysOpen() {
    Guardrail all =
        new Guardrail() {
          @Override
          public long closedLevels(DecisionContext context) {
            return -1L;
          }

          @Override
          public String code() {
            return "all";
          }

          @Override
          public String reason() {
            return "Nothing is sold cheaper.";
          }
        };
    Decision decision = engine(new FlatLevel(3), all).decide(request(1).build());
    assertEquals(0, decision.levelIndex());
    assertEquals(10_000, decision.priceMinor());
    assertTrue(decision.levels().get(0).open());
  }

  @Test
  void decide_requestAllowsSomeLevels_othersAreClosedByRequest() {
    Decision decision = engine(new FlatLevel(3)).decide(request(1).allowedLevels(1).build());
    assertEquals(1, decision.levelIndex());
    assertEquals("request", decision.levels().get(2).closedBy());
    assertEquals(
        List.of("flat", "request"),
        decision.reasons().stream().map(Decision.Reason::code).toList());
  }

  @Test
  void decide_sameRequestAgain_sameDecision() {
    DecisionEngine engine = engine(new EpsilonGreedy(new ExpectedProfit(), 0.5));
    for (long id = 0; id < 50; id++) {
      DecisionRequest request = request(id).number("age", 40).category("segment", "a").build();
      assertEquals(engine.decide(request), engine.decide(request));
    }
  }

  @Test
  void decide_replayedFromItsLog_sameLevel() {
    DecisionEngine engine = engine(new EpsilonGreedy(new ExpectedProfit(), 0.5));
    for (long id = -100; id < 100; id++) {
      Decision decision = engine.decide(request(id).build());
      double u = CounterRandom.unit(decision.seed(), decision.decisionId(), 0);
      int level = 0;
      double cumulative = decision.levels().get(0).chance();
      while (u >= cumulative) {
        cumulative += decision.levels().get(++level).chance();
      }
      assertEquals(level, decision.levelIndex());
      assertEquals(decision.levels().get(level).chance(), decision.propensity());
      String code = level == 2 ? "epsilon-greedy" : "explored";
      assertEquals(code, decision.reasons().get(0).code());
    }
  }

  @Test
  void decide_otherSeed_otherDraws() {
    DecisionEngine one = engine(new EpsilonGreedy(new ExpectedProfit(), 1));
    DecisionEngine other =
        DecisionEngine.builder(MODEL, LADDER)
            .policy(new EpsilonGreedy(new ExpectedProfit(), 1))
            .seed(12)
            .build();
    int differences = 0;
    for (long id = 0; id < 100; id++) {
      int level = one.decide(request(id).build()).levelIndex();
      differences += level == other.decide(request(id).build()).levelIndex() ? 0 : 1;
    }
    assertTrue(differences > 50, "draws that differ: " + differences);
  }

  @Test
  void decide_fieldsOfTheRequest_reachTheModel() {
    StubModel model =
        StubModel.of(
            SCHEMA,
            (rows, row, level) -> {
              assertEquals(7, rows.longAt(row, SCHEMA.slot("customer")));
              assertEquals("lamp", rows.textAt(row, SCHEMA.slot("item")));
              assertEquals(31.5, rows.doubleAt(row, SCHEMA.slot("age")));
              assertEquals("gold", rows.textAt(row, SCHEMA.slot("segment")));
              assertEquals(1, rows.doubleAt(row, SCHEMA.slot("mobile")));
              assertEquals(100, rows.doubleAt(row, SCHEMA.slot("price")));
              assertEquals(60, rows.doubleAt(row, SCHEMA.slot("cost")));
              assertTrue(rows.isMissing(row, SCHEMA.slot("bought")));
              return 0.5;
            });
    DecisionEngine engine =
        DecisionEngine.builder(MODEL, LADDER).policy(new ExpectedProfit()).build();
    AssertionError checkedOnMissingRow =
        assertThrows(AssertionError.class, () -> engine.swap(model));
    assertNotEquals(null, checkedOnMissingRow.getMessage());

    StubModel tolerant =
        StubModel.of(
            SCHEMA,
            (rows, row, level) ->
                rows.isMissing(row, SCHEMA.slot("age"))
                    ? 0.5
                    : probability(model, rows, row, level));
    engine.swap(tolerant);
    Decision decision =
        engine.decide(
            request(1)
                .number("age", 31.5)
                .category("segment", "gold")
                .flag("mobile", true)
                .build());
    assertEquals(0, decision.levelIndex());
  }

  private static double probability(
      ResponseModel model, dev.discount.core.data.Rows rows, int row, int level) {
    float[] out = new float[rows.size() * LADDER.size()];
    model.newScorer(LADDER).scoreInto(rows, out);
    return out[row * LADDER.size() + level];
  }

  @Test
  void decide_fieldNotGiven_isMissingAlsoAfterARequestThatGaveIt() {
    StubModel model =
        StubModel.of(
            SCHEMA,
            (rows, row, level) -> rows.isMissing(row, SCHEMA.slot("age")) && level == 0 ? 1 : 0.1);
    DecisionEngine engine =
        DecisionEngine.builder(model, LADDER).policy(new ExpectedProfit()).poolSize(1).build();
    assertEquals(
        (float) 0.1, engine.decide(request(1).number("age", 3).build()).purchaseProbability());
    assertEquals(1, engine.decide(request(2).build()).purchaseProbability());
  }

  @Test
  void decide_modelTurnsBad_saysWhichAndRecovers() {
    ResponseModel bad =
        StubModel.of(
            SCHEMA,
            (rows, row, level) -> rows.isMissing(row, SCHEMA.slot("age")) ? 0.5 : Double.NaN);
    DecisionEngine engine =
        DecisionEngine.builder(bad, LADDER).policy(new ExpectedProfit()).build();
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class, () -> engine.decide(request(1).number("age", 1).build()));
    assertEquals(
        "model stub must give probabilities in [0, 1], got NaN at level 0", error.getMessage());
    assertEquals(0, engine.decide(request(1).build()).levelIndex());
  }

  @Test
  void decide_policyBreaksItsContract_isRefused() {
    assertEquals(
        "policy odd must give probabilities that sum to 1, got 0.5", brokenBy(new double[] {0.5}));
    assertEquals(
        "policy odd must give level 1 a probability in [0, 1], got -1.0",
        brokenBy(new double[] {1, -1}));
    assertEquals(
        "policy odd must give level 3, which is closed, probability 0, got 1.0",
        brokenBy(new double[] {0, 0, 0, 1}));
    assertEquals(
        "policy odd must give level 0 a probability in [0, 1], got NaN",
        brokenBy(new double[] {Double.NaN}));
  }

  private static String brokenBy(double[] distribution) {
    DiscountPolicy odd =
        new DiscountPolicy() {
          @Override
          public void distributeInto(DecisionContext context, double[] out) {
            System.arraycopy(distribution, 0, out, 0, distribution.length);
          }

          @Override
          public String code() {
            return "odd";
          }

          @Override
          public String reason() {
            return "It is odd.";
          }
        };
    DecisionEngine engine = engine(odd, new LargestDiscount(1_500));
    return assertThrows(IllegalStateException.class, () -> engine.decide(request(1).build()))
        .getMessage();
  }

  @Test
  void topItems_ranksByExpectedProfit_equalsInOrderGiven() {
    DecisionEngine engine = engine(new ExpectedProfit());
    List<Offer> offers =
        List.of(
            new Offer("cheap", 1_000, 600),
            new Offer("first", 10_000, 6_000),
            new Offer("dear", 30_000, 18_000),
            new Offer("second", 10_000, 6_000));

    List<Decision> best = engine.topItems(request(5).build(), offers, 3);

    assertEquals(
        List.of("dear", "first", "second"), best.stream().map(d -> d.offer().itemId()).toList());
    assertEquals(2, best.get(0).levelIndex());
    assertEquals(27_000, best.get(0).priceMinor());
    assertEquals(4, engine.topItems(request(5).build(), offers, 100).size());
    assertEquals(List.of(), engine.topItems(request(5).build(), List.<Offer>of(), 3));
  }

  @Test
  void topItems_oneOffer_isTheDecisionOfThatOffer() {
    DecisionEngine engine = engine(new EpsilonGreedy(new ExpectedProfit(), 1));
    for (long id = 0; id < 20; id++) {
      assertEquals(
          List.of(engine.decide(request(id).build())),
          engine.topItems(request(id).build(), List.of(OFFER), 1));
    }
  }

  @Test
  void topItems_requestsWithTheirOwnFeatures_areScoredApart() {
    StubModel byAge =
        StubModel.of(
            SCHEMA,
            (rows, row, level) -> {
              double age = rows.doubleAt(row, SCHEMA.slot("age"));
              return Double.isNaN(age) ? 0 : age / 100;
            });
    DecisionEngine engine =
        DecisionEngine.builder(byAge, LADDER).policy(new ExpectedProfit()).build();
    List<DecisionRequest> requests =
        List.of(
            request(1).number("age", 20).build(),
            request(2).number("age", 60).build(),
            request(3).number("age", 40).build());
    assertEquals(
        List.of(2L, 3L, 1L),
        engine.topItems(requests, 3).stream().map(Decision::decisionId).toList());
  }

  @Test
  void warmUp_keepsDecisionsAndRenewsSessions() {
    DecisionEngine engine = engine(new EpsilonGreedy(new ExpectedProfit(), 0.5));
    Decision before = engine.decide(request(3).build());
    DecisionSession session = engine.newSession();
    engine.warmUp();
    assertEquals(before, engine.decide(request(3).build()));
    assertFalse(session.isCurrent());
  }
}
