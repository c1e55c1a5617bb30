package dev.discount.policy.value;

import static dev.discount.policy.value.ValueFixtures.LADDER;
import static dev.discount.policy.value.ValueFixtures.number;
import static dev.discount.policy.value.ValueFixtures.session;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.Valuation;
import dev.discount.policy.rule.HighestValue;
import dev.discount.policy.testing.StubModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ExpectedValueTest {

  /* Probabilities 1/4, 3/8, 1/2; prices 100, 90, 80; cost 60: all exact in binary. */

  private static void assertTerm(DecisionSession session, String term, double... expected) {
    int t = session.valuation().terms().indexOf(term);
    for (int level = 0; level < LADDER.size(); level++) {
      assertEquals(expected[level], session.term(level, t), 1e-9, term + " at level " + level);
    }
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void profitAlone_hasTheBitsOfTheDefault() {
    DecisionSession plain = session(Valuation.expectedProfit());
    DecisionSession stated = session(ExpectedValue.builder(Objective.PROFIT).build());
    plain.decide(1);
    stated.decide(1);
    for (int level = 0; level < LADDER.size(); level++) {
      assertEquals(plain.value(level), stated.value(level));
    }
    assertEquals("minor-units", stated.valuation().unit());
    assertEquals(List.of("profit"), stated.valuation().terms());
  }

  @Test
  void pureObjectives_chooseDifferentLevels() {
    DecisionSession profit = session(ExpectedValue.builder(Objective.PROFIT).build());
    assertEquals(1, profit.decide(1), "1000, 1125, 1000");
    DecisionSession revenue = session(ExpectedValue.builder(Objective.REVENUE).build());
    assertEquals(2, revenue.decide(1));
    assertTerm(revenue, "revenue", 2_500, 3_375, 4_000);
    DecisionSession conversions = session(ExpectedValue.builder(Objective.CONVERSIONS).build());
    assertEquals(2, conversions.decide(1));
    assertTerm(conversions, "conversions", 0.25, 0.375, 0.5);
    assertEquals("purchases", conversions.valuation().unit());
    DecisionSession units =
        session(
            ExpectedValue.builder(Objective.UNITS).quantity(Stated.field("quantity", 2)).build());
    assertEquals(2, units.decide(1));
    assertTerm(units, "units", 0.5, 0.75, 1);
    number(units, "quantity", 4);
    units.decide(1);
    assertTerm(units, "units", 1, 1.5, 2);
  }

  @Test
  void mix_weighsAndNamesEachPart() {
    Objective mix = new Objective(1, 0.5, 100, 10);
    DecisionSession session =
        session(ExpectedValue.builder(mix).quantity(Stated.constant(3)).build());
    session.decide(1);
    assertEquals("mix", session.valuation().code());
    assertEquals("points", session.valuation().unit());
    assertTerm(session, "profit", 3_000, 3_375, 3_000);
    assertTerm(session, "revenue", 3_750, 5_062.5, 6_000);
    assertTerm(session, "conversions", 25, 37.5, 50);
    assertTerm(session, "units", 7.5, 11.25, 15);
    assertEquals("mix", new Objective(2, 0, 0, 0).code(), "another unit than profit");
  }

  @Test
  void basket_addsTheRestAndNeverTakesOff() {
    DecisionSession session = session(ExpectedValue.builder(Objective.PROFIT).basket(0.5).build());
    session.decide(1);
    // Beyond the item: 120 - 100, 130 - 90, 70 - 80.
    assertTerm(session, "basket", 0.25 * 1_000, 0.375 * 2_000, 0);
    DecisionSession revenue = session(ExpectedValue.builder(Objective.REVENUE).basket(0.5).build());
    revenue.decide(1);
    assertTerm(revenue, "basket", 0.25 * 2_000, 0.375 * 4_000, 0);
  }

  @Test
  void lifetimeAndNewness_comeFromFieldsOrWhatHoldsOtherwise() {
    DecisionSession session =
        session(
            ExpectedValue.builder(Objective.PROFIT)
                .lifetime(Stated.field("lifetime", 20), 0.1)
                .newProduct(Stated.field("fresh", 0), 400)
                .build());
    session.decide(1);
    assertTerm(session, "lifetime", 50, 75, 100);
    assertTerm(session, "new-product", 0, 0, 0);
    number(session, "lifetime", 200);
    number(session, "fresh", 1);
    session.decide(1);
    assertTerm(session, "lifetime", 500, 750, 1_000);
    assertTerm(session, "new-product", 100, 150, 200);
  }

  @Test
  void returns_takeBackTheirShareAndWhatTheyCost() {
    DecisionSession session =
        session(
            ExpectedValue.builder(Objective.PROFIT)
                .returns(Stated.field("return_rate", 0.5), 100, 0.75)
                .build());
    session.decide(1);
    // A return loses handling and a quarter of the cost, 1600, besides the margin.
    assertTerm(
        session, "returns", -0.5 * (1_000 + 400), -0.5 * (1_125 + 600), -0.5 * (1_000 + 800));
    DecisionSession conversions =
        session(
            ExpectedValue.builder(Objective.CONVERSIONS)
                .returns(Stated.constant(0.5), 100, 0.75)
                .build());
    conversions.decide(1);
    assertTerm(conversions, "returns", -0.125, -0.1875, -0.25);
  }

  @Test
  void stock_clearsOutAndHoldsBack() {
    DecisionSession session =
        session(
            ExpectedValue.builder(Objective.PROFIT)
                .stock(Stated.field("pressure", 0), 0.5, 0.75)
                .build());
    assertEquals(1, session.decide(1));
    assertTerm(session, "stock", 0, 0, 0);
    number(session, "pressure", 1);
    assertEquals(2, session.decide(1), "clear-out deepens the discount");
    assertTerm(session, "stock", 750, 1_125, 1_500);
    number(session, "pressure", -1);
    assertEquals(0, session.decide(1), "scarcity ends it");
    assertTerm(session, "stock", -750, -1_125, -1_500);
  }

  @Test
  void incremental_levelZeroIsWorthNothingAndTheChoiceStays() {
    ExpectedValueBuilder builder =
        ExpectedValue.builder(new Objective(1, 0.3, 7, 0))
            .basket(0.3)
            .returns(Stated.constant(0.1), 33, 0.7);
    DecisionSession whole = session(builder.build());
    DecisionSession added = session(builder.incremental().build());
    assertEquals(whole.decide(1), added.decide(1));
    assertEquals(0.0, added.value(0), "exactly");
    for (int level = 1; level < LADDER.size(); level++) {
      assertEquals(whole.value(level) - whole.value(0), added.value(level), 1e-9);
    }
    assertTerm(added, "anyway", -whole.value(0), -whole.value(0), -whole.value(0));
  }

  @Test
  void version_namesEverySetting() {
    ExpectedValue one = ExpectedValue.builder(Objective.PROFIT).basket(0.3).build();
    ExpectedValue same = ExpectedValue.builder(Objective.PROFIT).basket(0.3).build();
    ExpectedValue other = ExpectedValue.builder(Objective.PROFIT).basket(0.31).build();
    assertEquals(one.version(), same.version());
    assertEquals(one, same);
    assertNotEquals(one.version(), other.version());
    assertNotEquals(one, other);
  }

  @Test
  void badSettings_areNamed() {
    ExpectedValueBuilder profit = ExpectedValue.builder(Objective.PROFIT);
    assertRefused(
        "weight of revenue must be >= 0 and finite, got -1.0", () -> new Objective(1, -1, 0, 0));
    assertRefused(
        "weight of profit must be >= 0 and finite, got NaN",
        () -> new Objective(Double.NaN, 0, 0, 0));
    assertRefused(
        "objective must have a weight above 0, got none", () -> new Objective(0, 0, 0, 0));
    assertRefused("quantity must be >= 0, got -1.0", () -> profit.quantity(Stated.constant(-1)));
    assertRefused("marginShare must be in [0, 1], got NaN", () -> profit.basket(Double.NaN));
    assertRefused(
        "lifetime weight must be >= 0 and finite, got -0.1",
        () -> profit.lifetime(Stated.constant(1), -0.1));
    assertRefused(
        "return probability must be in [0, 1], got 1.5",
        () -> profit.returns(Stated.field("return_rate", 1.5), 0, 1));
    assertRefused(
        "handlingMinor must be >= 0, got -5", () -> profit.returns(Stated.constant(0), -5, 1));
    assertRefused(
        "stock pressure must be in [-1, 1], got 2.0", () -> profit.stock(Stated.constant(2), 0, 0));
    assertRefused(
        "boostMinor must be >= 0, got -1", () -> profit.newProduct(Stated.constant(1), -1));
    assertRefused("otherwise must be finite, got NaN", () -> Stated.constant(Double.NaN));
    assertRefused(
        "objective must have a weight of profit or revenue for the term basket, got units",
        () -> ExpectedValue.builder(Objective.UNITS).basket(1).build());
  }

  @Test
  void whatTheModelLacks_isNamedBeforeTheEngineIsBuilt() {
    assertRefused(
        "quantity must be a field of numbers or flags of the model's schema, got nothing",
        () -> session(profitOf("nothing")));
    assertRefused(
        "quantity must be a field of numbers or flags of the model's schema, got item",
        () -> session(profitOf("item")));
    assertRefused(
        "quantity must be known before the decision, got field bought of role outcome",
        () -> session(profitOf("bought")));
    StubModel plain = StubModel.of(ValueFixtures.SCHEMA, ValueFixtures.CURVE);
    ExpectedValue basket = ExpectedValue.builder(Objective.PROFIT).basket(1).build();
    assertRefused(
        "basket must have a model that predicts values, got model stub without",
        () ->
            DecisionEngine.builder(plain, LADDER)
                .policy(new HighestValue())
                .valuation(basket)
                .build());
    DecisionEngine engine = ValueFixtures.engine(basket);
    assertThrows(IllegalArgumentException.class, () -> engine.swap(plain));
    assertEquals(ValueFixtures.MODEL, engine.model(), "the old stays");
  }

  private static ExpectedValue profitOf(String quantityField) {
    return ExpectedValue.builder(Objective.PROFIT).quantity(Stated.field(quantityField, 1)).build();
  }

  @Test
  void badFieldsAndValues_areNamedWhenDecided() {
    DecisionSession session =
        session(
            ExpectedValue.builder(Objective.PROFIT)
                .returns(Stated.field("return_rate", 0), 0, 1)
                .build());
    number(session, "return_rate", 1.25);
    assertRefused(
        "return probability in field return_rate must be in [0, 1], got 1.25",
        () -> session.decide(1));
    StubModel broken = ValueFixtures.MODEL.withValues((rows, row, level) -> Double.NaN);
    DecisionSession basket =
        DecisionEngine.builder(broken, LADDER)
            .policy(new HighestValue())
            .valuation(ExpectedValue.builder(Objective.PROFIT).basket(1).build())
            .build()
            .newSession();
    basket.offer("lamp", 100, 0);
    assertEquals(
        "model must give values >= 0 and finite, got NaN at level 0",
        assertThrows(IllegalStateException.class, () -> basket.decide(1)).getMessage());
  }
}
