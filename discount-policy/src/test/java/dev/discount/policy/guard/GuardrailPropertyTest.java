package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Opening;
import dev.discount.policy.guard.GuardrailOracle.Ask;
import dev.discount.policy.guard.PriceLedgerDifferentialTest.Change;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.FlatLevel;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * In a million random configurations and requests the levels closed are those that a second
 * implementation closes, by the same guardrail, and none of them is chosen.
 */
class GuardrailPropertyTest {

  private static final int CONFIGURATIONS = 25_000;
  private static final int REQUESTS = 40;
  private static final String[] ITEMS = {"lamp", "vase", "17"};
  private static final String[] SEGMENTS = {"new", "old", "3", ""};
  private static final String[] CODES = {"A", "B", ""};

  private final List<Guardrail> guardrails = new ArrayList<>();
  private final List<GuardrailOracle> oracles = new ArrayList<>();

  @Test
  void closedLevels_equalTheOracles_andAreNeverChosen() {
    long[] chosen = new long[2];
    for (int seed = 0; seed < CONFIGURATIONS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      DiscountLadder ladder = ladder(random);
      configure(random, ladder);
      FlatLevel wanted = new FlatLevel(random.nextInt(ladder.size()));
      DecisionSession session =
          Shops.engine(
                  ladder,
                  new EpsilonGreedy(wanted, random.nextDouble()),
                  guardrails.toArray(new Guardrail[0]))
              .newSession();
      long millis = Shops.START_MILLIS + random.nextLong(86_400_000L);
      for (int request = 0; request < REQUESTS; request++) {
        millis += random.nextLong(7_200_000L) - (random.nextInt(30) == 0 ? 7_200_000L : 0);
        Ask ask = ask(random, ladder, millis);
        int level = decide(session, ask, (long) seed * REQUESTS + request);
        check(session, ask, level, "configuration " + seed + ", request " + request);
        oracles.forEach(oracle -> oracle.chosen(ask, level));
        chosen[level > 0 ? 1 : 0]++;
      }
    }
    assertEquals((long) CONFIGURATIONS * REQUESTS, chosen[0] + chosen[1]);
    assertTrue(chosen[0] > 100_000 && chosen[1] > 100_000, "both kinds of choice are common");
  }

  private static int decide(DecisionSession session, Ask ask, long id) {
    session.reset();
    if (ask.customer() >= 0) {
      session.customer(ask.customer());
    }
    session.offer(ask.item(), ask.listMinor(), ask.costMinor());
    if (!ask.code().isEmpty()) {
      session.key(session.schema().slot("code"), ask.code());
    }
    if (!ask.segment().isEmpty()) {
      session.key(session.schema().slot("segment"), ask.segment());
    }
    session.timeMillis(ask.millis());
    return session.decide(id);
  }

  private void check(DecisionSession session, Ask ask, int chosen, String message) {
    int promised = -1;
    for (int level = 0; level < ask.ladder().size(); level++) {
      int closer = level == 0 ? -1 : closer(ask, level);
      String code = closer < 0 ? "" : guardrails.get(closer).code();
      if (!code.equals(session.closedBy(level))) {
        assertEquals(code, session.closedBy(level), message + ", level " + level);
      }
      if (closer >= 0) {
        assertTrue(level != chosen && session.propensity(level) == 0, message);
        checkOpening(session, ask, level, message);
      }
    }
    for (GuardrailOracle oracle : oracles) {
      int own = oracle.promised(ask);
      if (promised < 0 && own >= 0 && session.closedBy(own).isEmpty()) {
        promised = own;
      }
    }
    assertTrue(promised < 0 || promised == chosen, message);
    long price = session.priceMinor();
    assertTrue(price == ask.netMinor(chosen) && price >= 0 && price <= ask.listMinor(), message);
    assertTrue(session.propensity() > 0, message);
  }

  private int closer(Ask ask, int level) {
    for (int g = 0; g < oracles.size(); g++) {
      if (oracles.get(g).closes(ask, level)) {
        return g;
      }
    }
    return -1;
  }

  private static void checkOpening(DecisionSession session, Ask ask, int level, String message) {
    Opening opening = session.opening(level);
    boolean asPriced =
        switch (opening.quantity()) {
          case PRICE_AT_LEAST -> opening.missing() > 0 && opening.had() == ask.netMinor(level);
          case PRICE_AT_MOST, DEPTH_AT_MOST -> opening.missing() < 0;
          case PRICE_EXACTLY -> opening.missing() != 0;
          case TIME_AT_LEAST -> opening.missing() > 0 && opening.had() == ask.millis();
          case LIMIT_AT_LEAST -> opening.missing() == 1;
          case FIELD_STATED -> ask.customer() < 0 || ask.millis() == 0 || ask.code().isEmpty();
          default -> opening.equals(Opening.BY_OTHER_RULE);
        };
    assertTrue(asPriced, () -> message + ": " + opening);
  }

  private static DiscountLadder ladder(SplittableRandom random) {
    int size = 1 + random.nextInt(6);
    Set<Integer> steps = new TreeSet<>();
    while (steps.size() < size) {
      steps.add(random.nextInt(1, 101) * 100);
    }
    return switch (random.nextInt(8)) {
      case 0 -> DiscountLadder.ofNames(steps.stream().map(i -> "gift" + i).toArray(String[]::new));
      case 1, 2, 3 -> DiscountLadder.ofAmounts(steps.stream().mapToLong(i -> i).toArray());
      default -> DiscountLadder.ofBasisPoints(steps.stream().mapToInt(i -> i).toArray());
    };
  }

