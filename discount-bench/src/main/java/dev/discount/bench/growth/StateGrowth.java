package dev.discount.bench.growth;

import dev.discount.bench.Stopwatch;
import dev.discount.bench.growth.Axis.Point;
import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.guard.FrequencyCap;
import dev.discount.policy.guard.PriceLedger;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What guardrails keep, by how much there is to keep: the heap in use, and the time of an answer.
 * Every item of the price ledger has another price on each of 30 days, and every customer of the
 * frequency cap a granted discount.
 */
final class StateGrowth {

  private static final int LARGEST = 10_000_000;
  private static final int BATCH = 256;
  private static final int DAYS = 30;
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final long START_MILLIS = 20_000 * DAY_MILLIS;

  private static long sink;

  private StateGrowth() {}

  static List<Axis> axes() {
    List<Point> prices = new ArrayList<>();
    List<Point> caps = new ArrayList<>();
    for (int count = LARGEST / 100; count <= LARGEST; count *= 10) {
      prices.add(prices(count));
      caps.add(caps(count));
    }
    return List.of(
        new Axis("The lowest price of 30 days", "items of the ledger", "answer", prices),
        new Axis("A decision under a frequency cap", "customers", "decision", caps));
  }

  private static String[] names(int count, int draw) {
    String[] names = new String[BATCH];
    for (int i = 0; i < BATCH; i++) {
      names[i] = Integer.toString(CounterRandom.below(count, 3, draw, i));
    }
    return names;
  }

  private static Point prices(int items) {
    double before = Memory.liveBytes();
    PriceLedger ledger = PriceLedger.of(items, ZoneOffset.UTC);
    for (int item = 0; item < items; item++) {
      String name = Integer.toString(item);
      for (int day = 0; day < DAYS; day++) {
        long priceMinor = 1_000L + CounterRandom.below(50_000, 4, day, item);
        ledger.record(name, START_MILLIS + day * DAY_MILLIS, priceMinor);
      }
    }
    double bytes = Memory.liveBytes() - before;
    String[] names = names(items, 1);
    long now = START_MILLIS + DAYS * DAY_MILLIS;
    Runnable batch =
        () -> {
          for (String name : names) {
            sink += ledger.lowestMinor(name, now);
          }
        };
    return new Point(items, seconds(batch), Math.max(bytes, 1));
  }

  private static Point caps(int customers) {
    Field customer = Field.of("customer", Field.Kind.ID, Field.Role.CUSTOMER);
    StubModel model = StubModel.of(Schema.builder().field(customer).build(), 0.1, 0.2);
    double before = Memory.liveBytes();
    FrequencyCap cap = FrequencyCap.of(2, Duration.ofDays(DAYS), customers);
    DecisionEngine engine =
        DecisionEngine.builder(model, DiscountLadder.ofBasisPoints(500))
            .policy(new FlatLevel(1))
            .guardrail(cap)
            .build();
    DecisionSession session = engine.newSession();
    session.offer("lamp", 10_000, 6_000);
    session.timeMillis(START_MILLIS);
    for (int id = 0; id < customers; id++) {
      session.customer(id);
      if (session.decide(id) != 1) {
        throw new IllegalStateException("customer " + id + " must be granted a discount");
      }
    }
    double bytes = Memory.liveBytes() - before;
    session.allowedLevels(1);
    Runnable batch =
        () -> {
          for (int i = 0; i < BATCH; i++) {
            session.customer(CounterRandom.below(customers, 3, 2, i));
            sink += session.decide(i);
          }
        };
    return new Point(customers, seconds(batch), Math.max(bytes, 1));
  }

  private static double seconds(Runnable batch) {
    Stopwatch.FINE.perSecond(batch);
    return 1 / Stopwatch.FINE.perSecond(batch) / BATCH;
  }

  /** Returns what was read so far, so that no reading can be left out. */
  static long sink() {
    return sink;
  }
}
