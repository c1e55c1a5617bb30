package dev.discount.bench;

import dev.discount.bench.Figure.Limit;
import dev.discount.bench.Figure.Must;
import dev.discount.bench.Figure.Unit;
import dev.discount.core.Offer;
import dev.discount.core.ResponseModel;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRecorder;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.log.CustomerKey;
import dev.discount.policy.log.CustomerKeys;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Decisions of the shop with the log on: what is common to its figures and to the soak. */
final class LoggedDecisions {

  static final Figure DECIDE_LOGGED =
      new Figure("decide.logged", Unit.MICROS, 1, Limit.NONE, Must.of(0.5).p999(5));
  static final Figure LOG_APPEND =
      new Figure("log.append", Unit.ROWS_PER_SECOND, 2, Limit.NONE, Must.of(1e6));
  static final Figure LOG_REPLAY =
      new Figure("log.replay", Unit.ROWS_PER_SECOND, 1, Limit.NONE, Must.of(2e5));

  private static final int REQUESTS = 1 << 14;

  private LoggedDecisions() {}

  static List<Contender> contenders(Workloads workloads) {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new LoggedContender(workloads));
    contenders.add(new AppendContender(workloads));
    contenders.add(new ReplayContender(workloads));
    contenders.add(KillSeen.time(workloads));
    contenders.add(KillSeen.late(workloads));
    return contenders;
  }

  static DecisionEngine engine(ResponseModel model, @Nullable DecisionRecorder log) {
    DecisionEngine.Builder builder =
        DecisionEngine.builder(model, Workloads.LADDER)
            .policy(new EpsilonGreedy(new ExpectedProfit(), 0.1))
            .guardrail(MinimumMargin.ofRateBps(1_000))
            .guardrail(new LargestDiscount(3_000))
            .seed(1);
    return log == null ? builder.build() : builder.log(log).build();
  }

  /** Returns the decisions of a session as a function of their number. */
  static IntConsumer decisions(DecisionSession session) {
    Schema schema = session.schema();
    int segment = schema.slot("segment");
    int age = schema.slot("age");
    int spend = schema.slot("spend");
    int visits = schema.slot("visits");
    int recency = schema.slot("recency");
    Offer[] offers = new Offer[REQUESTS];
    int[] customers = new int[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      String item = Workloads.itemName(CounterRandom.below(Workloads.ITEMS, 5, 1, i));
      offers[i] = new Offer(item, 10_000 + i, 6_000);
      customers[i] = CounterRandom.below(Workloads.CUSTOMERS, 5, 2, i);
    }
    return i -> {
      int request = i & (REQUESTS - 1);
      session.customer(customers[request]);
      session.offer(offers[request]);
      session.key(segment, "segment-7");
      session.number(age, 40);
      session.number(spend, 120.5);
      session.number(visits, 3);
      session.number(recency, 12);
      session.timeMillis(1_700_000_000_000L + i);
      session.decide(i);
    };
  }

  /** Keys in memory, so that the log alone is measured. */
  static final class Keys implements CustomerKeys {
    private final Map<String, CustomerKey> byCustomer = new ConcurrentHashMap<>();
    private final Map<Long, CustomerKey> byId = new ConcurrentHashMap<>();

    @Override
    public CustomerKey keyOf(String customer) {
      return byCustomer.computeIfAbsent(customer, name -> make(byId.size() + 1L));
    }

    private CustomerKey make(long id) {
      byte[] secret = new byte[32];
      for (int i = 0; i < secret.length; i++) {
        secret[i] = (byte) CounterRandom.bits(8, id, i);
      }
      CustomerKey key = CustomerKey.of(id, secret);
      byId.put(id, key);
      return key;
    }

    @Override
    public @Nullable CustomerKey key(long id) {
      return byId.get(id);
    }

    @Override
    public boolean destroy(String customer) {
      throw new UnsupportedOperationException("nothing is destroyed here");
    }

    @Override
    public SecretKey logKey() {
      return new SecretKeySpec(new byte[32], "HmacSHA256");
    }

    @Override
    public long generation() {
      return 0;
    }

    @Override
    public void force() {}
  }
}
