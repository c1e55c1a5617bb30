package dev.discount.bench;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.testing.StubModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision of eight levels behind two guardrails, without the model's share: its probabilities
 * stand in a table. Run with {@code -prof gc} for the bytes allocated.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {

  private static final DiscountLadder LADDER =
      DiscountLadder.ofBasisPoints(200, 400, 600, 800, 1000, 1200, 1400);
  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
          .field(Field.of("item", Kind.ID, Role.ITEM))
          .field(Field.of("segment", Kind.CATEGORY))
          .field(Field.of("age", Kind.NUMBER))
          .field(Field.of("spend", Kind.NUMBER))
          .build();
  private static final int SEGMENT = SCHEMA.slot("segment");
  private static final int AGE = SCHEMA.slot("age");
  private static final int SPEND = SCHEMA.slot("spend");

  private static DecisionEngine newEngine() {
    StubModel model = StubModel.of(SCHEMA, 0.080, 0.086, 0.093, 0.100, 0.108, 0.116, 0.125, 0.134);
    DecisionEngine engine =
        DecisionEngine.builder(model, LADDER)
            .policy(new EpsilonGreedy(new ExpectedProfit(), 0.05))
            .guardrail(MinimumMargin.ofRateBps(1_000))
            .guardrail(new LargestDiscount(1_200))
            .seed(1)
            .build();
    engine.warmUp();
    return engine;
  }

  private static DecisionRequest request(long id, Offer offer) {
    return DecisionRequest.builder(id)
        .customer(id & 1023)
        .offer(offer)
        .category("segment", "family")
        .number("age", 40)
        .number("spend", 120.5)
        .build();
  }

  /** The fast door of one thread. */
  @State(Scope.Thread)
  public static class Session {
    private final DecisionSession session = newEngine().newSession();
    private long id;
  }

  /** An engine that all threads share. */
  @State(Scope.Benchmark)
  public static class Shared {
    private final DecisionEngine engine = newEngine();
  }

  /** The requests of one thread. */
  @State(Scope.Thread)
  public static class Requests {
    private final DecisionRequest[] requests = new DecisionRequest[1024];
    private int next;

    /** Makes the requests. */
    public Requests() {
      for (int i = 0; i < requests.length; i++) {
        requests[i] = request(i, new Offer("lamp", 10_000, 6_000));
      }
    }
  }

  /** The items to rank. */
  @State(Scope.Thread)
  public static class Catalogue {
    /** The number of items. */
    @Param({"10", "1000"})
    public int items;

    private final List<DecisionRequest> requests = new ArrayList<>();

    /** Makes the requests. */
    @Setup
    public void make() {
      for (int i = 0; i < items; i++) {
        requests.add(request(7, new Offer("item" + i, 5_000 + i, 3_000)));
      }
    }
  }

  /** Sets the slots of a session, decides, and reads the price. */
  @Benchmark
  public long sessionDecide(Session state) {
    DecisionSession session = state.session;
    long id = state.id++;
    session.customer(id & 1023);
    session.offer("lamp", 10_000, 6_000);
    session.key(SEGMENT, "family");
    session.number(AGE, 40);
    session.number(SPEND, 120.5);
    session.decide(id);
    return session.priceMinor();
  }

  /** Decides a request that stands ready. */
  @Benchmark
  public Decision engineDecide(Shared shared, Requests state) {
    return shared.engine.decide(state.requests[state.next++ & 1023]);
  }

  /** Ranks items and returns the best ten. */
  @Benchmark
  public List<Decision> topItems(Shared shared, Catalogue catalogue) {
    return shared.engine.topItems(catalogue.requests, 10);
  }
}
