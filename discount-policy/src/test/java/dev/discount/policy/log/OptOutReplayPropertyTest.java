package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRecorder;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.HighestValue;
import dev.discount.policy.testing.StubModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Decisions of requests with and without an opt-out, by every door, are repeated bit for bit. */
class OptOutReplayPropertyTest {

  private static final Schema CONTEXT =
      Schema.builder()
          .field(Field.of("item", Kind.ID, Role.ITEM))
          .field(Field.of("mobile", Kind.FLAG))
          .field(Field.of("segment", Kind.CATEGORY))
          .field(Field.of("price", Kind.NUMBER, Role.PRICE))
          .build();

  private static StubModel impersonal(double base) {
    return StubModel.of(
            CONTEXT,
            (rows, row, level) -> {
              double more = rows.isMissing(row, 1) ? 0 : rows.doubleAt(row, 1) / 9;
              double price = rows.isMissing(row, 3) ? 0 : rows.doubleAt(row, 3) / 4_000;
              return base + more + price + 0.11 * level;
            })
        .withVersion("impersonal");
  }

  private static DecisionEngine engine(double base, @Nullable DecisionRecorder log) {
    DecisionEngine.Builder builder =
        DecisionEngine.builder(Shop.MODEL, Shop.LADDER)
            .policy(new EpsilonGreedy(new HighestValue(), 0.3))
            .withoutPersonalData(impersonal(base))
            .guardrail(MinimumMargin.ofRateBps(1_000))
            .guardrail(new Shop.ItemCap(40))
            .guardrail(new LargestDiscount(2_500))
            .seed(Shop.SEED);
    return log == null ? builder.build() : builder.log(log).build();
  }

  @Property(tries = 60)
  void run_mixOfOptOuts_noDifference(@ForAll long mix) throws IOException {
    Path folder = Files.createTempDirectory("opt-out");
    MemoryKeys keys = new MemoryKeys();
    long[] written = write(folder, keys, mix);
    ReplayReport same = replay(folder, keys, engine(0.2, null));
    assertEquals(written[0], same.decisions());
    assertEquals(0, same.different(), same.examples().toString());
    ReplayReport other = replay(folder, keys, engine(0.25, null));
    assertEquals(written[1], other.different(), "only those that the other model scored");
    assertTrue(written[1] == 0 || other.byField().keySet().containsAll(Set.of("curve", "values")));
    for (int i = 1; i < other.examples().size(); i++) {
      assertTrue(other.examples().get(i - 1).sequence() <= other.examples().get(i).sequence());
    }
    Shop.delete(folder);
  }

  private static ReplayReport replay(Path folder, MemoryKeys keys, DecisionEngine engine) {
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      return new Replay(engine).run(reader);
    }
  }

  /** Decides by all doors; returns the number of decisions, and of those that opted out. */
  private static long[] write(Path folder, MemoryKeys keys, long mix) {
    long[] count = new long[2];
    double share = CounterRandom.unit(mix, 1, 0) * 1.2 - 0.1;
    try (DecisionLog log = DecisionLog.open(folder, Shop.config(), keys)) {
      new Thread(log).start();
      DecisionEngine engine = engine(0.2, log);
      DecisionSession session = engine.newSession();
      for (long id = 0; id < 300; id++) {
        boolean refuses = CounterRandom.unit(mix, 2, id) < share;
        Shop.state(session, id);
        session.optOut(refuses);
        session.decide(id);
        count(count, refuses);
        if (id % 7 == 0) {
          count(count, engine.decide(request(mix, id, share)).modelVersion());
        }
        if (id % 11 == 0) {
          List<DecisionRequest> requests = new ArrayList<>();
          for (long i = 0; i < 1 + id % 5; i++) {
            requests.add(request(mix, 1_000 + 10 * id + i, share));
          }
          engine.topItems(requests, 3).forEach(best -> count(count, best.modelVersion()));
        }
      }
    }
    return count;
  }

  private static void count(long[] count, String modelVersion) {
    count(count, modelVersion.equals("impersonal"));
  }

  private static void count(long[] count, boolean refuses) {
    count[0]++;
    count[1] += refuses ? 1 : 0;
  }

  private static DecisionRequest request(long mix, long id, double share) {
    DecisionRequest.Builder request =
        DecisionRequest.builder(id)
            .customer(id % 40)
            .offer(new Offer("sku-" + id % 13, 1_000 + id % 900, 500))
            .number("age", 20 + id % 50)
            .flag("mobile", id % 2 == 0)
            .timeMillis(Shop.START_MILLIS + id);
    return CounterRandom.unit(mix, 3, id) < share ? request.optOut().build() : request.build();
  }
}
