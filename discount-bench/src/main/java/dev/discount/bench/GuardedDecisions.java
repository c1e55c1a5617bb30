package dev.discount.bench;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.ResponseModel;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.guard.AllowedLevels;
import dev.discount.policy.guard.Blackout;
import dev.discount.policy.guard.FloorPrice;
import dev.discount.policy.guard.FrequencyCap;
import dev.discount.policy.guard.Guardrails;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.LowestPrice;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.guard.NotAboveListPrice;
import dev.discount.policy.guard.NotBelowCost;
import dev.discount.policy.guard.PriceLedger;
import dev.discount.policy.guard.UsageLimit;
import dev.discount.policy.rule.ExpectedProfit;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ten guardrails add to a decision of the shop: the same requests are decided behind them and
 * without any, call by call in turn. Three of the ten keep state: a frequency cap, a usage limit
 * and the ledger of prices, which knows every item. The value is the difference of the medians, the
 * other percentiles and the bytes are those of the decisions behind guardrails.
 */
final class GuardedDecisions implements Contender {

  private static final int CALLS = 50_000;
  private static final int WARM_UP_MEASUREMENTS = 4;
  private static final int REQUESTS = 1 << 14;
  private static final long START_MILLIS = 1_780_272_000_000L;
  private static final long DAY_MILLIS = 86_400_000L;
  private static final double MICROS_PER_NANO = 1e-3;

  private final Workloads workloads;
  private final Offer[] offers = new Offer[REQUESTS];
  private final int[] customers = new int[REQUESTS];
  private DecisionSession[] sessions = {};
  private long calls;

  GuardedDecisions(Workloads workloads) {
    this.workloads = workloads;
  }

  @Override
  public Figure figure() {
    return Figures.DECIDE_GUARDED;
  }

  @Override
  public void prepare() {
    for (int i = 0; i < REQUESTS; i++) {
      String item = Workloads.itemName(CounterRandom.below(Workloads.ITEMS, 5, 1, i));
      offers[i] = new Offer(item, 10_000 + i, 6_000);
      customers[i] = CounterRandom.below(Workloads.CUSTOMERS, 5, 2, i);
    }
    ResponseModel model = workloads.model(Workloads.Shape.SHOP);
    DecisionEngine.Builder guarded =
        DecisionEngine.builder(model, Workloads.LADDER).policy(new ExpectedProfit());
    guardrails(Workloads.LADDER).addTo(guarded);
    DecisionEngine plain =
        DecisionEngine.builder(model, Workloads.LADDER).policy(new ExpectedProfit()).build();
    plain.warmUp();
    sessions = new DecisionSession[] {plain.newSession(), guarded.build().newSession()};
    for (int i = 0; i < WARM_UP_MEASUREMENTS; i++) {
      measure();
    }
  }

  private static Guardrails guardrails(DiscountLadder ladder) {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    PriceLedger ledger = PriceLedger.of(Workloads.ITEMS, zone);
    for (int item = 0; item < Workloads.ITEMS; item++) {
      for (int day = 40; day > 0; day -= 7) {
        ledger.record(Workloads.itemName(item), START_MILLIS - day * DAY_MILLIS, 12_000 - day);
      }
    }
    Blackout.Period christmas = Blackout.Period.day(LocalDate.parse("2026-12-25"));
    return Guardrails.builder(ladder, Currency.getInstance("EUR"))
        .add(MinimumMargin.ofRateBps(1_000))
        .add(new LargestDiscount(3_000))
        .add(FloorPrice.ofMinor(499))
        .add(NotBelowCost.always())
        .add(new NotAboveListPrice())
        .add(AllowedLevels.byField("segment", Map.of("segment-7", Set.of(0, 1, 2, 4, 5))))
        .add(Blackout.of(zone, List.of(christmas)))
        .add(FrequencyCap.of(1_023, Duration.ofDays(7), Workloads.CUSTOMERS))
        .add(UsageLimit.total(1L << 60))
        .add(LowestPrice.of(ledger))
        .build();
  }

  @Override
  public Sample measure() {
    long[][] nanos = new long[sessions.length][CALLS];
    long bytes = 0;
    for (int i = 0; i < CALLS; i++) {
      for (int s = 0; s < sessions.length; s++) {
        long allocated = Stopwatch.allocatedBytes();
        long begin = System.nanoTime();
        decide(sessions[s], i & (REQUESTS - 1));
        nanos[s][i] = System.nanoTime() - begin;
        bytes += s == 0 ? 0 : Stopwatch.allocatedBytes() - allocated;
      }
    }
    for (long[] each : nanos) {
      Arrays.sort(each);
    }
    return new Sample(
        micros(nanos[1], 0.5) - micros(nanos[0], 0.5),
        micros(nanos[1], 0.99),
        micros(nanos[1], 0.999),
        (double) bytes / CALLS);
  }

  private static double micros(long[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))] * MICROS_PER_NANO;
  }

  private void decide(DecisionSession session, int request) {
    session.customer(customers[request]);
    session.offer(offers[request]);
    session.key(session.schema().slot("segment"), "segment-7");
    session.number(session.schema().slot("age"), 40);
    session.number(session.schema().slot("spend"), 120.5);
    session.number(session.schema().slot("visits"), 3);
    session.number(session.schema().slot("recency"), 12);
    session.timeMillis(START_MILLIS + calls++);
    session.decide(calls);
  }
}
