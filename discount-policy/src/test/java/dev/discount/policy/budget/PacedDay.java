package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Money;
import dev.discount.core.Offer;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A simulated day of a shop that spends a budget: visits by a traffic curve, purchases some minutes
 * after the offer, money reserved in full for every offer in a ledger and committed, released or
 * forgotten, and what the pacer is not told: shocks.
 */
final class PacedDay {

  private static final int MINUTES = 24 * 60;
  private static final long MINUTE = 60_000;
  static final double[] HOURLY = {
    2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 6, 5, 5, 5, 5, 6, 7, 8, 8, 7, 5, 3
  };
  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1000, 2000, 3000);
  private static final int LEVELS = 4;
  private static final int OFFER_MINUTES = 5;
  private static final int LATE_MINUTES = 60;

  /** Of so many offers that nobody takes, one is never heard of again. */
  private static final int FORGOTTEN_ONE_IN = 16;

  private static final Currency EURO = Currency.getInstance("EUR");

  /** What happens on a day that the forecast does not know. */
  enum Event {
    NONE,
    /** Three times the visits from 11 to 13. */
    TRAFFIC_SHOCK,
    /** No visits from 18 to 19. */
    DEAD_HOUR,
    /** What comes of offers from 10 to 16 is known an hour late. */
    LATE_FEED,
    /** A competitor's prices from 13 to 19: purchases fall, and the model does not know. */
    PRICE_WAR
  }

  /** An open offer: when it is known what came of it, its reservation and the money due. */
  private record Open(long timeMillis, long sequence, long handle, long dueMinor) {}

  private final Event event;
  private final int visits;
  private final long seed;
  private final PriorityQueue<Open> open =
      new PriorityQueue<>(Comparator.comparingLong(Open::timeMillis).thenComparing(Open::sequence));
  private final double[] bought = new double[LEVELS];
  private final double[] out = new double[LEVELS];
  private final BudgetLedger ledger;
  private final BudgetAccount account;
  private long spent;
  private long sequence;
  private int forgotten;
  private int expired;
  private double value;
  private int changeMinute = -1;
  private long changedMinor;
  private final List<float[]> seen = new ArrayList<>();

  PacedDay(Event event, int visits, long seed, long budgetMinor) {
    this.event = event;
    this.visits = visits;
    this.seed = seed;
    int hold = 2 * OFFER_MINUTES + (event == Event.LATE_FEED ? LATE_MINUTES : 0);
    this.ledger =
        BudgetLedger.builder()
            .budget("day", new Money(budgetMinor, EURO))
            .hold(Duration.ofMinutes(hold))
            .reservations(1 << 14)
            .build();
    this.account = ledger.account("day");
  }

  /** Returns this day with another budget from the beginning of a minute on. */
  PacedDay withBudgetFrom(int minute, long budgetMinor) {
    changeMinute = minute;
    changedMinor = budgetMinor;
    return this;
  }

  static TrafficCurve traffic() {
    return TrafficCurve.of(0, MINUTES * MINUTE, HOURLY);
  }

  /** Returns customers like those that visit. */
  static Population past(int customers, long seed) {
    float[] numbers = new float[customers * LEVELS * 2];
    double[] bought = new double[LEVELS];
    for (int i = 0; i < customers; i++) {
      long price = priceMinor(seed, i);
      purchases(seed, i, 0, bought);
      fill(price, bought, numbers, i);
    }
    return Population.of(LEVELS, numbers);
  }

  private static void fill(long price, double[] bought, float[] numbers, int visit) {
    for (int j = 0; j < LEVELS; j++) {
      long net = LADDER.level(j).netPriceMinor(price);
      numbers[2 * (visit * LEVELS + j)] = (float) (bought[j] * (net - price / 2));
      numbers[2 * (visit * LEVELS + j) + 1] = (float) (bought[j] * (price - net));
    }
  }

  private static long priceMinor(long seed, int visit) {
    return 1_000L + CounterRandom.below(9_000, seed, 3, visit);
  }

  private static void purchases(long seed, int visit, double shift, double[] out) {
    double base = -1.5 + CounterRandom.gaussian(seed, 1, visit) + shift;
    double slope = 4 * StrictMath.exp(CounterRandom.gaussian(seed, 2, visit));
    for (int j = 0; j < LEVELS; j++) {
      out[j] = 1 / (1 + StrictMath.exp(-(base + slope * 0.1 * j)));
    }
  }

  private double visitsInMinute(int minute) {
    int hour = minute / 60;
    double all = 0;
    for (double weight : HOURLY) {
      all += weight;
    }
    double expected = visits * HOURLY[hour] / all / 60;
    if (event == Event.TRAFFIC_SHOCK && hour >= 11 && hour < 13) {
      return 3 * expected;
    }
    return event == Event.DEAD_HOUR && hour == 18 ? 0 : expected;
  }

  /**
   * Lets a pacer spend, which is asked for its price every minute, until all offers are settled.
   */
  void run(Pacer pacer) {
    int visit = 0;
    double due = 0;
    for (int minute = 0; minute < MINUTES; minute++) {
      settle(minute * MINUTE);
      expired += ledger.expire(minute * MINUTE);
      if (minute == changeMinute) {
        pacer.budget(changedMinor);
        ledger.changeBudget("day", new Money(changedMinor, EURO));
      }
      Balance now = ledger.balance("day");
      AtShadowPrice policy = pacer.update(minute * MINUTE, now.spentMinor(), now.reservedMinor());
      due += visitsInMinute(minute);
      for (; due >= 1; due--) {
        visit(visit++, minute, policy, pacer);
      }
    }
    settle(Long.MAX_VALUE);
    assertEquals(forgotten, ledger.expire(2 * MINUTES * MINUTE) + expired, "forgotten offers");
    assertEquals(0, ledger.balance("day").reservedMinor());
    assertEquals(spent, ledger.balance("day").spentMinor());
  }

  private void visit(int visit, int minute, AtShadowPrice policy, Pacer pacer) {
    long price = priceMinor(seed, visit);
    purchases(seed, visit, 0, bought);
    Offer offer = new Offer("lamp", price, price / 2);
    DecisionContext all = DecisionContext.of(LADDER, offer, bought);
    long openLevels = 1;
    for (int j = 1; j < LEVELS; j++) {
      long most = price - all.netPriceMinor(j);
      openLevels |= most <= account.freeMinor(minute * MINUTE) ? 1L << j : 0;
    }
    DecisionContext context = openLevels == 15 ? all : all.withOpenLevels(openLevels);
    Arrays.fill(out, 0);
    policy.distributeInto(context, out);
    int level = 0;
    while (out[level] == 0) {
      level++;
    }
    pacer.meter().commit(context, level);
    boolean war = event == Event.PRICE_WAR && minute >= 13 * 60 && minute < 19 * 60;
    purchases(seed, visit, war ? -0.7 : 0, bought);
    boolean buys = CounterRandom.unit(seed, 4, visit) < bought[level];
    value += bought[level] * (context.netPriceMinor(level) - price / 2);
    float[] truth = new float[LEVELS * 2];
    fill(price, bought, truth, 0);
    seen.add(truth);
    offer(minute, level, price - context.netPriceMinor(level), buys);
  }

  private void offer(int minute, int level, long mostMinor, boolean buys) {
    if (level == 0) {
      return;
    }
    long handle = account.reserve(mostMinor, minute * MINUTE);
    assertTrue(handle > 0, "what is free can be reserved");
    if (!buys && CounterRandom.below(FORGOTTEN_ONE_IN, seed, 6, sequence) == 0) {
      sequence++;
      forgotten++;
      return;
    }
    long late = event == Event.LATE_FEED && minute >= 600 && minute < 960 ? LATE_MINUTES : 0;
    long after = buys ? 1 + CounterRandom.below(OFFER_MINUTES, seed, 5, sequence) : OFFER_MINUTES;
    open.add(new Open((minute + after + late) * MINUTE, sequence++, handle, buys ? mostMinor : 0));
  }

  private void settle(long nowMillis) {
    for (Open next = open.peek(); next != null && next.timeMillis() <= nowMillis; ) {
      spent += next.dueMinor();
      assertEquals(
          Settlement.DONE,
          next.dueMinor() > 0
              ? ledger.commit(next.handle(), next.dueMinor())
              : ledger.release(next.handle()));
      open.remove();
      next = open.peek();
    }
  }

  /** Returns what the day's purchases took from the budget; the ledger counts the same. */
  long spentMinor() {
    return spent;
  }

  /** Returns the true expected value of what was offered. */
  double value() {
    return value;
  }

  /** Returns those who came, with their true values and costs. */
  Population visitors() {
    float[] numbers = new float[seen.size() * LEVELS * 2];
    for (int i = 0; i < seen.size(); i++) {
      System.arraycopy(seen.get(i), 0, numbers, i * LEVELS * 2, LEVELS * 2);
    }
    return Population.of(LEVELS, numbers);
  }
}
