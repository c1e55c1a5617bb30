package dev.discount.policy.log;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRecorder;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.Guardrail;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.testing.StubModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A small shop whose decisions use every part of a record. */
final class Shop {

  static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(500, 1000, 2000, 3000);

  static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
          .field(Field.of("item", Kind.ID, Role.ITEM))
          .field(Field.of("age", Kind.NUMBER))
          .field(Field.of("segment", Kind.CATEGORY))
          .field(Field.of("mobile", Kind.FLAG))
          .field(Field.of("spend", Kind.NUMBER))
          .field(Field.of("price", Kind.NUMBER, Role.PRICE))
          .field(Field.of("cost", Kind.NUMBER, Role.COST))
          .field(Field.of("discount", Kind.NUMBER, Role.DISCOUNT))
          .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
          .field(Field.of("value", Kind.NUMBER, Role.VALUE))
          .field(Field.of("propensity", Kind.NUMBER, Role.PROPENSITY))
          .field(Field.of("when", Kind.NUMBER, Role.TIME))
          .ladder(LADDER)
          .build();

  static final Set<String> PERSONAL = Set.of("age");
  static final long SEED = 11;
  static final long START_MILLIS = 1_700_000_000_000L;

  private static final int AGE = SCHEMA.slot("age");
  private static final int SEGMENT = SCHEMA.slot("segment");
  private static final int MOBILE = SCHEMA.slot("mobile");
  private static final int SPEND = SCHEMA.slot("spend");
  private static final int ITEM = SCHEMA.slot("item");
  private static final int PRICE = SCHEMA.slot("price");

  static final StubModel MODEL =
      StubModel.of(
          SCHEMA,
          (rows, row, level) -> {
            double age = rows.doubleAt(row, AGE);
            double spend = rows.doubleAt(row, SPEND);
            double base = Double.isNaN(age) ? 0.3 : age / 200;
            double more = Double.isNaN(spend) ? 0 : Math.min(0.2, Math.abs(spend) / 5000);
            double text = rows.isText(row, SEGMENT) ? 0.01 : 0;
            return Math.min(1, base + more + text + 0.09 * level);
          });

  private Shop() {}

  static DecisionEngine engine(@Nullable DecisionRecorder log) {
    DecisionEngine.Builder builder =
        DecisionEngine.builder(MODEL, LADDER)
            .policy(new EpsilonGreedy(new ExpectedProfit(), 0.3))
            .guardrail(MinimumMargin.ofRateBps(1_000))
            .guardrail(new ItemCap(50))
            .guardrail(new LargestDiscount(2_500))
            .seed(SEED);
    return log == null ? builder.build() : builder.log(log).build();
  }

  /** Makes a decision that is a function of its number. */
  static int decide(DecisionSession session, long id) {
    state(session, id);
    return session.decide(id * 0x9E3779B97F4A7C15L);
  }

  /** States a request that is a function of its number. */
  static void state(DecisionSession session, long id) {
    session.reset();
    if (id % 5 == 1) {
      session.customer("customer-ü" + id % 40);
    } else if (id % 5 != 2) {
      session.customer(id % 60);
    }
    String item = id % 7 == 0 ? Long.toString(id % 9) : "sku-" + id % 11;
    session.offer(item, 1_000 + id % 5_000, 600 + id % 400);
    if (id % 3 != 0) {
      session.number(AGE, 18 + id % 60);
    }
    if (id % 4 != 0) {
      session.key(SEGMENT, id % 8 == 1 ? "a\uD83D\uDE00\uD800é" : "segment-" + id % 5);
    }
    session.number(MOBILE, id % 2);
    session.number(SPEND, id % 3 == 0 ? 12.5 : id % 3 == 1 ? id / 7.0 : -0.0);
    if (id % 13 == 0) {
      session.missing(PRICE);
      session.key(ITEM, "another");
    }
    session.timeMillis(START_MILLIS + 1_000 * id);
    session.allowedLevels(id % 6 == 0 ? 0b10111 : -1L);
  }

  /** Makes decisions and returns the ids. */
  static void decide(DecisionEngine engine, long from, long to) {
    DecisionSession session = engine.newSession();
    for (long id = from; id < to; id++) {
      decide(session, id);
    }
  }

  static DecisionLogConfig config() {
    return DecisionLogConfig.ofDefaults()
        .withRingBytes(1 << 20)
        .withSegments(1 << 16, Long.MAX_VALUE)
        .withPersonalFields(PERSONAL, 64);
  }

  /** Writes decisions into a folder and closes the log, whose head is read after that. */
  @SuppressWarnings("try")
  static LogHead write(Path folder, CustomerKeys keys, long from, long to) {
    try (DecisionLog log = DecisionLog.open(folder, config(), keys)) {
      DecisionEngine engine = engine(log);
      Thread writer = new Thread(log);
      writer.start();
      decide(engine, from, to);
      log.close();
      return log.head();
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  static double unit(long index) {
    return CounterRandom.unit(5, 9, index);
  }

  /** At most so many discounts for an item: state that changes with every decision. */
  static final class ItemCap implements Guardrail {
    private final int limit;
    private final AtomicLongArray used = new AtomicLongArray(64);

    ItemCap(int limit) {
      this.limit = limit;
    }

    private static int slot(DecisionContext context) {
      return context.itemId().hashCode() & 63;
    }

    @Override
    public int stateLongs() {
      return 1;
    }

    @Override
    public void readStateInto(DecisionContext context, long[] out, int from) {
      out[from] = used.get(slot(context));
    }

    @Override
    public long closedLevels(DecisionContext context) {
      return context.state(0) >= limit ? -1L : 0;
    }

    @Override
    public boolean commit(DecisionContext context, int level) {
      long read = context.state(0);
      return level == 0 || used.compareAndSet(slot(context), read, read + 1);
    }

    @Override
    public void giveBack(DecisionContext context, int level) {
      if (level > 0) {
        used.getAndDecrement(slot(context));
      }
    }

    long total() {
      long total = 0;
      for (int i = 0; i < used.length(); i++) {
        total += used.get(i);
      }
      return total;
    }

    @Override
    public String code() {
      return "item-cap";
    }

    @Override
    public String reason() {
      return "The item has had its discounts.";
    }
  }
}
