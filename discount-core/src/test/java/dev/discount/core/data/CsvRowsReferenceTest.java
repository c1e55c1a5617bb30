package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Public purchase logs, read whole, against the counts and rates published with them. */
class CsvRowsReferenceTest {

  /** Radiant's dvd data: 20 000 rows; bought 5.7, 12.3, 23.1, 37.6 and 52.0 % for $1 to $5. */
  @Test
  void dvd_hasThePublishedRateAtEachLevel() {
    Schema schema =
        Schema.builder()
            .field(Field.of("buy", Kind.FLAG, Role.OUTCOME))
            .field(Field.of("coupon", Kind.NUMBER, Role.DISCOUNT))
            .field(Field.of("purch", Kind.NUMBER))
            .field(Field.of("last", Kind.NUMBER))
            .field(Field.of("training", Kind.FLAG, Role.SPLIT))
            .ladder(DiscountLadder.ofAmounts(100, 200, 300, 400, 500))
            .constantPriceMinor(600)
            .constantCostMinor(0)
            .build();
    Rows rows = CsvRows.read(PublicData.file("dvd-instant-coupon/dvd.csv.gz"), schema);

    assertEquals(20_000, rows.size());
    double[] bought = new double[6];
    int[] offered = new int[6];
    for (int row = 0; row < rows.size(); row++) {
      int level = schema.level(rows, row);
      offered[level]++;
      bought[level] += schema.outcome(rows, row);
    }
    double[] percent = {5.7, 12.3, 23.1, 37.6, 52.0};
    assertEquals(0, offered[0]);
    for (int level = 1; level <= 5; level++) {
      assertEquals(percent[level - 1], 100 * bought[level] / offered[level], 0.05);
    }
    SplitRows parts =
        new Split.ByColumn("training", List.of("1"), List.of("0"), 0.1).assign(rows, 1);
    assertEquals(6_000, parts.test().length);
    assertEquals(1_400, parts.validation().length);
    assertEquals(12_600, parts.train().length);
  }

  /** UCI 603: 12 684 rows, 56.84 % accept, and the published counts and rates of each coupon. */
  @Test
  void inVehicleCoupon_hasThePublishedRateOfEachCoupon() {
    Schema schema =
        Schema.builder()
            .field(Field.of("coupon", Kind.CATEGORY))
            .field(Field.of("car", Kind.CATEGORY))
            .field(Field.of("Y", Kind.FLAG, Role.OUTCOME))
            .csv(CsvFormat.ofDefaults().withDelimiter(';'))
            .build();
    Rows rows =
        CsvRows.read(
            PublicData.file("in-vehicle-coupon/in-vehicle-coupon-recommendation.csv.gz"), schema);

    assertEquals(12_684, rows.size());
    assertEquals(56.84, acceptedPercent(schema, rows, null, 12_684), 0.005);
    assertEquals(49.9, acceptedPercent(schema, rows, "Coffee House", 3_996), 0.05);
    assertEquals(70.7, acceptedPercent(schema, rows, "Restaurant(<20)", 2_786), 0.05);
    assertEquals(73.5, acceptedPercent(schema, rows, "Carry out & Take away", 2_393), 0.05);
    assertEquals(41.0, acceptedPercent(schema, rows, "Bar", 2_017), 0.05);
    assertEquals(44.1, acceptedPercent(schema, rows, "Restaurant(20-50)", 1_492), 0.05);
    int missing = 0;
    for (int row = 0; row < rows.size(); row++) {
      missing += rows.isMissing(row, schema.slot("car")) ? 1 : 0;
    }
    assertEquals(12_576, missing);
  }

  private static double acceptedPercent(
      Schema schema, Rows rows, @Nullable String coupon, int expected) {
    int count = 0;
    double accepted = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (coupon == null || coupon.equals(rows.textAt(row, 0))) {
        count++;
        accepted += schema.outcome(rows, row);
      }
    }
    assertEquals(expected, count, coupon);
    return 100 * accepted / count;
  }

  /** UCI 468: 12 330 sessions, 1 908 with revenue. */
  @Test
  void onlineShoppers_hasThePublishedCounts() {
    Schema schema =
        Schema.builder()
            .field(Field.of("Month", Kind.CATEGORY))
            .field(Field.of("ExitRates", Kind.NUMBER))
            .field(Field.of("Weekend", Kind.FLAG))
            .field(Field.of("Revenue", Kind.FLAG, Role.OUTCOME))
            .csv(CsvFormat.ofDefaults().withDelimiter(';'))
            .build();
    Rows rows =
        CsvRows.read(
            PublicData.file("online-shoppers-intention/online_shoppers_intention.csv.gz"), schema);

    assertEquals(12_330, rows.size());
    double revenue = 0;
    for (int row = 0; row < rows.size(); row++) {
      revenue += schema.outcome(rows, row);
    }
    assertEquals(1_908, revenue);
    assertEquals(10, FeatureEncoder.fit(rows, SplitShares.rising(12_330)).cardinality(0) - 1);
  }
}