  private static Ask ask(SplittableRandom random, DiscountLadder ladder, long millis) {
    long list = random.nextLong(1L << random.nextInt(1, 21));
    return new Ask(
        ladder.levels(),
        ITEMS[random.nextInt(ITEMS.length)],
        list,
        random.nextBoolean() ? 0 : random.nextLong(list + 1),
        random.nextInt(40) == 0 ? -1 : random.nextInt(3),
        CODES[random.nextInt(CODES.length)],
        SEGMENTS[random.nextInt(SEGMENTS.length)],
        random.nextInt(60) == 0 ? 0 : millis);
  }

  /** Fills guardrails and oracles: about four of the twelve rules, in random order. */
  private void configure(SplittableRandom random, DiscountLadder ladder) {
    guardrails.clear();
    oracles.clear();
    int[] order = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
    for (int rule : order) {
      if (random.nextInt(3) == 0) {
        if (rule < 7) {
          addOfPrices(rule, random, ladder);
        } else {
          addOfState(rule, random);
        }
      }
    }
  }

  private void add(Guardrail guardrail, GuardrailOracle oracle) {
    guardrails.add(guardrail);
    oracles.add(oracle);
  }

  private void addOfPrices(int rule, SplittableRandom random, DiscountLadder ladder) {
    switch (rule) {
      case 0 -> {
        int rate = random.nextInt(5_000);
        long amount = random.nextLong(1L << random.nextInt(1, 14));
        add(new MinimumMargin(rate, amount), GuardrailOracle.margin(rate, amount));
      }
      case 1 -> {
        int depth = random.nextInt(10_001);
        add(new LargestDiscount(depth), GuardrailOracle.depth(depth));
      }
      case 2 -> {
        long floor = random.nextLong(1L << random.nextInt(1, 16));
        Map<String, Long> own = random.nextBoolean() ? Map.of() : Map.of("vase", 2 * floor);
        add(FloorPrice.ofMinor(floor).withItems(own), GuardrailOracle.floor(floor, own));
      }
      case 3 -> {
        Set<String> cleared = random.nextBoolean() ? Set.of() : Set.of("lamp");
        add(NotBelowCost.exceptClearOut(cleared), GuardrailOracle.cost(cleared));
      }
      case 4 -> {
        long other = random.nextLong(100);
        add(
            PriceEndings.of(100, 0, 50, other),
            GuardrailOracle.endings(List.of("00", "50", String.format("%02d", other))));
      }
      case 5 -> {
        Map<String, Set<Integer>> own = Map.of("lamp", levels(random, ladder), "17", Set.of(0));
        add(AllowedLevels.of(own), GuardrailOracle.levels(true, own));
      }
      default -> {
        Map<String, Set<Integer>> own =
            Map.of("new", levels(random, ladder), "3", levels(random, ladder));
        add(AllowedLevels.byField("segment", own), GuardrailOracle.levels(false, own));
      }
    }
  }

  private static Set<Integer> levels(SplittableRandom random, DiscountLadder ladder) {
    Set<Integer> levels = new TreeSet<>(Set.of(0));
    for (int level = 1; level < ladder.size(); level++) {
      if (random.nextBoolean()) {
        levels.add(level);
      }
    }
    return levels;
  }

  private void addOfState(int rule, SplittableRandom random) {
    switch (rule) {
      case 7 -> {
        LocalDateTime from = LocalDateTime.parse("2026-06-01T00:00").plusHours(random.nextInt(40));
        List<Blackout.Period> periods =
            List.of(
                new Blackout.Period(from, from.plusHours(3)),
                new Blackout.Period(from.plusHours(2), from.plusMinutes(200)));
        add(Blackout.of(ZoneOffset.ofHours(2), periods), GuardrailOracle.blackout(periods));
      }
      case 8 -> {
        int maximum = 1 + random.nextInt(5);
        Duration window = Duration.ofSeconds(random.nextLong(60, 100_000));
        Duration cooldown = Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextLong(20_000));
        FrequencyCap cap = FrequencyCap.of(maximum, window, 16).withCooldown(cooldown);
        add(cap, GuardrailOracle.cap(maximum, window, cooldown, cap.slack()));
      }
      case 9 -> {
        int limit = 1 + random.nextInt(20);
        boolean perCode = random.nextBoolean();
        UsageLimit usage = perCode ? UsageLimit.per(limit, 16, "code") : UsageLimit.total(limit);
        add(usage, GuardrailOracle.usage(limit, perCode));
      }
      case 10 -> {
        Duration window = Duration.ofSeconds(random.nextLong(60, 50_000));
        add(ConsistentPrice.of(window, 16), GuardrailOracle.consistent(window));
      }
      default -> addLedger(random);
    }
  }

  private void addLedger(SplittableRandom random) {
    PriceLedger ledger = PriceLedger.of(16, ZoneOffset.UTC);
    Map<String, List<Change>> prices = new HashMap<>();
    for (String item : List.of("lamp", "17")) {
      long millis = Shops.START_MILLIS - 50 * 86_400_000L;
      for (int change = 0; change < 3; change++) {
        millis += random.nextLong(20 * 86_400_000L);
        long price = random.nextLong(1 << 16);
        ledger.record(item, millis, price);
        prices.computeIfAbsent(item, name -> new ArrayList<>()).add(new Change(millis, price));
      }
    }
    add(LowestPrice.of(ledger), GuardrailOracle.lowest(prices));
  }
}
