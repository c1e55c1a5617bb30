package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Money;
import java.time.Duration;
import java.util.Currency;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BudgetLedgerTest {

  private static final Currency EURO = Currency.getInstance("EUR");
  private static final Currency YEN = Currency.getInstance("JPY");

  private static Money euro(long minor) {
    return new Money(minor, EURO);
  }

  private static BudgetLedgerBuilder builder() {
    return BudgetLedger.builder().hold(Duration.ofMillis(100)).reservations(64);
  }

  private static void assertBalance(
      BudgetLedger ledger, String budget, long free, long reserved, long spent) {
    Balance balance = ledger.balance(budget);
    assertEquals(free, balance.freeMinor(), "free");
    assertEquals(reserved, balance.reservedMinor(), "reserved");
    assertEquals(spent, balance.spentMinor(), "spent");
    assertEquals(free + reserved + spent, balance.budgetMinor());
  }

  @Test
  void reserve_upToTheLastMinorUnit_thenRefused() {
    for (int stripes = 1; stripes <= 16; stripes *= 2) {
      BudgetLedger ledger = builder().stripes(stripes).budget("total", euro(1_000)).build();
      BudgetAccount total = ledger.account("total");
      for (int i = 0; i < 9; i++) {
        assertTrue(total.reserve(111, 0) > 0);
      }
      assertEquals(BudgetLedger.REFUSED, total.reserve(2, 0));
      assertEquals(1, total.freeMinor(0));
      assertTrue(total.reserve(1, 0) > 0);
      assertEquals(BudgetLedger.REFUSED, total.reserve(1, 0));
      assertBalance(ledger, "total", 0, 1_000, 0);
    }
  }

  @Test
  void commit_partOfWhatWasReserved_restIsFree() {
    BudgetLedger ledger = builder().budget("total", euro(1_000)).build();
    long handle = ledger.account("total").reserve(400, 0);
    IllegalArgumentException over =
        assertThrows(IllegalArgumentException.class, () -> ledger.commit(handle, 401));
    assertEquals("spentMinor must be in [0, 400], got 401", over.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ledger.commit(handle, -1));
    assertBalance(ledger, "total", 600, 400, 0);
    assertEquals(Settlement.DONE, ledger.commit(handle, 150));
    assertBalance(ledger, "total", 850, 0, 150);
  }

  @Test
  void settle_twiceLateOrUnknown_saysWhatStands() {
    BudgetLedger ledger = builder().budget("total", euro(1_000)).build();
    BudgetAccount total = ledger.account("total");
    long committed = total.reserve(10, 0);
    assertEquals(Settlement.DONE, ledger.commit(committed, 10));
    assertEquals(Settlement.ALREADY_COMMITTED, ledger.commit(committed, 10));
    assertEquals(Settlement.ALREADY_COMMITTED, ledger.release(committed));
    long released = total.reserve(10, 0);
    assertEquals(Settlement.DONE, ledger.release(released));
    assertEquals(Settlement.ALREADY_RELEASED, ledger.commit(released, 10));
    long late = total.reserve(10, 0);
    assertEquals(0, ledger.expire(99));
    assertEquals(1, ledger.expire(100));
    assertEquals(Settlement.EXPIRED, ledger.commit(late, 10));
    assertEquals(Settlement.EXPIRED, ledger.release(late));
    for (long handle : new long[] {0, -1, 7, Long.MAX_VALUE, Long.MIN_VALUE, late + (1L << 22)}) {
      assertEquals(Settlement.UNKNOWN, ledger.commit(handle, 0));
      assertEquals(Settlement.UNKNOWN, ledger.release(handle));
    }
    assertBalance(ledger, "total", 990, 0, 10);
  }

  @Test
  void commit_afterItsTimeButBeforeExpire_holds() {
    BudgetLedger ledger = builder().budget("total", euro(1_000)).build();
    long handle = ledger.account("total").reserve(10, 0);
    ledger.account("total").reserve(10, 1_000_000);
    assertEquals(Settlement.DONE, ledger.commit(handle, 10));
  }

  @Test
  void commit_handleWhosePlaceWasTaken_isUnknown() {
    BudgetLedger ledger = builder().reservations(2).budget("total", euro(1_000)).build();
    BudgetAccount total = ledger.account("total");
    long first = total.reserve(10, 0);
    ledger.release(first);
    for (int i = 0; i < 4; i++) {
      ledger.release(total.reserve(10, 0));
    }
    assertEquals(Settlement.UNKNOWN, ledger.commit(first, 10));
    assertBalance(ledger, "total", 1_000, 0, 0);
  }

  @Test
  void reserve_moreThanThereIsRoomFor_saysSoAndTakesNothing() {
    BudgetLedger ledger = builder().reservations(4).budget("total", euro(1_000)).build();
    BudgetAccount total = ledger.account("total");
    for (int i = 0; i < 4; i++) {
      assertTrue(total.reserve(10, 0) > 0);
    }
    assertEquals(BudgetLedger.NO_ROOM, total.reserve(10, 0));
    assertBalance(ledger, "total", 960, 40, 0);
    assertEquals(4, ledger.expire(100));
    assertTrue(total.reserve(10, 100) > 0);
  }

  @Test
  void reserve_fromSeveralBudgets_allOrNone() {
    BudgetLedger ledger =
        builder().budget("total", euro(1_000)).budget("spring", euro(100)).build();
    BudgetAccount both = ledger.account("total", "spring");
    assertSame(both, ledger.account("total", "spring"));
    long handle = both.reserve(60, 0);
    assertEquals(40, both.freeMinor(0));
    assertEquals(BudgetLedger.REFUSED, both.reserve(41, 0));
    assertBalance(ledger, "total", 940, 60, 0);
    assertBalance(ledger, "spring", 40, 60, 0);
    assertEquals(Settlement.DONE, ledger.commit(handle, 50));
    assertBalance(ledger, "total", 950, 0, 50);
    assertBalance(ledger, "spring", 50, 0, 50);
    ledger.account("total").reserve(950, 0);
    assertEquals(BudgetLedger.REFUSED, both.reserve(1, 0));
    assertBalance(ledger, "spring", 50, 0, 50);
  }

  @Test
  void changeBudget_raisedLoweredAndBelowWhatIsGone() {
    BudgetLedger ledger = builder().budget("total", euro(1_000)).build();
    BudgetAccount total = ledger.account("total");
    long big = total.reserve(600, 0);
    ledger.commit(total.reserve(100, 0), 100);
    ledger.changeBudget("total", euro(500));
    assertBalance(ledger, "total", -200, 600, 100);
    assertEquals(BudgetLedger.REFUSED, total.reserve(1, 0));
    assertEquals(-200, total.freeMinor(0));
    assertEquals(Settlement.DONE, ledger.release(big));
    assertBalance(ledger, "total", 400, 0, 100);
    assertTrue(total.reserve(400, 0) > 0);
    assertEquals(BudgetLedger.REFUSED, total.reserve(1, 0));
    ledger.changeBudget("total", euro(501));
    assertTrue(total.reserve(1, 0) > 0);
    ledger.changeBudget("total", euro(0));
    assertEquals(BudgetLedger.REFUSED, total.reserve(1, 0));
  }

  @Test
  void expire_clockGoesBack_countsAsTheLatestTimeAndEndsNothingEarly() {
    BudgetLedger ledger = builder().budget("total", euro(1_000)).build();
    BudgetAccount total = ledger.account("total");
    assertEquals(0, ledger.expire(1_000));
    long handle = total.reserve(10, 400);
    assertEquals(1, ledger.clockSetbacks());
    assertEquals(0, ledger.expire(600));
    assertEquals(2, ledger.clockSetbacks());
    assertEquals(0, ledger.expire(1_099));
    assertEquals(Settlement.DONE, ledger.commit(handle, 10));
    total.reserve(10, 1_099);
    assertEquals(1, ledger.expire(1_199));
  }

  @Test
  void build_badBudgets_areNamed() {
    for (long minor : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class, () -> builder().budget("total", euro(minor)));
      assertEquals(
          "budget total must be above 0 and at most 2^60 minor units, got " + euro(minor),
          thrown.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> builder().budget(" ", euro(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder().budget("total", euro(1)).budget("total", euro(2)));
    BudgetLedger ledger = builder().budget("total", euro(1)).build();
    assertThrows(IllegalArgumentException.class, () -> ledger.addBudget("total", euro(1)));
    assertThrows(IllegalArgumentException.class, () -> ledger.addBudget("more", euro(0)));
    assertEquals(Set.of("total"), ledger.budgets());
  }

  @Test
  void account_unknownRepeatedOrOfTwoCurrencies_isNamed() {
    BudgetLedger ledger =
        builder().budget("total", euro(1)).budget("japan", new Money(1, YEN)).build();
    IllegalArgumentException mixed =
        assertThrows(IllegalArgumentException.class, () -> ledger.account("total", "japan"));
    assertEquals(
        "budgets must be in one currency, got total in EUR and another in JPY", mixed.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ledger.account("total", "total"));
    assertThrows(IllegalArgumentException.class, () -> ledger.account());
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> ledger.account("tota"));
    assertEquals("budget must be one of [total, japan], got tota", unknown.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ledger.changeBudget("japan", euro(5)));
    assertThrows(IllegalArgumentException.class, () -> ledger.changeBudget("total", euro(-1)));
    assertEquals(1, ledger.account("japan").freeMinor(0));
  }

  @Test
  void reserve_badArguments_areNamedAndTakeNothing() {
    BudgetLedger ledger = builder().budget("total", euro(100)).build();
    BudgetAccount total = ledger.account("total");
    assertThrows(IllegalArgumentException.class, () -> total.reserve(0, 0));
    assertThrows(IllegalArgumentException.class, () -> total.reserve(-5, 0));
    assertThrows(IllegalArgumentException.class, () -> total.reserve(5, -1));
    assertEquals(BudgetLedger.REFUSED, total.reserve(Long.MAX_VALUE, 0));
    assertTrue(total.reserve(100, Long.MAX_VALUE - 1) > 0);
  }
}
