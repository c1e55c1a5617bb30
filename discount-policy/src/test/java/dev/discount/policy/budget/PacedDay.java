package dev.discount.policy.budget;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A simulated day of a shop that spends a budget: visits by a traffic curve, purchases some minutes
 * after the offer, money reserved in full for every offer, and what the pacer is not told: shocks.
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

  /**
   * An open offer: when the ledger learns what came of it, the money reserved and the money due.
   */
  private record Open(long timeMillis, long sequence, long reservedMinor, long dueMinor) {}

  private final Event event;
  private final int visits;
  private final long seed;
  private final PriorityQueue<Open> open =
      new PriorityQueue<>(Comparator.comparingLong(Open::timeMillis).thenComparing(Open::sequence));
  private final double[] bought = new double[LEVELS];
  private final double[] out = new double[LEVELS];
  private long spent;
  private long reserved;
  private long sequence;
  private double value;
  private int actionMinute = -1;
  private Runnable action = () -> {};
  private final List<float[]> seen = new ArrayList<>();

  PacedDay(Event event, int visits, long seed) {
    this.event = event;
    this.visits = visits;
    this.seed = seed;
  }

  /** Returns this day with something that is done at the beginning of a minute. */
  PacedDay at(int minute, Runnable what) {
    actionMinute = minute;
    action = what;
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
      if (minute == actionMinute) {
        action.run();
      }
      AtShadowPrice policy = pacer.update(minute * MINUTE, spent, reserved);
      due += visitsInMinute(minute);
      for (; due >= 1; due--) {
        visit(visit++, minute, policy, pacer);
      }
    }
    settle(Long.MAX_VALUE);
  }

  private void visit(int visit, int minute, AtShadowPrice policy, Pacer pacer) {
    long price = priceMinor(seed, visit);
    purchases(seed, visit, 0, bought);
    Offer offer = new Offer("lamp", price, price / 2);
    DecisionContext all = DecisionContext.of(LADDER, offer, bought);
    long openLevels = 1;
    for (int j = 1; j < LEVELS; j++) {
      long most = price - all.netPriceMinor(j);
      openLevels |= most <= pacer.budgetMinor() - spent - reserved ? 1L << j : 0;
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
    if (level > 0) {
      long late = event == Event.LATE_FEED && minute >= 600 && minute < 960 ? 60 : 0;
      long after = buys ? 1 + CounterRandom.below(OFFER_MINUTES, seed, 5, sequence) : OFFER_MINUTES;
      reserved += mostMinor;
      open.add(
          new Open((minute + after + late) * MINUTE, sequence++, mostMinor, buys ? mostMinor : 0));
    }
  }

  private void settle(long nowMillis) {
    for (Open next = open.peek(); next != null && next.timeMillis() <= nowMillis; ) {
      reserved -= next.reservedMinor();
      spent += next.dueMinor();
      open.remove();
      next = open.peek();
    }
  }

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
