package dev.discount.policy.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Rows;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.PolicySweep;
import dev.discount.policy.ope.Estimate;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final Shop SHOP = Shop.of(ShopConfig.ofDefaults(), 1);
  private static final Visits KNOWN = SHOP.knownCustomers(4_000);
  private static final Visits NEW = SHOP.newCustomers(3_000);
  private static final Evaluation BOTH = Evaluation.of(KNOWN, NEW);

  /** A model that knows the truth, up to the rounding of a float. */
  private static StubModel truth() {
    Map<Long, double[]> curves = new HashMap<>();
    for (Visits visits : List.of(KNOWN, NEW)) {
      for (int visit = 0; visit < visits.size(); visit++) {
        double[] curve = new double[visits.levels()];
        for (int level = 0; level < curve.length; level++) {
          curve[level] = visits.purchaseProbability(visit, level);
        }
        curves.put(visits.customerId(visit), curve);
      }
    }
    int customer = Shop.schema().slot("customer");
    return StubModel.of(
        Shop.schema(),
        (rows, row, level) ->
            rows.isMissing(row, customer) ? 0 : curves.get(rows.longAt(row, customer))[level]);
  }

  private static PolicyResult evaluate(DiscountPolicy policy) {
    return BOTH.evaluate(policy.code(), PolicySweep.of(truth(), Shop.ladder(), policy, List.of()));
  }

  @Test
  void evaluate_expectedProfitOfATrueModel_isTheOracle() {
    PolicyResult learned = evaluate(new ExpectedProfit());
    PolicyResult oracle = BOTH.oracle();
    assertEquals(oracle.valueMinor().value(), learned.valueMinor().value(), 1e-3);
    assertEquals(oracle.meanDepth(), learned.meanDepth(), 1e-6);
    assertEquals(1, learned.shareOfGain(BOTH.bestFlat(), oracle), 1e-6);
    assertEquals("expected-profit", learned.name());
  }

  @Test
  void evaluate_flatLevel_isTheFlatResult() {
    PolicyResult swept = evaluate(new FlatLevel(3));
    PolicyResult flat = BOTH.flat(3);
    assertEquals(flat.valueMinor(), swept.valueMinor());
    assertEquals(0.06, swept.meanDepth(), 1e-12);
    assertEquals("flat 6%", flat.name());
  }

  @Test
  void evaluate_mixedPolicy_isTheMixture() {
    PolicyResult mixed = evaluate(new EpsilonGreedy(new FlatLevel(2), 0.4));
    double expected = 0.6 * BOTH.flat(2).valueMinor().value();
    for (int level = 0; level < 8; level++) {
      expected += 0.05 * BOTH.flat(level).valueMinor().value();
    }
    assertEquals(expected, mixed.valueMinor().value(), 1e-9 * expected);
  }

  @Test
  void flat_totals_areSumsOfProbabilities() {
    PolicyResult flat = Evaluation.of(KNOWN).flat(5);
    double purchases = 0;
    double revenue = 0;
    double cost = 0;
    double profit = 0;
    double order = 0;
    for (int visit = 0; visit < KNOWN.size(); visit++) {
      double p = KNOWN.purchaseProbability(visit, 5);
      purchases += p;
      revenue += p * KNOWN.netPriceMinor(visit, 5);
      cost += p * (KNOWN.listPriceMinor(visit) - KNOWN.netPriceMinor(visit, 5));
      profit += p * (KNOWN.netPriceMinor(visit, 5) - KNOWN.unitCostMinor(visit));
      order += KNOWN.expectedOrderProfit(visit, 5);
    }
    assertEquals(purchases / 4, flat.purchasesPer1000(), 1e-9);
    assertEquals(revenue / 4, flat.revenuePer1000Minor(), 1e-6);
    assertEquals(cost / 4, flat.discountCostPer1000Minor(), 1e-6);
    assertEquals(profit / 4, flat.profitPer1000Minor(), 1e-6);
    assertEquals(order / 4_000, flat.orderProfit(), 1e-9);
    assertEquals(4_000, flat.customers());
  }

  @Test
  void oracle_beatsEveryOtherAndBoundsLieInOrder() {
    PolicyResult oracle = BOTH.oracle();
    PolicyResult visible = BOTH.visibleOracle();
    PolicyResult margin = BOTH.marginOnly();
    PolicyResult flat = BOTH.bestFlat();
    for (int level = 0; level < 8; level++) {
      assertTrue(flat.valueMinor().value() >= BOTH.flat(level).valueMinor().value());
    }
    assertTrue(margin.minus(flat).value() > 0);
    assertTrue(visible.minus(margin).isAboveZero());
    assertTrue(oracle.minus(visible).value() >= 0);
  }

  /**
   * The unchanged recipe leaves about a tenth of the best flat profit to gain, nearly all visible.
   */
  @Test
  void recipe_leavesEnoughToGain() {
    PolicyResult flat = BOTH.bestFlat();
    PolicyResult oracle = BOTH.oracle();
    double gain = oracle.minus(flat).value() / flat.valueMinor().value();
    assertTrue(gain > 0.07 && gain < 0.14, "gain " + gain);
    assertTrue(oracle.minus(flat).isAboveZero());
    double visible = BOTH.visibleOracle().shareOfGain(flat, oracle);
    assertTrue(visible > 0.95, "visible share " + visible);
    double margin = BOTH.marginOnly().shareOfGain(flat, oracle);
    assertTrue(margin < 0.35, "share of margins alone " + margin);
  }

  /** Drawing purchases from the probabilities comes to the summed value. */
  @Test
  void value_drawnPurchases_agree() {
    PolicyResult oracle = Evaluation.of(KNOWN).oracle();
    SplittableRandom random = new SplittableRandom(9);
    int draws = 50;
    double[] means = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      for (int visit = 0; visit < KNOWN.size(); visit++) {
        int best = 0;
        for (int level = 1; level < 8; level++) {
          if (KNOWN.expectedProfitMinor(visit, level) > KNOWN.expectedProfitMinor(visit, best)) {
            best = level;
          }
        }
        if (random.nextDouble() < KNOWN.purchaseProbability(visit, best)) {
          means[draw] += KNOWN.netPriceMinor(visit, best) - KNOWN.unitCostMinor(visit);
        }
      }
      means[draw] /= KNOWN.size();
    }
    Estimate drawn = Estimate.ofMean(means);
    assertEquals(oracle.valueMinor().value(), drawn.value(), 4.5 * drawn.standardError());
  }

  @Test
  void and_joinsPopulations() {
    PolicyResult joined = Evaluation.of(KNOWN).flat(2).and(Evaluation.of(NEW).flat(2));
    PolicyResult both = BOTH.flat(2);
    assertEquals(both.valueMinor(), joined.valueMinor());
    assertEquals(both.revenuePer1000Minor(), joined.revenuePer1000Minor(), 1e-9);
    assertEquals(7_000, joined.customers());
  }

  @Test
  void minus_otherPopulation_isRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Evaluation.of(KNOWN).flat(0).minus(Evaluation.of(NEW).flat(0)));
    assertEquals("other must be over 4000 customers, got 3000", error.getMessage());
    assertThrows(IllegalArgumentException.class, Evaluation::of);
  }

  @Test
  void rows_ofVisits_areInVisitOrder() {
    Rows rows = KNOWN.rows();
    for (int visit = 0; visit < KNOWN.size(); visit++) {
      assertEquals(KNOWN.customerId(visit), rows.longAt(visit, Shop.schema().slot("customer")));
    }
  }
}
