package dev.discount.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  private static final Currency EUR = Currency.getInstance("EUR");
  private static final Currency JPY = Currency.getInstance("JPY");

  @ParameterizedTest
  @CsvSource({
    "12.30, EUR, 1230, 12.30 EUR",
    "-0.05, EUR, -5, -0.05 EUR",
    "+7, EUR, 700, 7.00 EUR",
    "007.1, EUR, 710, 7.10 EUR",
    "980, JPY, 980, 980 JPY",
    "1.234, KWD, 1234, 1.234 KWD",
    "-92233720368547758.08, EUR, -9223372036854775808, -92233720368547758.08 EUR",
  })
  void parse_exactText_roundTrips(String text, String code, long minorUnits, String printed) {
    Money money = Money.parse(text, Currency.getInstance(code), RoundingMode.UNNECESSARY);

    assertEquals(minorUnits, money.minorUnits());
    assertEquals(printed, money.toString());
    assertEquals(0, money.toBigDecimal().compareTo(new BigDecimal(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "1.005, HALF_UP, 101",
    "1.005, HALF_EVEN, 100",
    "1.005, HALF_DOWN, 100",
    "-1.005, HALF_UP, -101",
    "-1.001, FLOOR, -101",
    "-1.001, CEILING, -100",
    "1.0049999999999999999999, HALF_UP, 100",
  })
  void parse_moreDigits_roundsAsAsked(String text, RoundingMode rounding, long minorUnits) {
    assertEquals(minorUnits, Money.parse(text, EUR, rounding).minorUnits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "1 ", "1.", ".5", "1,5", "1e9", "1_000", "NaN", "--1", "١"})
  void parse_otherText_throws(String text) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Money.parse(text, EUR, RoundingMode.HALF_UP));

    assertEquals(
        "text must be a decimal number such as -12.30, got \"" + text + "\"", e.getMessage());
  }

  @Test
  void of_inexactButUnnecessary_throws() {
    assertArithmetic(
        "1.005 EUR must be a whole number of minor units",
        () -> Money.of(new BigDecimal("1.005"), EUR, RoundingMode.UNNECESSARY));
    assertArithmetic(
        "980.5 JPY must be a whole number of minor units",
        () -> Money.of(new BigDecimal("980.5"), JPY, RoundingMode.UNNECESSARY));
  }

  @Test
  void overflow_throwsNamingTheSum() {
    Money most = new Money(Long.MAX_VALUE, EUR);
    Money cent = new Money(1, EUR);

    assertArithmetic(
        "92233720368547758.07 EUR plus 0.01 EUR must fit a long of minor units",
        () -> most.plus(cent));
    assertArithmetic(
        "-92233720368547758.08 EUR minus 0.01 EUR must fit a long of minor units",
        () -> new Money(Long.MIN_VALUE, EUR).minus(cent));
    assertArithmetic(
        "92233720368547758.07 EUR times 2 must fit a long of minor units", () -> most.times(2));
    assertArithmetic(
        "92233720368547758.07 EUR times 1.19 must fit a long of minor units",
        () -> most.times(new BigDecimal("1.19"), RoundingMode.DOWN));
    assertArithmetic(
        "92233720368547758.08 EUR must fit a long of minor units",
        () -> Money.parse("92233720368547758.08", EUR, RoundingMode.UNNECESSARY));
  }

  @Test
  void otherCurrency_throws() {
    Money euro = new Money(1, EUR);
    Money yen = new Money(1, JPY);

    for (Runnable call :
        new Runnable[] {() -> euro.plus(yen), () -> euro.minus(yen), () -> euro.compareTo(yen)}) {
      assertEquals(
          "other must be in EUR, got 1 JPY",
          assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
  }

  @Test
  void constructor_currencyWithoutMinorUnits_throws() {
    assertEquals(
        "currency must have minor units, got XXX",
        assertThrows(
                IllegalArgumentException.class, () -> new Money(1, Currency.getInstance("XXX")))
            .getMessage());
  }

  @Test
  void compareTo_ordersByAmount() {
    assertTrue(new Money(-1, EUR).compareTo(new Money(0, EUR)) < 0);
    assertTrue(new Money(Long.MAX_VALUE, EUR).compareTo(new Money(Long.MIN_VALUE, EUR)) > 0);
  }

  @Test
  void share_ofALevel_agreesWithIt() {
    Money price = new Money(1999, EUR);

    assertEquals(
        new Level.PercentOff(1250).discountMinor(1999),
        price.share(1250, RoundingMode.HALF_UP).minorUnits());
  }

  private static void assertArithmetic(String message, Runnable call) {
    assertEquals(message, assertThrows(ArithmeticException.class, call::run).getMessage());
  }
}
