package dev.discount.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.ResponseModel;
import dev.discount.core.data.Rows;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.HighestValue;
import dev.discount.policy.testing.StubModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuationTest {

  private static final double[] CURVE = {0.1, 0.15, 0.3, 0.5};
  private static final StubModel MODEL = StubModel.of(Fixtures.SCHEMA, CURVE);

  /** Purchases less a fee for each place of the level, in two terms. */
  private static final class Purchases implements Valuation {
    private final double fee;
    private final List<String> terms;
    private int prepared;

    Purchases(double fee, String... terms) {
      this.fee = fee;
      this.terms = List.of(terms);
    }

    @Override
    public String code() {
      return "purchases";
    }

    @Override
    public String unit() {
      return "purchases";
    }

    @Override
    public String version() {
      return "purchases/" + fee;
    }

    @Override
    public List<String> terms() {
      return terms;
    }

    @Override
    public Valuer newValuer(ResponseModel model, DiscountLadder ladder) {
      return new Valuer() {
        @Override
        public void prepare(Rows rows) {
          prepared += rows.size();
        }

        @Override
        public void termsInto(DecisionContext context, double[] out) {
          for (int level = 0; level < ladder.size(); level++) {
            out[2 * level] = context.purchaseProbability(level);
            out[2 * level + 1] = -fee * level;
          }
        }
      };
    }
  }

  private static DecisionEngine.Builder engine(Valuation valuation) {
    return DecisionEngine.builder(MODEL, Fixtures.LADDER)
        .policy(new HighestValue())
        .valuation(valuation);
  }

  private static DecisionSession decided(DecisionEngine engine) {
    DecisionSession session = engine.newSession();
    session.offer(Fixtures.OFFER);
    session.decide(1);
    return session;
  }

  @Test
  void noneStated_valueIsTheExpectedProfitToTheLastBit() {
    DecisionSession session = decided(engine(Valuation.expectedProfit()).build());
    DecisionSession plain =
        decided(
            DecisionEngine.builder(MODEL, Fixtures.LADDER).policy(new ExpectedProfit()).build());
    assertEquals("profit", plain.valuation().code());
    assertEquals(List.of("profit"), plain.valuation().terms());
    for (int level = 0; level < Fixtures.LADDER.size(); level++) {
      double profitMinor =
          session.purchaseProbability(level)
              * (Fixtures.LADDER.level(level).netPriceMinor(10_000) - 6_000);
      assertEquals(profitMinor, session.value(level));
      assertEquals(profitMinor, session.term(level, 0));
      assertEquals(profitMinor, plain.value(level));
    }
    assertEquals(plain.levelIndex(), session.levelIndex());
  }

  @Test
  void twoTerms_areReportedAndAddUpToTheValueThatIsMadeLarge() {
    DecisionSession session = decided(engine(new Purchases(0.1, "bought", "fee")).build());
    assertEquals(3, session.levelIndex(), "0.5 - 0.3 is above 0.3 - 0.2 and 0.1");
    for (int level = 0; level < 4; level++) {
      assertEquals((double) (float) CURVE[level], session.term(level, 0));
      assertEquals(-0.1 * level, session.term(level, 1));
      assertEquals(session.term(level, 0) + session.term(level, 1), session.value(level));
    }
    assertEquals(0, decided(engine(new Purchases(1, "bought", "fee")).build()).levelIndex());
  }

  @Test
  void decision_saysWhatItMadeLargeAndWhatEachTermContributed() {
    Decision plain = engine(Valuation.expectedProfit()).build().decide(Fixtures.request(1).build());
    assertEquals("profit", plain.objective());
    assertEquals("minor-units", plain.valueUnit());
    assertEquals(plain.expectedProfitMinor(), plain.value());
    assertEquals(plain.expectedProfitMinor(2), plain.term(2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> plain.term(0, 1));

    DecisionEngine engine = engine(new Purchases(0.1, "bought", "fee")).build();
    Decision decision = engine.decide(Fixtures.request(1).build());
    DecisionSession session = decided(engine);
    assertEquals("purchases", decision.objective());
    assertEquals("purchases", decision.valueUnit());
    assertEquals("purchases/0.1", decision.valuationVersion());
    assertEquals(List.of("bought", "fee"), decision.valueTerms());
    for (int level = 0; level < 4; level++) {
      assertEquals(session.value(level), decision.value(level));
      assertEquals(session.term(level, 0), decision.term(level, 0));
      assertEquals(session.term(level, 1), decision.term(level, 1));
    }
    assertEquals(decision.value(3), decision.value());
    assertNotEquals(plain, decision);
    assertEquals(decision, engine.decide(Fixtures.request(1).build()));
  }

  @Test
  void topItems_areRankedByValueAndPreparedInOneBatch() {
    Purchases purchases = new Purchases(0, "bought", "fee");
    StubModel model =
        StubModel.of(
            Fixtures.SCHEMA, (rows, row, level) -> "cheap".equals(rows.textAt(row, 1)) ? 0.9 : 0.2);
    DecisionEngine engine =
        DecisionEngine.builder(model, Fixtures.LADDER)
            .policy(new HighestValue())
            .valuation(purchases)
            .build();
    List<Offer> offers = List.of(new Offer("dear", 90_000, 0), new Offer("cheap", 100, 0));
    int before = purchases.prepared;
    List<Decision> best = engine.topItems(Fixtures.request(1).build(), offers, 2);
    assertEquals("cheap", best.get(0).offer().itemId());
    assertEquals(2, purchases.prepared - before);
  }

  @Test
  void sweep_valuesAsTheEngineDoes() {
    Rows rows = new Rows(Fixtures.SCHEMA, 1);
    rows.setDouble(rows.add(), Fixtures.SCHEMA.slot("price"), 100);
    rows.setDouble(0, Fixtures.SCHEMA.slot("cost"), 60);
    double[] out = new double[4];
    PolicySweep sweep = PolicySweep.of(MODEL, Fixtures.LADDER, new HighestValue(), List.of());
    sweep.distributeInto(rows, new int[] {0}, out);
    assertEquals(1, out[3], "0.5 * 2000 is the largest profit");
    sweep.withValuation(new Purchases(1, "bought", "fee")).distributeInto(rows, new int[] {0}, out);
    assertEquals(1, out[0]);
  }

  @Test
  void badValuations_areRefusedByName() {
    IllegalStateException notFinite =
        assertThrows(
            IllegalStateException.class,
            () -> decided(engine(new Purchases(Double.NaN, "bought", "fee")).build()));
    assertEquals(
        "valuation purchases/NaN must give finite values, got NaN at level 0",
        notFinite.getMessage());
    for (String[] terms : new String[][] {{}, {"fee", "fee"}}) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class, () -> engine(new Purchases(0, terms)).build());
      assertEquals(
          "valuation must have terms of distinct names, got " + List.of(terms),
          refused.getMessage());
    }
  }

  @Test
  void contextForUnitTests_valuesByProfitOrAsStated() {
    DecisionContext context = DecisionContext.of(Fixtures.LADDER, Fixtures.OFFER, CURVE);
    assertEquals(context.expectedProfitMinor(2), context.value(2));
    DecisionContext other = context.withValues(1, 2, 3, 4).withOpenLevels(0b0110);
    assertEquals(3, other.value(2));
    assertEquals(3, other.term(2, 0));
    double[] out = new double[4];
    new HighestValue().distributeInto(other, out);
    assertEquals(1, out[2]);
    assertEquals(
        "newValues[1] must be finite, got Infinity",
        assertThrows(
                IllegalArgumentException.class,
                () -> context.withValues(1, Double.POSITIVE_INFINITY, 3, 4))
            .getMessage());
    assertEquals(
        "newValues must have length 4, got 1",
        assertThrows(IllegalArgumentException.class, () -> context.withValues(1)).getMessage());
  }
}
