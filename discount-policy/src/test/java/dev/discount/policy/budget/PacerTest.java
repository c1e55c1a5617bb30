package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRecorder;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.guard.SnapshotFormatException;
import dev.discount.policy.testing.StubModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

  private static final int VISITS = 50_000;
  private static final long HOUR = 3_600_000;
  private static final BudgetPath PAST = new BudgetSolver(1).path(PacedDay.past(VISITS, 1));
  private static final DemandForecast FORECAST = DemandForecast.of(PAST);
  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1000, 2000, 3000);
  private static final Offer OFFER = new Offer("lamp", 10_000, 4_000);

  private static PacerConfig config(double share) {
    long budgetMinor = Math.round(share * PAST.mostCost());
    return PacerConfig.of(budgetMinor, PacedDay.traffic(), FORECAST);
  }

  private static DecisionContext visit() {
    return DecisionContext.of(LADDER, OFFER, 0.1, 0.15, 0.21, 0.27);
  }

  @ParameterizedTest
  @EnumSource(PacedDay.Event.class)
  void day_spendsItsBudgetAndNoMore(PacedDay.Event event) {
    for (double share : new double[] {0.1, 0.5}) {
      PacerConfig config = config(share);
      PacedDay day = new PacedDay(event, VISITS, 2, config.budgetMinor());
      day.run(Pacer.of(config));
      String what = event + " with " + share + ": ";
      double spent = day.spentMinor() / (double) config.budgetMinor();
      assertTrue(day.spentMinor() <= config.budgetMinor(), what + "spends " + spent);
      assertTrue(spent >= 0.995, what + "spends " + spent);
      BudgetPath best = new BudgetSolver(1).path(day.visitors());
      double without = best.value(0);
      double gain = (day.value() - without) / (best.value(config.budgetMinor()) - without);
      assertTrue(gain >= 0.96, what + "gains " + gain);
    }
  }

  @Test
  void budget_changed_isSpentInstead() {
    PacerConfig config = config(0.3);
    long more = Math.round(1.4 * config.budgetMinor());
    Pacer pacer = Pacer.of(config);
    PacedDay day =
        new PacedDay(PacedDay.Event.NONE, VISITS, 3, config.budgetMinor())
            .withBudgetFrom(9 * 60, more);
    day.run(pacer);
    assertTrue(day.spentMinor() <= more, "spends " + day.spentMinor());
    assertTrue(day.spentMinor() >= 0.995 * more, "spends " + day.spentMinor());
  }

  @Test
  void budget_more_lowersThePriceAtOnce() {
    Pacer pacer = Pacer.of(config(0.2));
    double before = pacer.update(HOUR, 0, 0).shadowPrice();
    pacer.budget(2 * pacer.budgetMinor());
    double after = pacer.update(HOUR, 0, 0).shadowPrice();
    assertTrue(after < 0.9 * before, before + " to " + after);
    pacer.budget(0);
    assertEquals(PriceGrid.HIGHEST, pacer.update(HOUR, 0, 0).shadowPrice());
  }

  @Test
  void update_nearTheSamePrice_keepsThePolicy() {
    Pacer pacer = Pacer.of(config(0.2));
    AtShadowPrice policy = pacer.policy();
    assertSame(policy, pacer.update(0, 0, 0));
    assertNotEquals(policy, pacer.update(0, pacer.budgetMinor() / 2, 0));
  }

  @Test
  void update_clockSetBack_countsAsTheLastTime() {
    Pacer pacer = Pacer.of(config(0.2));
    Pacer other = Pacer.of(config(0.2));
    pacer.update(12 * HOUR, 1000, 0);
    other.update(12 * HOUR, 1000, 0);
    pacer.meter().commit(visit(), 2);
    other.meter().commit(visit(), 2);
    assertEquals(other.update(12 * HOUR, 2000, 500), pacer.update(-HOUR, 2000, 500));
    assertEquals(other.update(13 * HOUR, 2000, 500), pacer.update(13 * HOUR, 2000, 500));
    assertEquals(1, pacer.clockSetBacks());
    assertEquals(0, other.clockSetBacks());
  }

  @Test
  void snapshot_restored_goesOnWithTheSamePrices() {
    PacerConfig config = config(0.2);
    Pacer pacer = Pacer.of(config);
    for (int i = 0; i < 500; i++) {
      pacer.meter().commit(visit(), i % 3);
    }
    pacer.update(10 * HOUR, 100_000, 50_000);
    Pacer restored = Pacer.restore(config, pacer.snapshot());
    assertEquals(pacer.policy(), restored.policy());
    assertArrayEquals(pacer.snapshot(), restored.snapshot());
    for (int hour = 11; hour < 20; hour++) {
      for (int i = 0; i < 100; i++) {
        pacer.meter().commit(visit(), i % 4);
        restored.meter().commit(visit(), i % 4);
      }
      AtShadowPrice next = pacer.update(hour * HOUR, 100_000 + hour, 40_000);
      double again = restored.update(hour * HOUR, 100_000 + hour, 40_000).shadowPrice();
      assertEquals(next.shadowPrice(), again, 1e-9 * next.shadowPrice());
    }
  }

  @Test
  void snapshot_altered_isRefused() {
    PacerConfig config = config(0.2);
    byte[] good = Pacer.of(config).snapshot();
    for (int at = 0; at < good.length; at += at < 120 ? 1 : 37) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      assertThrows(SnapshotFormatException.class, () -> Pacer.restore(config, bad), "" + at);
    }
    for (int length : new int[] {0, 7, good.length - 1, good.length + 1}) {
      byte[] bad = Arrays.copyOf(good, length);
      assertThrows(SnapshotFormatException.class, () -> Pacer.restore(config, bad));
    }
  }

  @Test
  void decisions_areMadeAgainFromThePriceTheirLogNames() {
    Schema schema =
        Schema.builder().field(Field.of("item", Field.Kind.ID, Field.Role.ITEM)).build();
    StubModel model = StubModel.of(schema, 0.1, 0.15, 0.21, 0.27);
    Pacer pacer = Pacer.of(config(0.5));
    List<String> versions = new ArrayList<>();
    List<Integer> levels = new ArrayList<>();
    DecisionRecorder recorder =
        setup ->
            trace -> {
              versions.add(setup.policyVersion());
              levels.add(trace.levelIndex());
            };
    DecisionEngine engine =
        DecisionEngine.builder(model, LADDER)
            .policy(pacer.policy())
            .guardrail(pacer.meter())
            .log(recorder)
            .build();
    for (int hour = 1; hour < 20; hour++) {
      pacer.budget((1 + hour % 3) * Math.round(0.1 * PAST.mostCost()));
      engine.swap(pacer.update(hour * HOUR, 0, 0));
      DecisionSession session = engine.newSession();
      session.offer("lamp", 10_000, 4_000);
      session.decide(hour);
      assertEquals(pacer.policy().version(), versions.get(hour - 1));
    }
    assertTrue(versions.stream().distinct().count() > 3, versions.toString());
    assertTrue(levels.stream().distinct().count() > 1, levels.toString());
    DecisionEngine again = DecisionEngine.builder(model, LADDER).policy(pacer.policy()).build();
    for (int i = 0; i < versions.size(); i++) {
      again.swap(AtShadowPrice.ofVersion(versions.get(i), LevelCost.expectedDiscount()));
      DecisionSession session = again.newSession();
      session.offer("lamp", 10_000, 4_000);
      assertEquals(levels.get(i), session.decide(i + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shadow-price",
        "shadow-price(",
        "shadow-price()",
        "shadow-price(x)",
        "shadow-price(0.5)",
        "shadow-price(-0x1.0p1)",
        "flat(0x1.0p1)",
        "shadow-price(0x1.0p1, fixed(0x0.0p0))"
      })
  void version_ofAnother_isRefused(String version) {
    assertThrows(
        IllegalArgumentException.class,
        () -> AtShadowPrice.ofVersion(version, LevelCost.expectedDiscount()));
  }

  @Test
  void version_withItsCost_isReadBack() {
    AtShadowPrice policy = new AtShadowPrice(0.3, LevelCost.fixed(0, 2));
    assertEquals(policy, AtShadowPrice.ofVersion(policy.version(), LevelCost.fixed(0, 2)));
  }

  @Test
  void badInput_isNamed() {
    assertMessage(
        "budgetMinor must be at least 0, got -1",
        () -> PacerConfig.of(-1, PacedDay.traffic(), FORECAST));
    assertMessage(
        "earlyShare must be in [0, 0.5], got NaN", () -> config(0.2).withEarlyShare(Double.NaN));
    Pacer pacer = Pacer.of(config(0.2));
    byte[] before = pacer.snapshot();
    assertMessage("budgetMinor must be at least 0, got -5", () -> pacer.budget(-5));
    assertMessage("spentMinor must be at least 0, got -5", () -> pacer.update(9 * HOUR, -5, 0));
    assertMessage("reservedMinor must be at least 0, got -5", () -> pacer.update(9 * HOUR, 0, -5));
    assertArrayEquals(before, pacer.snapshot());
    assertMessage(
        "endMillis must be later than startMillis 5, got 5", () -> TrafficCurve.even(5, 5));
    assertMessage(
        "weights[1] must be finite and at least 0, got NaN", () -> traffic(1, Double.NaN));
    assertMessage("weights must have a finite sum above 0, got [0.0]", () -> traffic(0));
  }

  private static void traffic(double... weights) {
    TrafficCurve.of(0, 10, weights);
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void traffic_sharesAreThoseOfTheWeights() {
    TrafficCurve traffic = TrafficCurve.of(100, 500, 1, 0, 2, 1);
    assertEquals(0, traffic.shareBefore(-1));
    assertEquals(0.125, traffic.shareBefore(150));
    assertEquals(0.25, traffic.shareBefore(250));
    assertEquals(0.5, traffic.shareBefore(350));
    assertEquals(1, traffic.shareBefore(500));
    assertEquals(1, traffic.shareBefore(Long.MAX_VALUE));
    assertEquals(350, traffic.timeAt(0.5));
    assertEquals(500, traffic.timeAt(1));
    assertEquals(100, traffic.timeAt(0));
  }
}
