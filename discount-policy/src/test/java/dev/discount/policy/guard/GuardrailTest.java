package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Opening;
import dev.discount.policy.rule.FlatLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GuardrailTest {

  private static final DiscountLadder PERCENTS = DiscountLadder.ofBasisPoints(1_000, 2_000, 5_000);
  private static final DiscountLadder AMOUNTS = DiscountLadder.ofAmounts(100, 200, 500);

  private static long closed(Guardrail guardrail, DiscountLadder ladder, long price, long cost) {
    DecisionContext context =
        DecisionContext.of(ladder, new Offer("lamp", price, cost), new double[ladder.size()]);
    return guardrail.closedLevels(context) & ladder.allLevels();
  }

  @Test
  void minimumMargin_rate_isExactAtTheBound() {
    // Net 1000, 900, 800, 500 against cost 744: margins 256/1000, 156/900, 56/800 = 7 %, -244/500.
    assertEquals(0b1000, closed(MinimumMargin.ofRateBps(700), PERCENTS, 1_000, 744));
    assertEquals(0b1100, closed(MinimumMargin.ofRateBps(701), PERCENTS, 1_000, 744));
    assertEquals(0b1000, closed(MinimumMargin.ofRateBps(0), PERCENTS, 1_000, 744));
  }

  @Test
  void minimumMargin_amount_isExactAtTheBound() {
    assertEquals(0b1000, closed(MinimumMargin.ofAmountMinor(56), PERCENTS, 1_000, 744));
    assertEquals(0b1100, closed(MinimumMargin.ofAmountMinor(57), PERCENTS, 1_000, 744));
    assertEquals(0b1100, closed(new MinimumMargin(100, 57), PERCENTS, 1_000, 744));
  }

  @Test
  void minimumMargin_hugePrices_doNotOverflow() {
    long price = Long.MAX_VALUE;
    assertEquals(0b1000, closed(MinimumMargin.ofRateBps(1), PERCENTS, price, price / 10 * 7));
    assertEquals(0, closed(MinimumMargin.ofRateBps(10_000), PERCENTS, price, 0));
  }

  @Test
  void largestDiscount_percent_isComparedAsStated() {
    assertEquals(0b1000, closed(new LargestDiscount(2_000), PERCENTS, 999, 0));
    assertEquals(0b1100, closed(new LargestDiscount(1_999), PERCENTS, 999, 0));
    assertEquals(0b1110, closed(new LargestDiscount(0), PERCENTS, 999, 0));
    assertEquals(0, closed(new LargestDiscount(10_000), PERCENTS, 999, 0));
  }

  @Test
  void largestDiscount_amount_isComparedWithTheListPrice() {
    assertEquals(0b1000, closed(new LargestDiscount(2_000), AMOUNTS, 1_000, 0));
    assertEquals(0b1100, closed(new LargestDiscount(2_000), AMOUNTS, 999, 0));
    assertEquals(0b1110, closed(new LargestDiscount(5_000), AMOUNTS, 150, 0));
    assertEquals(0, closed(new LargestDiscount(0), AMOUNTS, 0, 0));
  }

  @Test
  void largestDiscount_namedArms_stayOpen() {
    assertEquals(0, closed(new LargestDiscount(0), DiscountLadder.ofNames("mail"), 1_000, 0));
  }

  @Test
  void allowedLevels_closesOthersOfTheItemOnly() {
    AllowedLevels guardrail = AllowedLevels.of(Map.of("lamp", Set.of(2), "vase", Set.of(0)));
    assertEquals(0b1010, closed(guardrail, PERCENTS, 1_000, 0));
    DecisionContext chair = DecisionContext.of(PERCENTS, new Offer("chair", 1, 0), new double[4]);
    assertEquals(0, guardrail.closedLevels(chair));
  }

  private static DecisionContext at(long price, long cost, long millis) {
    return DecisionContext.of(PERCENTS, new Offer("lamp", price, cost), new double[4])
        .withState(millis);
  }

  @Test
  void openings_priceAndDepth_openAtTheirNumberAndNotBefore() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 20_000; i++) {
      long cost = random.nextLong(1L << random.nextInt(1, 40));
      Guardrail margin = new MinimumMargin(random.nextInt(10_000), random.nextLong(500));
      DecisionContext context = at(cost + random.nextLong(1_000), cost, 0);
      if ((margin.closedLevels(context) & 8) != 0) {
        Opening opening = margin.opening(context, 3);
        long needed = opening.needed();
        // At level 0 the price to pay is the list price.
        assertEquals(0, margin.closedLevels(at(needed, cost, 0)) & 1, opening.toString());
        assertEquals(1, margin.closedLevels(at(Math.max(cost, needed - 1), cost, 0)) & 1);
        assertEquals(context.netPriceMinor(3), opening.had());
      }
    }
    assertEquals(
        new Opening(Opening.Quantity.DEPTH_AT_MOST, 1_500, 2_000),
        new LargestDiscount(1_500).opening(at(1_000, 0, 0), 2));
    assertEquals(
        new Opening(Opening.Quantity.PRICE_AT_LEAST, 849, 819),
        FloorPrice.ofMinor(849).opening(at(1_024, 0, 0), 2));
    assertEquals(
        Opening.BY_OTHER_RULE, MinimumMargin.ofRateBps(10_000).opening(at(1_000, 1, 0), 1));
  }

  @Test
  void priceEndings_closesWhatEndsOtherwise_andNamesTheNearest() {
    // Net 1110, 999, 888, 555.
    PriceEndings rule = PriceEndings.of(100, 99, 50);
    assertEquals(0b1100, closed(rule, PERCENTS, 1_110, 0));
    assertEquals(
        new Opening(Opening.Quantity.PRICE_EXACTLY, 899, 888), rule.opening(at(1_110, 0, 0), 2));
    assertEquals(550, rule.opening(at(1_110, 0, 0), 3).needed());
    assertEquals(0, closed(rule, DiscountLadder.ofNames("mail"), 1_110, 0));
  }

  @Test
  void notBelowCost_clearOut_opens() {
    assertEquals(0b1000, closed(NotBelowCost.always(), PERCENTS, 1_000, 800));
    assertEquals(0, closed(NotBelowCost.exceptClearOut(Set.of("lamp")), PERCENTS, 1_000, 900));
    assertEquals(0b1100, closed(NotBelowCost.exceptClearOut(Set.of("vase")), PERCENTS, 1_000, 801));
  }

  @Test
  void blackout_localTimes_followTheZone() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    // The night of the change to winter time: 2026-10-25 has 25 hours.
    Blackout day = Blackout.of(berlin, List.of(Blackout.Period.day(LocalDate.parse("2026-10-25"))));
    long start = Instant.parse("2026-10-24T22:00:00Z").toEpochMilli();
    long end = start + 25 * 3_600_000L;
    assertEquals(0, day.closedLevels(at(1_000, 0, start - 1)));
    assertEquals(-1, day.closedLevels(at(1_000, 0, start)));
    assertEquals(-1, day.closedLevels(at(1_000, 0, end - 1)));
    assertEquals(0, day.closedLevels(at(1_000, 0, end)));
    assertEquals(
        new Opening(Opening.Quantity.TIME_AT_LEAST, end, start),
        day.opening(at(1_000, 0, start), 1));
    assertEquals(-1, day.closedLevels(at(1_000, 0, 0)));
    assertEquals(Opening.BY_STATED_FIELD, day.opening(at(1_000, 0, 0), 1));
  }

  @Test
  void blackout_timesThatOccurTwice_areInsideBoth() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Blackout hour =
        Blackout.of(
            berlin,
            List.of(
                new Blackout.Period(
                    LocalDateTime.parse("2026-10-25T02:00"),
                    LocalDateTime.parse("2026-10-25T02:30"))));
    long first = Instant.parse("2026-10-25T00:00:00Z").toEpochMilli();
    assertEquals(-1, hour.closedLevels(at(1_000, 0, first)));
    assertEquals(-1, hour.closedLevels(at(1_000, 0, first + 5_399_999)));
    assertEquals(0, hour.closedLevels(at(1_000, 0, first + 5_400_000)));
  }

  @Test
  void frequencyCap_clockSetBack_opensNothingAndIsCounted() {
    FrequencyCap cap = FrequencyCap.of(1, Duration.ofDays(1), 100);
    DecisionEngine engine = Shops.engine(new FlatLevel(1), cap);
    assertEquals(1, engine.decide(Shops.request(1, 500_000).build()).levelIndex());
    Decision back = engine.decide(Shops.request(1, 100).build());
    assertEquals(0, back.levelIndex());
    assertEquals("frequency-cap", back.closedBy(1));
    assertEquals(1, cap.clockSetbacks());
    Opening opening = back.opening(1);
    assertEquals(
        1,
        engine
            .decide(Shops.request(1, (opening.needed() - Shops.START_MILLIS) / 1_000).build())
            .levelIndex());
  }

  @Test
  void statefulRules_withoutCustomerOrTime_closeAllAndSayWhatIsMissing() {
    Guardrail[] rules = {
      FrequencyCap.of(1, Duration.ofDays(1), 100), ConsistentPrice.of(Duration.ofDays(1), 100)
    };
    for (Guardrail rule : rules) {
      DecisionEngine engine = Shops.engine(new FlatLevel(1), rule);
      Decision noTime = engine.decide(Shops.request(1, 0).timeMillis(0).build());
      assertEquals(0, noTime.levelIndex());
      assertEquals(Opening.BY_STATED_FIELD, noTime.opening(1));
      DecisionRequest nobody =
          DecisionRequest.builder(1)
              .offer(new Offer("lamp", 100, 0))
              .timeMillis(Shops.START_MILLIS)
              .build();
      assertEquals(Opening.BY_STATED_FIELD, engine.decide(nobody).opening(3));
    }
  }

  @Test
  void frequencyCap_fullOfLiveCustomers_closesAndSaysSo() {
    FrequencyCap cap = FrequencyCap.of(1, Duration.ofDays(30), 10);
    DecisionEngine engine = Shops.engine(new FlatLevel(1), cap);
    Decision last = engine.decide(Shops.request(0, 0).build());
    for (int customer = 1; customer < 40; customer++) {
      last = engine.decide(Shops.request(customer, customer).build());
    }
    assertEquals(0, last.levelIndex());
    assertEquals(new Opening(Opening.Quantity.ROOM_AT_LEAST, 11, 10), last.opening(1));
  }

  @Test
  void consistentPrice_changedListPrice_staysAtOrBelowThePromise() {
    DecisionEngine engine =
        Shops.engine(new FlatLevel(1), ConsistentPrice.of(Duration.ofDays(1), 100));
    assertEquals(9_000, price(engine, 10_000, 0));
    assertEquals(8_800, price(engine, 11_000, 60), "20 % of 11000 is the nearest below 9000");
    assertEquals(8_500, price(engine, 8_500, 120), "level 0 is below the promise");
    assertEquals(27_000, price(engine, 30_000, 180), "no level is: a new promise");
    assertEquals(27_000, price(engine, 30_000, 240));
  }

  private static long price(DecisionEngine engine, long listMinor, long seconds) {
    return engine
        .decide(Shops.request(7, seconds).offer(new Offer("lamp", listMinor, 0)).build())
        .priceMinor();
  }

  @Test
  void constructors_badValues_areRefused() {
    assertRefused(
        "rateBps must be in [0, 10000], got 10001", () -> MinimumMargin.ofRateBps(10_001));
    assertRefused("amountMinor must be >= 0, got -1", () -> MinimumMargin.ofAmountMinor(-1));
    assertRefused("depthBps must be in [0, 10000], got -1", () -> new LargestDiscount(-1));
    assertRefused(
        "level of item lamp must be in [0, 64), got 64",
        () -> AllowedLevels.of(Map.of("lamp", Set.of(64))));
    assertRefused(
        "levels of item lamp must be in [0, 4), got 4",
        () -> AllowedLevels.of(Map.of("lamp", Set.of(1, 4))).checkLadder(PERCENTS));
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
