package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.Reasons;
import dev.discount.policy.testing.StubModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AtShadowPriceTest {

  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1000, 2000, 3000);
  private static final Offer OFFER = new Offer("lamp", 10_000, 4_000);
  private static final int CUSTOMERS = 100_000;

  /** Profits 600, 750, 840, 810; discounts 0, 150, 420, 810: hull slopes 1, 1/3. */
  @ParameterizedTest
  @CsvSource({"0,2", "0.33,2", "0.34,1", "0.99,1", "1.01,0", "50,0"})
  void distribute_takesTheBestAfterThePrice(double price, int level) {
    double[] out = new double[4];
    new AtShadowPrice(price)
        .distributeInto(DecisionContext.of(LADDER, OFFER, 0.1, 0.15, 0.21, 0.27), out);
    double[] expected = new double[4];
    expected[level] = 1;
    assertEquals(Arrays.toString(expected), Arrays.toString(out));
  }

  @Test
  void distribute_tie_takesTheSmallestDiscount() {
    double[] out = new double[4];
    DecisionContext context = DecisionContext.of(LADDER, OFFER, 0.1, 0.12, 0.1, 0.1);
    new AtShadowPrice(0).distributeInto(context, out);
    assertEquals(1, out[0]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void price_outOfRange_isRefused(double price) {
    assertThrows(IllegalArgumentException.class, () -> new AtShadowPrice(price));
  }

  @Test
  void engine_newPrice_isUsedByTheNextDecision() {
    Schema schema =
        Schema.builder().field(Field.of("item", Field.Kind.ID, Field.Role.ITEM)).build();
    DecisionEngine engine =
        DecisionEngine.builder(StubModel.of(schema, 0.1, 0.15, 0.21, 0.27), LADDER)
            .policy(new AtShadowPrice(0.2))
            .build();
    for (double price : new double[] {0.2, 0.5, 2, 0.5}) {
      engine.swap(new AtShadowPrice(price));
      DecisionSession session = engine.newSession();
      session.offer("lamp", 10_000, 4_000);
      int expected = price < 1 / 3.0 ? 2 : price < 1 ? 1 : 0;
      assertEquals(expected, session.decide(1));
    }
  }

  @Test
  void version_namesThePriceExactly() {
    assertEquals("shadow-price(0x1.8p-1)", new AtShadowPrice(0.75).version());
  }

  @Test
  void reason_isInBothLanguages() {
    AtShadowPrice policy = new AtShadowPrice(1);
    assertEquals(policy.reason(), Reasons.of(Locale.ENGLISH).sentence(policy.code()).orElseThrow());
    assertTrue(Reasons.of(Locale.SIMPLIFIED_CHINESE).sentence(policy.code()).isPresent());
  }

  /** In which order customers come. */
  enum Order {
    RANDOM {
      @Override
      double key(Day day, int customer) {
        return customer;
      }
    },
    /** Those who gain most for their cost first, so that an early price would be too high. */
    FALLING {
      @Override
      double key(Day day, int customer) {
        return -day.gain[customer];
      }
    },
    /** Those who gain most come last, when the money might be gone. */
    RISING {
      @Override
      double key(Day day, int customer) {
        return day.gain[customer];
      }
    },
    /** The dearest first. */
    DEAREST_FIRST {
      @Override
      double key(Day day, int customer) {
        return -day.contexts[customer].listPriceMinor();
      }
    };

    abstract double key(Day day, int customer);
  }

  /** A day's customers. */
  private static final class Day {
    final DecisionContext[] contexts = new DecisionContext[CUSTOMERS];
    final float[] numbers = new float[CUSTOMERS * 4 * 2];
    final double[] gain = new double[CUSTOMERS];

    Day(long seed) {
      for (int i = 0; i < CUSTOMERS; i++) {
        double base = -2 + CounterRandom.gaussian(seed, 1, i);
        double slope = 4 * StrictMath.exp(CounterRandom.gaussian(seed, 2, i));
        long price = 1_000L + CounterRandom.below(9_000, seed, 3, i);
        double[] bought = new double[4];
        for (int j = 0; j < 4; j++) {
          bought[j] = 1 / (1 + StrictMath.exp(-(base + slope * 0.1 * j)));
        }
        contexts[i] = DecisionContext.of(LADDER, new Offer("lamp", price, price / 2), bought);
        for (int j = 0; j < 4; j++) {
          int at = 2 * (i * 4 + j);
          numbers[at] = (float) contexts[i].value(j);
          numbers[at + 1] = (float) AtShadowPrice.expectedDiscountMinor(contexts[i], j);
        }
        gain[i] = (numbers[i * 8 + 4] - numbers[i * 8]) / numbers[i * 8 + 5];
      }
    }

    Population population() {
      return Population.of(4, numbers);
    }
  }

  private static final Day YESTERDAY = new Day(1);
  private static final Day TODAY = new Day(2);

  @ParameterizedTest
  @EnumSource(Order.class)
  void yesterdaysPrice_reachesHindsightInAnyOrder(Order order) {
    BudgetSolver solver = new BudgetSolver(1);
    BudgetPath yesterday = solver.path(YESTERDAY.population());
    Day today = TODAY;
    double budget = 0.3 * yesterday.mostCost();
    // A price for half a percent less, so that another day's customers rarely use up the budget.
    AtShadowPrice policy = new AtShadowPrice(yesterday.shadowPrice(0.995 * budget));
    Integer[] arrivals = new Integer[CUSTOMERS];
    Arrays.setAll(arrivals, i -> i);
    Arrays.sort(arrivals, Comparator.comparingDouble(i -> order.key(today, i)));
    double spent = 0;
    double value = 0;
    double[] out = new double[4];
    for (int customer : arrivals) {
      DecisionContext context = today.contexts[customer];
      long open = 1;
      for (int j = 1; j < 4; j++) {
        if (spent + AtShadowPrice.expectedDiscountMinor(context, j) <= budget) {
          open |= 1L << j;
        }
      }
      Arrays.fill(out, 0);
      policy.distributeInto(open == 15 ? context : context.withOpenLevels(open), out);
      int level = 0;
      while (out[level] == 0) {
        level++;
      }
      spent += AtShadowPrice.expectedDiscountMinor(context, level);
      value += context.value(level);
    }
    BudgetPath hindsight = solver.path(today.population());
    double nothing = hindsight.value(hindsight.leastCost());
    double share = (value - nothing) / (hindsight.value(budget) - nothing);
    assertTrue(spent <= budget, "spent " + spent + " of " + budget);
    assertTrue(share >= 0.98, order + " gains " + share);
    double whole = value / hindsight.value(budget);
    assertTrue(whole >= 0.997, order + " reaches " + whole);
  }
}
