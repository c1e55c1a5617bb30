package dev.discount.bench;

import dev.discount.core.Offer;
import dev.discount.core.ResponseModel;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.ExpectedProfit;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Whole decisions of the shop: two ids, a category and four numbers, a curve of eight levels, two
 * guardrails, the most profitable level.
 */
final class Decisions {

  static final String TWICE = "one thread, twice";

  private static final int REQUESTS = 1 << 14;

  private Decisions() {}

  static List<Contender> contenders(Workloads workloads) {
    return List.of(
        new LatencyContender(Figures.DECIDE_SESSION, () -> session(warm(workloads))),
        new PairContender(Figures.DECIDE_SESSION_2, 1, thread -> counted(warm(workloads))),
        new OneThreadTwice(() -> counted(warm(workloads))),
        new LatencyContender(Figures.DECIDE_ENGINE, () -> engine(workloads)),
        new GuardedDecisions(workloads));
  }

  static DecisionEngine engine(ResponseModel model) {
    return DecisionEngine.builder(model, Workloads.LADDER)
        .policy(new ExpectedProfit())
        .guardrail(MinimumMargin.ofRateBps(1_000))
        .guardrail(new LargestDiscount(3_000))
        .seed(1)
        .build();
  }

  private static Offer[] offers() {
    Offer[] offers = new Offer[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      String item = Workloads.itemName(CounterRandom.below(Workloads.ITEMS, 5, 1, i));
      offers[i] = new Offer(item, 10_000 + i, 6_000);
    }
    return offers;
  }

  private static int customer(int request) {
    return CounterRandom.below(Workloads.CUSTOMERS, 5, 2, request);
  }

  /** What two threads would do in all if neither slowed the other. Confined to one thread. */
  private static final class OneThreadTwice implements Contender {

    private final Supplier<Runnable> setUp;
    private Runnable work = () -> {};

    OneThreadTwice(Supplier<Runnable> setUp) {
      this.setUp = setUp;
    }

    @Override
    public Figure figure() {
      return Figures.DECIDE_SESSION_2;
    }

    @Override
    public String party() {
      return TWICE;
    }

    @Override
    public void prepare() {
      work = setUp.get();
      measure();
      measure();
    }

    @Override
    public Sample measure() {
      return RateContender.sample(figure(), 2, Stopwatch.FINE.perSecond(work));
    }
  }

  private static DecisionEngine warm(Workloads workloads) {
    DecisionEngine engine = engine(workloads.model(Workloads.Shape.SHOP));
    engine.warmUp();
    return engine;
  }

  private static Runnable counted(DecisionEngine engine) {
    IntConsumer session = session(engine);
    int[] next = new int[1];
    return () -> session.accept(next[0]++);
  }

  private static IntConsumer session(DecisionEngine engine) {
    DecisionSession session = engine.newSession();
    Schema schema = session.schema();
    int segment = schema.slot("segment");
    int age = schema.slot("age");
    int spend = schema.slot("spend");
    int visits = schema.slot("visits");
    int recency = schema.slot("recency");
    Offer[] offers = offers();
    int[] customers = new int[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      customers[i] = customer(i);
    }
    return i -> {
      int request = i & REQUESTS - 1;
      session.customer(customers[request]);
      session.offer(offers[request]);
      session.key(segment, "segment-7");
      session.number(age, 40);
      session.number(spend, 120.5);
      session.number(visits, 3);
      session.number(recency, 12);
      session.decide(i);
    };
  }

  private static IntConsumer engine(Workloads workloads) {
    DecisionEngine engine = warm(workloads);
    Offer[] offers = offers();
    DecisionRequest[] requests = new DecisionRequest[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      requests[i] =
          DecisionRequest.builder(i)
              .customer(customer(i))
              .offer(offers[i])
              .category("segment", "segment-7")
              .number("age", 40)
              .number("spend", 120.5)
              .number("visits", 3)
              .number("recency", 12)
              .build();
    }
    return i -> engine.decide(requests[i & REQUESTS - 1]);
  }
}
