package dev.discount.policy.budget;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionContext;
import java.util.Arrays;
import java.util.Comparator;

/** The customers of one day, of a kind that stays the same from day to day, and their arrivals. */
final class OnlineDay {

  static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1000, 2000, 3000);
  private static final int LEVELS = 4;

  /** In which order customers come. */
  enum Order {
    RANDOM {
      @Override
      double key(OnlineDay day, int customer) {
        return CounterRandom.unit(9, 9, customer);
      }
    },
    /** Baskets grow through the day. */
    TRENDING {
      @Override
      double key(OnlineDay day, int customer) {
        double basket = StrictMath.log(day.contexts[customer].listPriceMinor());
        return basket + CounterRandom.gaussian(9, 9, customer);
      }
    },
    /** Those who gain most for their cost first, so that an early price would be too high. */
    BEST_FIRST {
      @Override
      double key(OnlineDay day, int customer) {
        return -day.gain(customer);
      }
    },
    /** Those who gain most come last, when the money might be gone. */
    BEST_LAST {
      @Override
      double key(OnlineDay day, int customer) {
        return day.gain(customer);
      }
    },
    DEAREST_FIRST {
      @Override
      double key(OnlineDay day, int customer) {
        return -day.contexts[customer].listPriceMinor();
      }
    },
    CHEAPEST_FIRST {
      @Override
      double key(OnlineDay day, int customer) {
        return day.contexts[customer].listPriceMinor();
      }
    };

    abstract double key(OnlineDay day, int customer);

    /** Returns the customers in this order. */
    int[] arrivals(OnlineDay day) {
      Integer[] arrivals = new Integer[day.contexts.length];
      Arrays.setAll(arrivals, i -> i);
      double[] keys = new double[arrivals.length];
      Arrays.setAll(keys, i -> key(day, i));
      Arrays.sort(arrivals, Comparator.comparingDouble(i -> keys[i]));
      return Arrays.stream(arrivals).mapToInt(Integer::intValue).toArray();
    }
  }

  final DecisionContext[] contexts;
  private final float[] numbers;

  private OnlineDay(DecisionContext[] contexts, float[] numbers) {
    this.contexts = contexts;
    this.numbers = numbers;
  }

  /** Draws a day. */
  static OnlineDay of(int customers, long seed) {
    DecisionContext[] contexts = new DecisionContext[customers];
    float[] numbers = new float[customers * LEVELS * 2];
    double[] bought = new double[LEVELS];
    for (int i = 0; i < customers; i++) {
      long price = priceMinor(seed, i);
      purchasesInto(seed, i, bought);
      contexts[i] = DecisionContext.of(LADDER, new Offer("lamp", price, price / 2), bought);
      fill(price, bought, numbers, i);
    }
    return new OnlineDay(contexts, numbers);
  }

  /** Draws the customers of a day without their requests. */
  static Population population(int customers, long seed) {
    float[] numbers = new float[customers * LEVELS * 2];
    double[] bought = new double[LEVELS];
    for (int i = 0; i < customers; i++) {
      purchasesInto(seed, i, bought);
      fill(priceMinor(seed, i), bought, numbers, i);
    }
    return Population.of(LEVELS, numbers);
  }

  private static long priceMinor(long seed, int customer) {
    return 10_000L + CounterRandom.below(90_000, seed, 3, customer);
  }

  private static void purchasesInto(long seed, int customer, double[] out) {
    double base = -2 + CounterRandom.gaussian(seed, 1, customer);
    double slope = 4 * StrictMath.exp(CounterRandom.gaussian(seed, 2, customer));
    for (int j = 0; j < LEVELS; j++) {
      out[j] = 1 / (1 + StrictMath.exp(-(base + slope * 0.1 * j)));
    }
  }

  private static void fill(long price, double[] bought, float[] numbers, int customer) {
    for (int j = 0; j < LEVELS; j++) {
      int at = 2 * (customer * LEVELS + j);
      long net = LADDER.level(j).netPriceMinor(price);
      numbers[at] = (float) (bought[j] * (net - price / 2));
      numbers[at + 1] = (float) (bought[j] * (price - net));
    }
  }

  Population population() {
    return Population.of(LEVELS, numbers);
  }

  /** Returns the gain of the first discount for its cost. */
  double gain(int customer) {
    int at = customer * LEVELS * 2;
    return (numbers[at + 2] - numbers[at]) / numbers[at + 3];
  }

  /** Returns the level that a policy chooses among those that cost no more than is left. */
  static int choose(AtShadowPrice policy, DecisionContext context, long leftMinor, double[] out) {
    long open = 1;
    for (int j = 1; j < LEVELS; j++) {
      open |= costMinor(context, j) <= leftMinor ? 1L << j : 0;
    }
    Arrays.fill(out, 0);
    policy.distributeInto(open == 15 ? context : context.withOpenLevels(open), out);
    int level = 0;
    while (out[level] == 0) {
      level++;
    }
    return level;
  }

  /** Returns the cost in whole minor units, never less than what it is. */
  static long costMinor(DecisionContext context, int level) {
    return (long) Math.ceil(AtShadowPrice.expectedDiscountMinor(context, level));
  }
}
