package dev.discount.core;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * An amount of money: a whole number of minor units of a currency. Sums and differences are exact;
 * whatever cannot be exact asks how to round. Immutable; every instance is valid.
 *
 * @param minorUnits the amount in minor units (cents, yen), of any sign
 * @param currency the currency, one that has minor units
 */
public record Money(long minorUnits, Currency currency) implements Comparable<Money> {

  /** Digits, a point and digits; more of them than any amount has would only cost time. */
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");

  /** Checks the currency. */
  public Money {
    if (currency.getDefaultFractionDigits() < 0) {
      throw new IllegalArgumentException("currency must have minor units, got " + currency);
    }
  }

  /**
   * Returns an amount given in major units.
   *
   * @param major the amount, such as 12.345
   * @param currency its currency
   * @param rounding what to do with digits beyond the minor unit; {@code UNNECESSARY} if there must
   *     be none
   * @throws ArithmeticException if the amount exceeds a {@code long} of minor units, or rounding is
   *     necessary and was said not to be
   */
  public static Money of(BigDecimal major, Currency currency, RoundingMode rounding) {
    int digits = new Money(0, currency).digits();
    BigDecimal minor;
    try {
      minor = major.movePointRight(digits).setScale(0, rounding);
    } catch (ArithmeticException e) {
      throw inexact(major + " " + currency, e);
    }
    return new Money(checked(minor.toBigInteger(), major + " " + currency), currency);
  }

  /**
   * Reads an amount in major units, written as {@code -12.30}: digits, at most one point, no
   * grouping, no exponent.
   *
   * @param text the amount, without its currency
   * @param currency its currency
   * @param rounding what to do with digits beyond the minor unit; {@code UNNECESSARY} if there must
   *     be none
   * @throws IllegalArgumentException if the text is not such a number
   * @throws ArithmeticException as {@link #of}
   */
  public static Money parse(String text, Currency currency, RoundingMode rounding) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "text must be a decimal number such as -12.30, got \"" + text + "\"");
    }
    return of(new BigDecimal(text), currency, rounding);
  }

  /**
   * Returns the sum of this and another amount.
   *
   * @throws IllegalArgumentException if the currencies differ
   * @throws ArithmeticException if the sum exceeds a {@code long}
   */
  public Money plus(Money other) {
    checkCurrency(other);
    BigInteger sum = big(minorUnits).add(big(other.minorUnits));
    return new Money(checked(sum, this + " plus " + other), currency);
  }

  /**
   * Returns this amount less another.
   *
   * @throws IllegalArgumentException if the currencies differ
   * @throws ArithmeticException if the difference exceeds a {@code long}
   */
  public Money minus(Money other) {
    checkCurrency(other);
    BigInteger difference = big(minorUnits).subtract(big(other.minorUnits));
    return new Money(checked(difference, this + " minus " + other), currency);
  }

  /**
   * Returns this amount a number of times.
   *
   * @throws ArithmeticException if the product exceeds a {@code long}
   */
  public Money times(long count) {
    BigInteger product = big(minorUnits).multiply(big(count));
    return new Money(checked(product, this + " times " + count), currency);
  }

  /**
   * Returns this amount times a factor.
   *
   * @param factor the factor, such as 1.19
   * @param rounding what to do with a fraction of a minor unit
   * @throws ArithmeticException if the product exceeds a {@code long}, or rounding is necessary and
   *     was said not to be
   */
  public Money times(BigDecimal factor, RoundingMode rounding) {
    String what = this + " times " + factor;
    BigDecimal product;
    try {
      product = BigDecimal.valueOf(minorUnits).multiply(factor).setScale(0, rounding);
    } catch (ArithmeticException e) {
      throw inexact(what, e);
    }
    return new Money(checked(product.toBigInteger(), what), currency);
  }

  /**
   * Returns a share of this amount.
   *
   * @param basisPoints the share in hundredths of a percent, of any sign and size
   * @param rounding what to do with a fraction of a minor unit
   * @throws ArithmeticException as {@link #times(BigDecimal, RoundingMode)}
   */
  public Money share(int basisPoints, RoundingMode rounding) {
    return times(BigDecimal.valueOf(basisPoints, 4), rounding);
  }

  /** Returns this amount in major units, exactly: scale 2 for cents. */
  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(minorUnits, digits());
  }

  /**
   * Compares with an amount of the same currency.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  @Override
  public int compareTo(Money other) {
    checkCurrency(other);
    return Long.compare(minorUnits, other.minorUnits);
  }

  /** Returns the exact amount in major units and the currency's code, such as {@code 12.30 EUR}. */
  @Override
  public String toString() {
    return toBigDecimal().toPlainString() + " " + currency.getCurrencyCode();
  }

  private int digits() {
    return currency.getDefaultFractionDigits();
  }

  private void checkCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("other must be in " + currency + ", got " + other);
    }
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static long checked(BigInteger minor, String what) {
    if (minor.bitLength() >= Long.SIZE) {
      throw new ArithmeticException(what + " must fit a long of minor units");
    }
    return minor.longValue();
  }

  private static ArithmeticException inexact(String what, ArithmeticException cause) {
    ArithmeticException exception =
        new ArithmeticException(what + " must be a whole number of minor units");
    exception.initCause(cause);
    return exception;
  }
}
