package dev.discount.core.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The functions of {@link Numerics} against {@link StrictMath} in double precision, whose own error
 * is below 2^-28 units in the last place of a float: a scan over the bit patterns of all floats.
 */
class NumericsReferenceTest {

  /** A prime, so that the scan meets every kind of mantissa. */
  private static final int STRIDE = 6007;

  private interface FloatFunction {
    float of(float x);
  }

  private static double greatestError(
      FloatFunction function, DoubleUnaryOperator exact, double from, double to) {
    double worst = 0;
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      if (x >= from && x <= to) {
        double wanted = exact.applyAsDouble(x);
        double error = Math.abs(function.of(x) - wanted) / Math.ulp((float) wanted);
        worst = Math.max(worst, error); // NaN, from a wrong infinity or NaN, stays
      }
    }
    return worst;
  }

  private static void assertBelow(double bound, double error) {
    assertTrue(error < bound, () -> "error must be below " + bound + " ulp, got " + error);
  }

  @Test
  void exp_allFloatsInRange_within1_02Ulp() {
    assertBelow(
        1.02,
        greatestError(Numerics::exp, StrictMath::exp, Coefficients.EXP_MIN, Coefficients.EXP_MAX));
  }

  @Test
  void log_allPositiveFloats_within0_85Ulp() {
    assertBelow(
        0.85, greatestError(Numerics::log, StrictMath::log, Float.MIN_VALUE, Float.MAX_VALUE));
  }

  @Test
  void sigmoid_above87_within2_5Ulp() {
    assertBelow(
        2.5,
        greatestError(Numerics::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), -87, Float.MAX_VALUE));
  }

  @Test
  void tanh_allFloats_within1_35Ulp() {
    assertBelow(
        1.35, greatestError(Numerics::tanh, StrictMath::tanh, -Float.MAX_VALUE, Float.MAX_VALUE));
  }

  @Test
  void softplus_above87_within2Ulp() {
    DoubleUnaryOperator exact =
        x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    assertBelow(
        Numerics.FMA ? 2.0 : 2.3, greatestError(Numerics::softplus, exact, -87, Float.MAX_VALUE));
  }

  @Test
  void exp_outsideItsRange_isConstantAndFinite() {
    float least = Numerics.exp(Coefficients.EXP_MIN);
    float greatest = Numerics.exp(Coefficients.EXP_MAX);
    assertEquals(least, Numerics.exp(-100f));
    assertEquals(least, Numerics.exp(Float.NEGATIVE_INFINITY));
    assertEquals(greatest, Numerics.exp(100f));
    assertEquals(greatest, Numerics.exp(Float.POSITIVE_INFINITY));
    assertTrue(least >= Float.MIN_NORMAL && greatest < Float.POSITIVE_INFINITY);
  }

  @Test
  void edges_haveDefinedValues() {
    assertEquals(1f, Numerics.exp(0f));
    assertEquals(1f, Numerics.exp(-0f));
    assertEquals(Float.NEGATIVE_INFINITY, Numerics.log(0f));
    assertEquals(Float.NEGATIVE_INFINITY, Numerics.log(-0f));
    assertEquals(Float.POSITIVE_INFINITY, Numerics.log(Float.POSITIVE_INFINITY));
    assertEquals(0f, Numerics.log(1f));
    assertEquals(Float.NaN, Numerics.log(-Float.MIN_VALUE));
    assertEquals(Float.NaN, Numerics.log(Float.NEGATIVE_INFINITY));
    assertEquals(0.5f, Numerics.sigmoid(0f));
    assertEquals(1f, Numerics.sigmoid(Float.POSITIVE_INFINITY));
    assertTrue(Numerics.sigmoid(Float.NEGATIVE_INFINITY) < Float.MIN_NORMAL);
    assertEquals(1f, Numerics.tanh(Float.POSITIVE_INFINITY));
    assertEquals(-1f, Numerics.tanh(Float.NEGATIVE_INFINITY));
    assertEquals(-0f, Numerics.tanh(-0f));
    assertEquals(Float.MIN_VALUE, Numerics.tanh(Float.MIN_VALUE));
    assertEquals(Float.POSITIVE_INFINITY, Numerics.softplus(Float.POSITIVE_INFINITY));
    assertEquals(Float.MAX_VALUE, Numerics.softplus(Float.MAX_VALUE));
    assertTrue(Numerics.softplus(Float.NEGATIVE_INFINITY) <= 1.2e-38f);
  }

  @Test
  void nan_whateverItsPayload_givesNaN() {
    for (int bits : new int[] {0x7fc00000, 0xffc00000, 0x7f800001, 0x7fffffff, 0xffc001ff}) {
      float nan = Float.intBitsToFloat(bits);
      assertEquals(Float.NaN, Numerics.exp(nan));
      assertEquals(Float.NaN, Numerics.log(nan));
      assertEquals(Float.NaN, Numerics.sigmoid(nan));
      assertEquals(Float.NaN, Numerics.tanh(nan));
      assertEquals(Float.NaN, Numerics.softplus(nan));
    }
  }

  @Test
  void pad_roundsUpToSixteen() {
    assertEquals(0, Numerics.pad(0));
    assertEquals(16, Numerics.pad(1));
    assertEquals(16, Numerics.pad(16));
    assertEquals(32, Numerics.pad(17));
  }

  @Test
  void fma_roundsOnceExactlyWhereItSays() {
    float a = 1f + 0x1p-12f;
    float exact = 0x1p-24f; // a * a - (1 + 2^-11), lost if the product is rounded first
    float got = Numerics.fma(a, a, -(1f + 0x1p-11f));
    assertEquals(Numerics.FMA ? exact : 0f, got);
  }
}
