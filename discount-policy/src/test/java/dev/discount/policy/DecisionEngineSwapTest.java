package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.OFFER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static dev.discount.policy.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Schema;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import org.junit.jupiter.api.Test;

class DecisionEngineSwapTest {

  private static final StubModel MODEL = StubModel.of(SCHEMA, 0.10, 0.14, 0.20, 0.25);

  private static DecisionEngine engine(DiscountPolicy policy) {
    return DecisionEngine.builder(MODEL, LADDER).policy(policy).build();
  }

  @Test
  void swap_modelThatCannotScoreTheLadder_oldStaysInForce() {
    DecisionEngine engine = engine(new ExpectedProfit());
    ResponseModel twoLevels = StubModel.of(SCHEMA, 0.5, 0.5);
    assertThrows(IllegalArgumentException.class, () -> engine.swap(twoLevels));
    assertSame(MODEL, engine.model());

    ResponseModel nan = StubModel.of(SCHEMA, (rows, row, level) -> level == 2 ? Double.NaN : 0.5);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> engine.swap(nan, new FlatLevel(1)));
    assertEquals(
        "model stub must give probabilities in [0, 1], got NaN at level 2", error.getMessage());
    assertSame(MODEL, engine.model());
    assertEquals("expected-profit", engine.policy().code());
    assertEquals(2, engine.decide(request(1).build()).levelIndex());
  }

  @Test
  void swap_modelWhoseScorerIsForAnotherLadder_isRefused() {
    ResponseModel stubborn =
        new ResponseModel() {
          @Override
          public Schema schema() {
            return SCHEMA;
          }

          @Override
          public String version() {
            return "stubborn";
          }

          @Override
          public ResponseScorer newScorer(DiscountLadder ladder) {
            return StubModel.of(SCHEMA, 0.5).newScorer(DiscountLadder.ofBasisPoints());
          }
        };
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> engine(new ExpectedProfit()).swap(stubborn));
    assertTrue(error.getMessage().startsWith("model must score the engine's ladder"));
  }

  @Test
  void swap_policyThatNamesAMissingLevel_oldStaysInForce() {
    DecisionEngine engine = engine(new ExpectedProfit());
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> engine.swap(new FlatLevel(4)));
    assertEquals("level must be in [0, 4), got 4", error.getMessage());
    assertEquals("expected-profit", engine.policy().code());
  }

  @Test
  void swap_goodModelAndPolicy_nextDecisionIsTheirs() {
    DecisionEngine engine = engine(new ExpectedProfit());
    DecisionSession session = engine.newSession();
    assertTrue(session.isCurrent());

    engine.swap(StubModel.of(SCHEMA, 0.9, 0.9, 0.9, 0.9).withVersion("second"));
    assertFalse(session.isCurrent());
    Decision decision = engine.decide(request(1).build());
    assertEquals("second", decision.modelVersion());
    assertEquals(0, decision.levelIndex());

    engine.swap(new FlatLevel(1));
    assertEquals(1, engine.decide(request(1).build()).levelIndex());

    session.offer(OFFER);
    assertEquals(2, session.decide(1));
    assertEquals("stub", session.modelVersion());
  }
}
