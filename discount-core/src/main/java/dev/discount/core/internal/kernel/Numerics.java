package dev.discount.core.internal.kernel;

import java.lang.management.ManagementFactory;

/**
 * Single-precision functions with the same bits as the array kernels, on every machine that makes
 * the same choice of {@link #FMA}. Stateless and safe for concurrent use.
 */
public final class Numerics {

  /*
   * The functions of java.lang.Math may differ by an ulp between the interpreter, the compilers and
   * JDKs; these may not. Every one is a fixed sequence of IEEE 754 operations, repeated lane by lane
   * in the SIMD twin. Greatest errors in units in the last place of the result, found by a scan over
   * all floats against StrictMath in double (NumericsReferenceTest), with and without fma:
   *
   *     exp 1.0 on [-87.33654, 88.02], constant outside    log 1.0
   *     sigmoid 2.5    tanh 1.5    softplus 2.0, where its result is above 1.2e-38
   *
   * exp: x = n ln 2 + r by adding and subtracting 1.5 * 2^23 (round to nearest without a
   * conversion), ln 2 in two parts [1], the polynomial of expf in [2], then n added to the
   * exponent's bits. The clamp keeps every result finite and normal: exp never over- or underflows.
   * log: x = 2^e (1 + f), 1 + f in [sqrt(1/2), sqrt(2)); f - f^2/2 + f^3 P(f), P minimax.
   * tanh: x + x^3 P(x^2) below 5/8, where 1 - 2 / (exp(2x) + 1) would cancel; P minimax.
   * softplus: max(x, 0) + log1p(exp(-|x|)), log1p(u) = 2 atanh(s) = 2 s (1 + s^2 P(s^2)), s = u /
   * (2 + u): no overflow above, no cancellation below.
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
  public static final boolean FMA = usesFma();

  /** Bounds of the argument of {@link #exp}; it is constant outside. */
  public static final float EXP_MIN = -87.33654f;

  public static final float EXP_MAX = 88.02f;

  /** {@code 1.5 * 2^23}: adding it to a float below 2^22 in size rounds to an integer. */
  public static final float ROUNDER = 12582912f;

  public static final float LOG2_E = 1.44269504f;
  public static final float LN_2_HIGH = 0.693359375f;
  public static final float LN_2_LOW = -2.12194440e-4f;

  static final float E2 = 5.0000001201e-1f;
  static final float E3 = 1.6666665459e-1f;
  static final float E4 = 4.1665795894e-2f;
  static final float E5 = 8.3334519073e-3f;
  static final float E6 = 1.3981999507e-3f;
  static final float E7 = 1.9875691500e-4f;

  static final float L3 = 0.3333331f;
  static final float L4 = -0.24999987f;
  static final float L5 = 0.20002227f;
  static final float L6 = -0.1666925f;
  static final float L7 = 0.14218654f;
  static final float L8 = -0.123843804f;
  static final float L9 = 0.118730344f;
  static final float L10 = -0.117896445f;
  static final float L11 = 0.06915046f;

  static final float T3 = -0.33333284f;
  static final float T5 = 0.13331491f;
  static final float T7 = -0.053743497f;
  static final float T9 = 0.020650586f;
  static final float T11 = -0.0057170438f;

  static final float P3 = 0.33333206f;
  static final float P5 = 0.2001085f;
  static final float P7 = 0.13999571f;
  static final float P9 = 0.1401223f;

  /** Where {@link #tanh} changes from the polynomial to the exponential. */
  static final float TANH_CUT = 0.625f;

  /** Bits of sqrt(1/2), the least mantissa of {@link #log}. */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final int ONE_BITS = 0x3f800000;
  static final int MANTISSA_BITS = 0x007fffff;
  static final int ROUNDER_BITS = 0x4b400000;
  static final float TWO_23 = 8388608f;

  private Numerics() {}

  /** Returns {@code a * b + c}, rounded once if {@link #FMA} is true and twice if not. */
  public static float fma(float a, float b, float c) {
    return FMA ? Math.fma(a, b, c) : a * b + c;
  }

  /** Returns the least multiple of {@link Kernels#LANES} that is not below n, 0 or more. */
  public static int pad(int n) {
    return Math.addExact(n, Kernels.LANES - 1) & -Kernels.LANES;
  }

  /** Returns e to the power x; constant below {@link #EXP_MIN} and above {@link #EXP_MAX}. */
  public static float exp(float x) {
    float c = Math.min(Math.max(x, EXP_MIN), EXP_MAX);
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

  /** Returns the hyperbolic tangent. */
  public static float tanh(float x) {
    float size = Math.abs(x);
    float far = 1f - 2f / (exp(size + size) + 1f);
    float z = x * x;
    float p = fma(T11, z, T9);
    p = fma(p, z, T7);
    p = fma(p, z, T5);
    p = fma(p, z, T3);
    float near = fma(p, z * x, x);
    return size < TANH_CUT ? near : x < 0 ? -far : far;
  }

  /** Returns {@code ln(1 + exp(x))}; about 1.2e-38 below {@link #EXP_MIN}. */
  public static float softplus(float x) {
    float u = exp(-Math.abs(x));
    float s = u / (2f + u);
    float z = s * s;
    float p = fma(P9, z, P7);
    p = fma(p, z, P5);
    p = fma(p, z, P3);
    float twice = s + s;
    return Math.max(x, 0f) + fma(twice * z, p, twice);
  }

  private static boolean usesFma() {
    try {
      var options =
          ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class);
      return options != null && Boolean.parseBoolean(options.getVMOption("UseFMA").getValue());
    } catch (RuntimeException | LinkageError e) {
      return false; // not HotSpot, or a HotSpot without the option
    }
  }
}
