package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The ring of days against a list of every price that was ever in force. */
class PriceLedgerDifferentialTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long DAY_MILLIS = 86_400_000L;

  record Change(long millis, long priceMinor) {}

  /** The lowest price in force at any moment of the 30 local days before a time's. */
  static long naive(List<Change> changes, long nowMillis, ZoneId zone) {
    LocalDate today = Instant.ofEpochMilli(nowMillis).atZone(zone).toLocalDate();
    long from = today.minusDays(30).atStartOfDay(zone).toInstant().toEpochMilli();
    long until = today.atStartOfDay(zone).toInstant().toEpochMilli();
    long lowest = PriceLedger.UNKNOWN;
    for (int i = 0; i < changes.size(); i++) {
      long begins = changes.get(i).millis();
      long ends = i + 1 < changes.size() ? changes.get(i + 1).millis() : Long.MAX_VALUE;
      boolean inForce = begins < until && (ends > from || (ends == begins && begins >= from));
      if (inForce && (lowest < 0 || changes.get(i).priceMinor() < lowest)) {
        lowest = changes.get(i).priceMinor();
      }
    }
    return lowest;
  }

  @Test
  void lowest_equalsTheList() {
    for (ZoneId zone : List.of(BERLIN, ZoneOffset.UTC, ZoneId.of("Pacific/Apia"))) {
      PriceLedger ledger = PriceLedger.of(2_000, zone);
      Map<String, List<Change>> model = new HashMap<>();
      SplittableRandom random = new SplittableRandom(zone.hashCode());
      for (int item = 0; item < 2_000; item++) {
        String id = random.nextBoolean() ? "item-" + item : Integer.toString(item);
        List<Change> changes = model.computeIfAbsent(id, name -> new ArrayList<>());
        long now = Shops.START_MILLIS + random.nextLong(400 * DAY_MILLIS);
        for (int step = 0; step < 30; step++) {
          long scale = random.nextInt(4) == 0 ? 40 : 3;
          now += random.nextLong(scale * DAY_MILLIS);
          assertEquals(naive(changes, now, zone), ledger.lowestMinor(id, now), id);
          if (random.nextBoolean()) {
            long price = random.nextLong(1L << random.nextInt(1, 33)) % 0xFFFF_FFFFL;
            ledger.record(id, now, price);
            changes.add(new Change(now, price));
            assertEquals(naive(changes, now, zone), ledger.lowestMinor(id, now), id);
          }
        }
      }
      model.forEach(
          (id, changes) -> {
            long end = Shops.START_MILLIS + 2_000 * DAY_MILLIS;
            assertEquals(naive(changes, end, zone), ledger.lowestMinor(id, end));
          });
    }
  }

  @Test
  void days_equalThoseOfTheZone() {
    for (String name : List.of("Europe/Berlin", "America/New_York", "Pacific/Apia", "UTC")) {
      ZoneId zone = ZoneId.of(name);
      ZoneDays days = new ZoneDays(zone);
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 20_000; i++) {
        long millis = random.nextLong(Times.millis(Times.MAX_SECONDS));
        long expected = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate().toEpochDay();
        assertEquals(expected, days.day(millis));
      }
    }
  }

  @Test
  void bytes_tenMillionItems_fitTwoGibibytes() {
    assertTrue(PriceLedger.of(10_000_000, BERLIN).bytes() <= 2L << 30);
  }

  @Test
  void record_badValues_changeNothing() {
    PriceLedger ledger = PriceLedger.of(10, ZoneOffset.UTC);
    long now = Shops.START_MILLIS;
    ledger.record("lamp", now, 500);
    assertEquals(
        "priceMinor must be in [0, 4294967294], got -1",
        assertThrows(IllegalArgumentException.class, () -> ledger.record("lamp", now, -1))
            .getMessage());
    assertEquals(
        "timeMillis must be on day 20605 since 1970 or later, item lamp's last record, got "
            + (now - 1)
            + " on day 20604",
        assertThrows(IllegalArgumentException.class, () -> ledger.record("lamp", now - 1, 1))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> ledger.record("lamp", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> ledger.record(" ", now, 1));
    assertEquals(500, ledger.lowestMinor("lamp", now + DAY_MILLIS));
    assertEquals(PriceLedger.UNKNOWN, ledger.lowestMinor("lamp", now));
    assertEquals(PriceLedger.UNKNOWN, ledger.lowestMinor("vase", now));
    assertEquals(PriceLedger.UNKNOWN, ledger.lowestMinor("", now));
  }

  @Test
  void record_moreItemsThanRoom_isRefused() {
    PriceLedger ledger = PriceLedger.of(10, ZoneOffset.UTC);
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> {
              for (int item = 0; item < 20; item++) {
                ledger.record("item-" + item, Shops.START_MILLIS, item);
              }
            });
    assertEquals("items must number at most 10, got one more", refused.getMessage());
    for (int item = 0; item < 10; item++) {
      assertEquals(item, ledger.lowestMinor("item-" + item, Shops.START_MILLIS + DAY_MILLIS));
    }
  }
}
