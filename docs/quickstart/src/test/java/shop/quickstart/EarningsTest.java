package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.ope.InversePropensity;
import dev.discount.policy.ope.LoggedChoices;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.quickstart.report.RunReport.PolicyKind;
import shop.quickstart.report.RunReport.PolicyOutcome;
import shop.quickstart.report.RunReport.Trial;

/** Values by hand, and by the library's estimator on the same rows. */
class EarningsTest {

  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1000, 2000);
  private static final int[] BOTH = {0, 1};

  /** Two customers, list price 100 and 200, cost 40 and 100. */
  private static final Demand DEMAND =
      new Demand() {
        private final double[][] probabilities = {{0.1, 0.2, 0.3}, {0.5, 0.5, 0.6}};

        @Override
        public int size() {
          return 2;
        }

        @Override
        public double purchases(int place, int level, double chance) {
          return chance * probabilities[place][level];
        }

        @Override
        public long listPriceMinor(int place) {
          return place == 0 ? 100 : 200;
        }

        @Override
        public long unitCostMinor(int place) {
          return place == 0 ? 40 : 100;
        }
      };

  @Test
  void of_mixedChances_addsUpEveryLevel() {
    Earnings earnings = Earnings.of(DEMAND, LADDER, new double[] {0, 0.5, 0.5, 1, 0, 0});
    double firstRevenue = 0.5 * 0.2 * 90 + 0.5 * 0.3 * 80;
    double firstProfit = 0.5 * 0.2 * 50 + 0.5 * 0.3 * 40;
    assertEquals((firstRevenue + 0.5 * 200) / 2, earnings.meanRevenueMinor(BOTH), 1e-9);
    assertEquals((firstProfit + 0.5 * 100) / 2, earnings.meanProfitMinor(BOTH), 1e-9);
    assertEquals((0.5 * 0.2 * 10 + 0.5 * 0.3 * 20) / 2, earnings.meanDiscountCostMinor(BOTH), 1e-9);
    assertEquals(0.15 / 2, earnings.meanDepth(BOTH), 1e-9);
    assertEquals(0.25, earnings.share(1, BOTH), 1e-9);
    assertEquals(firstProfit, earnings.meanProfitMinor(new int[] {0}), 1e-9);
  }

  @Test
  void trial_handMadeEarnings_findsTheBestFlatAndTheShareOfTheOraclesGain() {
    Earnings none = Earnings.of(DEMAND, LADDER, new double[] {1, 0, 0, 1, 0, 0});
    Earnings ten = Earnings.of(DEMAND, LADDER, new double[] {0, 1, 0, 0, 1, 0});
    Earnings half = Earnings.of(DEMAND, LADDER, new double[] {0.5, 0, 0.5, 1, 0, 0});
    Earnings best = Earnings.of(DEMAND, LADDER, new double[] {0, 0, 1, 1, 0, 0});
    Schema schema =
        Schema.builder()
            .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
            .field(Field.of("discount", Field.Kind.NUMBER, Field.Role.DISCOUNT))
            .ladder(LADDER)
            .constantPriceMinor(100)
            .constantCostMinor(40)
            .build();
    LoggedOffers enough = offers(schema, 100);
    Comparison comparison = new Comparison(schema, Support.of(enough, enough), true);
    comparison.add("flat 10%", PolicyKind.FLAT, ten, ten.profit());
    comparison.add("no discount", PolicyKind.FLAT, none, none.profit());
    comparison.add("half", PolicyKind.PERSONAL, half, half.profit());
    comparison.add("oracle", PolicyKind.ORACLE, best, best.profit());
    comparison.population("all", BOTH);
    Trial trial = comparison.trial();
    assertEquals("no discount", trial.bestFlat());
    // Mean profits in minor units: none (6 + 50) / 2, half (9 + 50) / 2, oracle (12 + 50) / 2.
    PolicyOutcome personal = trial.policies().get(2);
    assertEquals(1000 * 29.5 / 100, personal.profitPer1000(), 1e-9);
    assertEquals(1000 * 1.5 / 100, personal.gain().estimate(), 1e-9);
    assertEquals(0.5, personal.shareOfOracleGain(), 1e-9);
    // The two differences are 3 and 0: standard error sqrt(4.5 / 2) = 1.5.
    double half95 = 1.959963984540054 * 1.5 * 1000 / 100;
    assertEquals(15 - half95, personal.gain().lower(), 1e-9);
    assertEquals(15 + half95, personal.gain().upper(), 1e-9);
  }

  @Test
  void loggedDemand_anyPolicy_equalsTheLibrarysInversePropensity() {
    Schema schema =
        Schema.builder()
            .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
            .field(Field.of("discount", Field.Kind.NUMBER, Field.Role.DISCOUNT))
            .field(Field.of("propensity", Field.Kind.NUMBER, Field.Role.PROPENSITY))
            .ladder(LADDER)
            .constantPriceMinor(600)
            .constantCostMinor(100)
            .build();
    Rows rows = rows(schema, 90);
    int[] all = IntStream.range(0, rows.size()).toArray();
    LoggedOffers offers = LoggedOffers.of(rows, all);
    double[] chances = new double[rows.size() * 3];
    double[] rewards = new double[rows.size()];
    double[] propensities = new double[rows.size()];
    int[] levels = new int[rows.size()];
    for (int row : all) {
      chances[row * 3] = row % 2 * 0.5;
      chances[row * 3 + 1] = 0.5;
      chances[row * 3 + 2] = 0.5 - chances[row * 3];
      levels[row] = schema.level(rows, row);
      propensities[row] = schema.propensity(rows, row);
      rewards[row] = schema.outcome(rows, row) * (500 - 60 * levels[row]);
    }
    Demand demand = new LoggedDemand(rows, offers, Propensities.of(rows, offers));
    var expected =
        InversePropensity.evaluate(LoggedChoices.of(3, levels, propensities, rewards), chances);
    var earned = Earnings.of(demand, LADDER, chances).profit();
    assertEquals(expected.value().value(), earned.value(), 1e-9);
    assertEquals(expected.value().standardError(), earned.standardError(), 1e-9);
  }

  @Test
  void propensities_notStated_areTheSharesOfTheTestRows() {
    Schema schema =
        Schema.builder()
            .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
            .field(Field.of("discount", Field.Kind.NUMBER, Field.Role.DISCOUNT))
            .ladder(LADDER)
            .constantPriceMinor(600)
            .constantCostMinor(100)
            .build();
    Rows rows = rows(schema, 12);
    LoggedOffers test = LoggedOffers.of(rows, new int[] {0, 1, 3, 6});
    Propensities propensities = Propensities.of(rows, test);
    assertEquals(0.75, propensities.of(0), 1e-9, "level 0 has three of four rows");
    assertEquals(0.25, propensities.of(1), 1e-9);
    // A flat level is then worth what its own rows earned on average: rows 0, 3 and 6, of which 0
    // bought, at 500 each.
    double[] flat = {1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0};
    Demand demand = new LoggedDemand(rows, test, propensities);
    assertEquals(500 / 3.0, Earnings.of(demand, LADDER, flat).profit().value(), 1e-9);
  }

  private static LoggedOffers offers(Schema schema, int rowsPerLevel) {
    Rows rows = rows(schema, 3 * rowsPerLevel);
    return LoggedOffers.of(rows, IntStream.range(0, rows.size()).toArray());
  }

  /** Rows at the levels 0, 1, 2, 0, … of which every fifth buys. */
  private static Rows rows(Schema schema, int count) {
    Rows rows = new Rows(schema, count);
    for (int i = 0; i < count; i++) {
      int row = rows.add();
      rows.setLong(row, schema.slot("bought"), i % 5 == 0 ? 1 : 0);
      rows.setDouble(row, schema.slot("discount"), List.of(0, 10, 20).get(i % 3));
      if (schema.slot("propensity") >= 0) {
        rows.setDouble(row, schema.slot("propensity"), List.of(0.5, 0.3, 0.2).get(i % 3));
      }
    }
    return rows;
  }
}
