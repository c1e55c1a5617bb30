package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.testing.StubModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemandForecastTest {

  /**
   * Two customers: steps of slope 4 and 1 that cost 10 and 20, and one of slope 2 that costs 30.
   */
  private static final float[] TWO = {0, 0, 40, 10, 60, 30, 0, 0, 60, 30, 60, 30};

  private static final DemandForecast FORECAST =
      DemandForecast.of(new BudgetSolver(1).path(Population.of(3, TWO)));

  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1000, 2000, 3000);
  private static final Offer OFFER = new Offer("lamp", 10_000, 4_000);

  @Test
  void spend_isThatOfTheStepsAboveThePrice() {
    PriceCurve curve = FORECAST.curve();
    assertEquals(2, curve.customers());
    assertEquals(60, curve.spend(0));
    assertEquals(60, curve.spend(0.99));
    assertEquals(40, curve.spend(1.02));
    assertEquals(10, curve.spend(2.04));
    assertEquals(0, curve.spend(4.08));
    assertEquals(0, curve.spend(Double.POSITIVE_INFINITY));
  }

  @Test
  void shadowPrice_isTheInverseOfSpend() {
    PriceCurve curve = FORECAST.curve();
    assertEquals(0, curve.shadowPrice(60));
    assertEquals(1, curve.shadowPrice(50), 0.02);
    assertEquals(2, curve.shadowPrice(25), 0.04);
    assertEquals(4, curve.shadowPrice(5), 0.08);
    for (double budget = 1; budget < 60; budget++) {
      assertEquals(budget, curve.spend(curve.shadowPrice(budget)), 1e-9);
    }
  }

  @Test
  void shadowPrice_withoutMoney_buysNothing() {
    PriceCurve curve = FORECAST.curve();
    for (double budget : new double[] {0, -1}) {
      assertEquals(0, curve.spend(curve.shadowPrice(budget)));
    }
    assertEquals(0, PriceCurve.empty().shadowPrice(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void shadowPrice_ofNoAmount_isRefused(double budget) {
    assertThrows(IllegalArgumentException.class, () -> FORECAST.curve().shadowPrice(budget));
    assertThrows(
        IllegalArgumentException.class, () -> FORECAST.shadowPrice(PriceCurve.empty(), budget));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1})
  void spend_atNoPrice_isRefused(double price) {
    assertThrows(IllegalArgumentException.class, () -> FORECAST.curve().spend(price));
    assertThrows(IllegalArgumentException.class, () -> FORECAST.curve().times(price));
    assertThrows(IllegalArgumentException.class, () -> FORECAST.ofCustomers(price));
  }

  @Test
  void ofCustomers_scalesAll() {
    DemandForecast ten = FORECAST.ofCustomers(10);
    assertEquals(300, ten.curve().spend(0), 1e-9);
    assertEquals(FORECAST.curve().shadowPrice(25), ten.shadowPrice(PriceCurve.empty(), 125), 1e-9);
  }

  @Test
  void minus_moreThanThereIs_takesFromCheaperSteps() {
    PriceCurve rest = FORECAST.curve().minus(FORECAST.curve().times(0.5));
    assertEquals(30, rest.spend(0));
    float[] best = {0, 0, 120, 30};
    PriceCurve came = DemandForecast.of(new BudgetSolver(1).path(Population.of(2, best))).curve();
    PriceCurve left = FORECAST.curve().minus(came);
    assertEquals(0, left.spend(4.08));
    assertEquals(10, left.spend(1.02), 1e-9);
    assertEquals(30, left.spend(0), 1e-9);
    assertEquals(0, FORECAST.curve().minus(came.times(9)).spend(0), 1e-9);
  }

  @Test
  void meter_givesBackWhatItCounted() {
    DemandMeter meter = new DemandMeter();
    DecisionContext context = DecisionContext.of(LADDER, OFFER, 0.1, 0.15, 0.21, 0.27);
    meter.commit(context, 2);
    assertEquals(1, meter.customers());
    assertEquals(420, meter.chosenMinor(), 1e-3);
    assertEquals(420, meter.curve().spend(0), 1e-3);
    meter.giveBack(context, 2);
    assertEquals(PriceCurve.empty(), meter.curve());
    assertEquals(0, meter.chosenMinor());
  }

  @Test
  void meter_underThreads_countsEveryDecisionOnce() throws InterruptedException {
    Schema schema =
        Schema.builder().field(Field.of("item", Field.Kind.ID, Field.Role.ITEM)).build();
    DemandMeter meter = new DemandMeter();
    DecisionEngine engine =
        DecisionEngine.builder(StubModel.of(schema, 0.1, 0.15, 0.21, 0.27), LADDER)
            .policy(new AtShadowPrice(0.5))
            .guardrail(meter)
            .build();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int from = 1000 * t;
      threads.add(
          new Thread(
              () -> {
                for (int i = from; i < from + 1000; i++) {
                  engine.decide(DecisionRequest.builder(i).offer(OFFER).build());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    DemandMeter alone = new DemandMeter();
    float[] p = {0.1f, 0.15f, 0.21f, 0.27f};
    for (int i = 0; i < 4000; i++) {
      alone.commit(DecisionContext.of(LADDER, OFFER, p[0], p[1], p[2], p[3]), 1);
    }
    assertEquals(alone.curve(), meter.curve());
    assertEquals(4000 * 150, meter.chosenMinor(), 0.1);
    Decision decision = engine.decide(DecisionRequest.builder(9).offer(OFFER).build());
    assertEquals(1, decision.levelIndex());
  }

  @Test
  void fixedCost_isPaidWhateverComesOfIt() {
    LevelCost mail = LevelCost.fixed(0, 10, 10, 200);
    DecisionContext context =
        DecisionContext.of(LADDER, OFFER, 0.1, 0.1, 0.1, 0.1).withValues(0, 12, 15, 400);
    double[] out = new double[4];
    new AtShadowPrice(1.6, mail).distributeInto(context, out);
    assertEquals(1, out[3]);
    out = new double[4];
    new AtShadowPrice(2.2, mail).distributeInto(context, out);
    assertEquals(1, out[0]);
    assertEquals(
        "shadow-price(0x1.0p1, fixed(0x0.0p0,0x1.4p3,0x1.4p3,0x1.9p7))",
        new AtShadowPrice(2, mail).version());
    assertNotEquals(new AtShadowPrice(2, mail), new AtShadowPrice(2));
    DemandMeter meter = new DemandMeter(mail);
    meter.commit(context, 3);
    assertEquals(200, meter.curve().spend(1.9), 1e-3);
    assertEquals(0, meter.curve().spend(2.1), 1e-3);
    assertTrue(meter.inputs().fields().isEmpty());
  }

  @Test
  void cost_thatIsNoNumber_isNamed() {
    LevelCost bad =
        new LevelCost() {
          @Override
          public double expectedMinor(DecisionContext context, int level) {
            return level == 2 ? Double.NaN : 0;
          }

          @Override
          public double mostMinor(DecisionContext context, int level) {
            return 0;
          }

          @Override
          public String version() {
            return "bad";
          }
        };
    DecisionContext context = DecisionContext.of(LADDER, OFFER, 0.1, 0.15, 0.21, 0.27);
    AtShadowPrice policy = new AtShadowPrice(1, bad);
    assertTrue(policy.inputs().everything());
    String message =
        assertThrows(
                IllegalStateException.class, () -> policy.distributeInto(context, new double[4]))
            .getMessage();
    assertEquals("cost bad must be finite, got NaN at level 2", message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
  void fixedCost_ofNoAmount_isRefused(double minor) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> LevelCost.fixed(0, minor)).getMessage();
    assertEquals("minor[1] must be finite and at least 0, got " + minor, message);
  }
}
