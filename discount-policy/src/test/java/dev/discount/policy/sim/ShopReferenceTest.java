package dev.discount.policy.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.Offer;
import org.junit.jupiter.api.Test;

/** A shop against {@code src/test/reference/shop.py} (Python 3.11.2), which recomputes its rows. */
class ShopReferenceTest {

  private static final Shop SHOP = Shop.of(new ShopConfig(50, 20, 7, 40, 30), 42);
  private static final double RELATIVE = 1e-12;

  @Test
  void log_rows_areTheScripts() {
    PurchaseLog log = SHOP.log();
    new Row(log, 0)
        .isOf(33, new Offer("7", 8953, 5531))
        .offered(6, 0.139567, false, 0)
        .hasTruth(0.03453173288362193, 0.05143910998809736, 516.98199277786, 611.3960142426637);
    new Row(log, 1)
        .isOf(25, new Offer("3", 8979, 4993))
        .offered(7, 0.224409, false, 0)
        .hasTruth(0.03490339351464318, 0.039102022888256115, 464.95615941067933, 382.3790919059141);
    new Row(log, 17)
        .isOf(17, new Offer("3", 8979, 4993))
        .offered(2, 0.140349, true, 15562)
        .hasTruth(0.17977703948975846, 0.331131618270539, 565.4199463619699, 417.4683931095087);
    new Row(log, 39)
        .isOf(26, new Offer("6", 10527, 7893))
        .offered(2, 0.114013, false, 0)
        .hasTruth(0.053943940330824454, 0.08119975850767971, 944.7069201440671, 970.9290856068422);
  }

  @Test
  void log_purchases_areTheScripts() {
    PurchaseLog log = SHOP.log();
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < log.size(); row++) {
      rows.append(log.bought(row) ? " " + row : "");
    }
    assertEquals(" 17 18 23 25 27 28 32", rows.toString());
  }

  @Test
  void populations_firstVisits_areTheScripts() {
    Visits known = SHOP.knownCustomers(10);
    assertEquals(39, known.customerId(0));
    assertEquals("5", known.offer(0).itemId());
    near(0.17137155773648716, known.purchaseProbability(0, 0));
    near(0.2681175670425242, known.purchaseProbability(0, 3));
    near(0.43982564836553983, known.purchaseProbability(0, 7));
    Visits unknown = SHOP.newCustomers(10);
    assertEquals(68, unknown.customerId(0));
    assertEquals("5", unknown.offer(0).itemId());
    near(0.14278435466435618, unknown.purchaseProbability(0, 0));
    near(0.20260260489561172, unknown.purchaseProbability(0, 3));
    near(0.3085066145367954, unknown.purchaseProbability(0, 7));
  }

  private static void near(double expected, double actual) {
    assertEquals(expected, actual, RELATIVE * expected);
  }

  private record Row(PurchaseLog log, int row) {

    Row isOf(long customerId, Offer offer) {
      assertEquals(customerId, log.visits().customerId(row));
      assertEquals(offer, log.visits().offer(row));
      return this;
    }

    Row offered(int level, double propensity, boolean bought, long basketMinor) {
      assertEquals(level, log.level(row));
      assertEquals(propensity, log.propensity(row));
      assertEquals(bought, log.bought(row));
      assertEquals(basketMinor, log.basketMinor(row));
      return this;
    }

    void hasTruth(double shallow, double deep, double smallBasket, double largeBasket) {
      near(shallow, log.visits().purchaseProbability(row, 0));
      near(deep, log.visits().purchaseProbability(row, 7));
      near(smallBasket, log.visits().expectedBasket(row, 0));
      near(largeBasket, log.visits().expectedBasket(row, 7));
    }
  }
}
