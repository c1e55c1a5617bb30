package dev.discount.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;

class RoundingPropertyTest {

  private static final Currency EUR = Currency.getInstance("EUR");

  @Property
  void percentOff_anyPrice_equalsExactArithmetic(
      @ForAll @IntRange(min = 1, max = 10_000) int basisPoints,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long listMinor) {
    BigDecimal exact =
        BigDecimal.valueOf(listMinor)
            .multiply(BigDecimal.valueOf(basisPoints, 4))
            .setScale(0, RoundingMode.HALF_UP);

    long off = new Level.PercentOff(basisPoints).discountMinor(listMinor);

    assertEquals(exact.longValueExact(), off);
    assertTrue(off <= listMinor);
  }

  @Property
  void percentOff_deeperLevel_isNeverDearer(
      @ForAll @IntRange(min = 1, max = 9_999) int basisPoints,
      @ForAll @LongRange(min = 0, max = 10_000_000) long listMinor) {
    long shallow = new Level.PercentOff(basisPoints).netPriceMinor(listMinor);
    long deep = new Level.PercentOff(basisPoints + 1).netPriceMinor(listMinor);

    assertTrue(deep <= shallow);
  }

  @Property
  void times_anyFactor_equalsExactArithmetic(
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long minorUnits,
      @ForAll @BigRange(min = "-1000", max = "1000") @Scale(6) BigDecimal factor,
      @ForAll RoundingMode rounding) {
    BigDecimal exact = BigDecimal.valueOf(minorUnits).multiply(factor);
    Money money = new Money(minorUnits, EUR);
    boolean whole = exact.stripTrailingZeros().scale() <= 0;
    if (rounding == RoundingMode.UNNECESSARY && !whole) {
      return;
    }

    assertEquals(
        exact.setScale(0, rounding).longValueExact(), money.times(factor, rounding).minorUnits());
  }

  @Property
  void parse_whatWasPrinted_isTheSame(@ForAll long minorUnits) {
    Money money = new Money(minorUnits, EUR);
    String number = money.toString().replace(" EUR", "");

    assertEquals(money, Money.parse(number, EUR, RoundingMode.UNNECESSARY));
  }

  @Property
  void minus_whatWasAdded_isTheSame(
      @ForAll @LongRange(min = Long.MIN_VALUE / 2, max = Long.MAX_VALUE / 2) long one,
      @ForAll @LongRange(min = Long.MIN_VALUE / 2, max = Long.MAX_VALUE / 2) long other) {
    Money money = new Money(one, EUR);

    assertEquals(money, money.plus(new Money(other, EUR)).minus(new Money(other, EUR)));
  }
}
