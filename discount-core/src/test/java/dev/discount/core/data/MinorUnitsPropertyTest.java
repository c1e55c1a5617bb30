package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Rounding of doubles against rounding of the decimals they were written as. */
class MinorUnitsPropertyTest {

  @Property(tries = 5000)
  void halfUp_equalsTheRoundingOfTheWrittenDecimal(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long digits,
      @ForAll @IntRange(min = 0, max = 9) int decimals,
      @ForAll @IntRange(min = 0, max = 4) int minorDigits) {
    BigDecimal written = BigDecimal.valueOf(digits, decimals);
    long expected =
        written.setScale(minorDigits, RoundingMode.HALF_UP).unscaledValue().longValueExact();

    long actual = MinorUnits.halfUp(written.doubleValue(), minorDigits);

    assertEquals(expected > 1L << 44 ? MinorUnits.NO_AMOUNT : expected, actual, written.toString());
  }

  @Property
  void halfUp_exactHalves_roundUp(@ForAll @LongRange(min = 0, max = 1L << 43) long whole) {
    assertEquals(whole + 1, MinorUnits.halfUp(whole + 0.5, 0));
    assertEquals(whole, MinorUnits.halfUp(whole + 0.25, 0));
    assertEquals(whole, MinorUnits.halfUp((double) whole, 0));
  }
}
