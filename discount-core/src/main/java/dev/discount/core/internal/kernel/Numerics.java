package dev.discount.core.internal.kernel;

import static dev.discount.core.internal.kernel.Coefficients.*;

/**
 * Single-precision functions with the same bits as the array kernels, on every machine that makes
 * the same choice of {@link #FMA}. Stateless and safe for concurrent use.
 */
public final class Numerics {

  /*
   * The functions of java.lang.Math may differ by an ulp between the interpreter, the compilers and
   * JDKs; these may not. Every one is a fixed sequence of IEEE 754 operations, repeated lane by lane
   * in the SIMD twin. Errors against the exact result, in units in the last place, are below
   *
   *     exp 1.02 on [-87.33654, 88.02], constant outside    log 0.85    tanh 1.35
   *     sigmoid 2.5 above -87    softplus 2.0 above -87, without fma 2.3
   *
   * as a dense scan of the floats against StrictMath in double shows (NumericsReferenceTest repeats
   * a thinner one).
   *
   * exp: x = n ln 2 + r by adding and subtracting 1.5 * 2^23 (round to nearest without a
   * conversion), ln 2 in two parts [1], the polynomial of expf in [2], then n added to the
   * exponent's bits. The clamp keeps every result finite and normal: exp never over- or underflows.
   * log: x = 2^e (1 + f), 1 + f in [sqrt(1/2), sqrt(2)); f - f^2/2 + f^3 P(f), P minimax.
   * tanh: x + x^3 P(x^2) below 5/8, where 1 - 2 / (exp(2x) + 1) would cancel; P minimax.
   * softplus: max(x, 0) + log1p(exp(-|x|)), log1p(u) = u + u^2 P(u), P minimax on [0, 1]: no
   * overflow above, no cancellation below.
   *
   * A NaN gives a NaN. Which of the NaNs is left open: its payload may depend on the compiler.
   *
   * [1] W. J. Cody and W. Waite, Software Manual for the Elementary Functions (1980), chapter 6
   * [2] S. L. Moshier, Cephes Mathematical Library, single precision, expf.c
   */

  /**
   * Whether {@link #fma} rounds once. Chosen once for the process: true where HotSpot uses the
   * machine's fma instructions (VM option {@code UseFMA}); without them {@code Math.fma} would be
   * some thousand times slower. Models and decisions name this choice, as it changes their bits.
   */
  public static final boolean FMA = VirtualMachine.isOn("UseFMA");

  private static final short BFLOAT16_NAN = 0x7fc0;

  private Numerics() {}

  /** Returns {@code a * b + c}, rounded once if {@link #FMA} is true and twice if not. */
  public static float fma(float a, float b, float c) {
    return FMA ? Math.fma(a, b, c) : a * b + c;
  }

  /** Returns the least multiple of {@link Kernels#LANES} that is not below n, 0 or more. */
  public static int pad(int n) {
    return Math.addExact(n, Kernels.LANES - 1) & -Kernels.LANES;
  }

  /**
   * Returns e to the power x; constant below {@link Coefficients#EXP_MIN} and above {@link
   * Coefficients#EXP_MAX}.
   */
  public static float exp(float x) {
    float c = x < EXP_MIN ? EXP_MIN : x > EXP_MAX ? EXP_MAX : x;
    float t = fma(c, LOG2_E, ROUNDER);
    float n = t - ROUNDER;
    float r = fma(n, -LN_2_HIGH, c);
    r = fma(n, -LN_2_LOW, r);
    float p = fma(E7, r, E6);
    p = fma(p, r, E5);
    p = fma(p, r, E4);
    p = fma(p, r, E3);
    p = fma(p, r, E2);
    p = fma(p, r * r, r) + 1f;
    int bits = Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(t) << 23);
    return Float.isNaN(x) ? x : Float.intBitsToFloat(bits);
  }

  /**
   * Returns the bfloat16 nearest to a number, as its 16 bits: the upper half of a float32. Ties go
   * to even; what rounds beyond the largest becomes infinite; every NaN becomes 0x7fc0.
   */
  public static short bfloat16(float x) {
    int bits = Float.floatToRawIntBits(x);
    int even = (bits >>> 16) & 1;
    return Float.isNaN(x) ? BFLOAT16_NAN : (short) ((bits + 0x7fff + even) >>> 16);
  }

  /** Returns the number that 16 bits are as a bfloat16, exactly. */
  public static float ofBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Returns the natural logarithm; NaN below 0, negative infinity at 0, infinity at infinity. */
  public static float log(float x) {
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(tiny ? x * TWO_23 : x) + (ONE_BITS - SQRT_HALF_BITS);
    float e =
        Float.intBitsToFloat((bits >>> 23) + ROUNDER_BITS) - (tiny ? ROUNDER + 150 : ROUNDER + 127);
    float f = Float.intBitsToFloat((bits & MANTISSA_BITS) + SQRT_HALF_BITS) - 1f;
    float p = fma(L11, f, L10);
    p = fma(p, f, L9);
    p = fma(p, f, L8);
    p = fma(p, f, L7);
    p = fma(p, f, L6);
    p = fma(p, f, L5);
    p = fma(p, f, L4);
    p = fma(p, f, L3);
    float z = f * f;
    float y = fma(p, z * f, e * LN_2_LOW);
    y = fma(z, -0.5f, y);
    y = fma(e, LN_2_HIGH, f + y);
    return x > 0 && x <= Float.MAX_VALUE ? y : logAtEdge(x);
  }

  private static float logAtEdge(float x) {
    if (x == 0) {
      return Float.NEGATIVE_INFINITY;
    }
    return x > 0 ? x : Float.NaN;
  }

  /** Returns {@code 1 / (1 + exp(-x))}. */
  public static float sigmoid(float x) {
    return 1f / (1f + exp(-x));
  }

  /** Returns the hyperbolic tangent; an odd function to the last bit. */
  public static float tanh(float x) {
    float size = Math.abs(x);
    float far = 1f - 2f / (exp(size + size) + 1f);
    float z = size * size;
    float p = fma(T11, z, T9);
    p = fma(p, z, T7);
    p = fma(p, z, T5);
    p = fma(p, z, T3);
    float near = fma(p, z * size, size);
    int bits = Float.floatToRawIntBits(size < TANH_CUT ? near : far);
    return Float.intBitsToFloat(bits | (Float.floatToRawIntBits(x) & SIGN_BIT));
  }

  /** Returns {@code ln(1 + exp(x))}; about 1.2e-38 below {@link Coefficients#EXP_MIN}. */
  public static float softplus(float x) {
    float u = exp(-Math.abs(x));
    float p = fma(S10, u, S9);
    p = fma(p, u, S8);
    p = fma(p, u, S7);
    p = fma(p, u, S6);
    p = fma(p, u, S5);
    p = fma(p, u, S4);
    p = fma(p, u, S3);
    p = fma(p, u, S2);
    return Math.max(x, 0f) + fma(p, u * u, u);
  }
}
