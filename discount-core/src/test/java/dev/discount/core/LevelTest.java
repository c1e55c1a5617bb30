package dev.discount.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelTest {

  @ParameterizedTest
  @CsvSource({
    "1000, 999, 100, 899",
    "1000, 994, 99, 895",
    "1000, 995, 100, 895",
    "5000, 1, 1, 0",
    "4999, 1, 0, 1",
    "10000, 1999, 1999, 0",
    "1, 4999, 0, 4999",
    "1, 5000, 1, 4999",
    "3333, 0, 0, 0",
    "9999, 9223372036854775807, 9222449699651090329, 922337203685478",
  })
  void percentOff_roundsHalfUp(int basisPoints, long listMinor, long offMinor, long netMinor) {
    Level level = new Level.PercentOff(basisPoints);

    assertEquals(offMinor, level.discountMinor(listMinor));
    assertEquals(netMinor, level.netPriceMinor(listMinor));
  }

  @ParameterizedTest
  @CsvSource({"300, 1000, 300, 0.3", "300, 200, 200, 1.0", "300, 0, 0, 0.0"})
  void amountOff_isCappedAtTheListPrice(
      long amountMinor, long listMinor, long offMinor, double depth) {
    Level level = new Level.AmountOff(amountMinor);

    assertEquals(offMinor, level.discountMinor(listMinor));
    assertEquals(depth, level.depth(listMinor));
  }

  @Test
  void noneAndNamed_leaveThePriceAlone() {
    for (Level level : new Level[] {new Level.None(), new Level.Named("gift")}) {
      assertEquals(0, level.discountMinor(1000));
      assertEquals(1000, level.netPriceMinor(1000));
      assertEquals(0, level.depth(1000));
    }
  }

  @Test
  void percentOff_depth_isTheShareUnlessThePriceIsZero() {
    assertEquals(0.125, new Level.PercentOff(1250).depth(1));
    assertEquals(0, new Level.PercentOff(1250).depth(0));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.01%", "10, 0.1%", "100, 1%", "105, 1.05%", "1250, 12.5%", "10000, 100%"})
  void label_percent_isShortest(int basisPoints, String label) {
    assertEquals(label, new Level.PercentOff(basisPoints).label());
  }

  @Test
  void label_others() {
    assertEquals("none", new Level.None().label());
    assertEquals("-300", new Level.AmountOff(300).label());
    assertEquals("gift", new Level.Named("gift").label());
  }

  @Test
  void constructors_wrongValues_throwNamingThem() {
    assertMessage("basisPoints must be in (0, 10000], got 0", () -> new Level.PercentOff(0));
    assertMessage(
        "basisPoints must be in (0, 10000], got 10001", () -> new Level.PercentOff(10_001));
    assertMessage("minorUnits must be > 0, got 0", () -> new Level.AmountOff(0));
    assertMessage("id must not be blank, got \" \"", () -> new Level.Named(" "));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
