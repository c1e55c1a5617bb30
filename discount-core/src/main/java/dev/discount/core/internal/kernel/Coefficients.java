package dev.discount.core.internal.kernel;

/** The constants of the recipes of {@link Numerics}, shared with the SIMD twin. */
public final class Coefficients {

  /** Bounds of the argument of {@link Numerics#exp}; it is constant outside. */
  public static final float EXP_MIN = -87.33654f;

  public static final float EXP_MAX = 88.02f;

  /** {@code 1.5 * 2^23}: adding it to a float below 2^22 in size rounds to an integer. */
  public static final float ROUNDER = 12582912f;

  public static final float LOG2_E = 1.44269504f;
  public static final float LN_2_HIGH = 0.693359375f;
  public static final float LN_2_LOW = -2.12194440e-4f;

  public static final float E2 = 5.0000001201e-1f;
  public static final float E3 = 1.6666665459e-1f;
  public static final float E4 = 4.1665795894e-2f;
  public static final float E5 = 8.3334519073e-3f;
  public static final float E6 = 1.3981999507e-3f;
  public static final float E7 = 1.9875691500e-4f;

  public static final float L3 = 0.3333331f;
  public static final float L4 = -0.24999987f;
  public static final float L5 = 0.20002227f;
  public static final float L6 = -0.1666925f;
  public static final float L7 = 0.14218654f;
  public static final float L8 = -0.123843804f;
  public static final float L9 = 0.118730344f;
  public static final float L10 = -0.117896445f;
  public static final float L11 = 0.06915046f;

  public static final float T3 = -0.33333284f;
  public static final float T5 = 0.13331491f;
  public static final float T7 = -0.053743497f;
  public static final float T9 = 0.020650586f;
  public static final float T11 = -0.0057170438f;

  public static final float S2 = -0.4999993f;
  public static final float S3 = 0.33330464f;
  public static final float S4 = -0.2495802f;
  public static final float S5 = 0.19692121f;
  public static final float S6 = -0.15344977f;
  public static final float S7 = 0.10661371f;
  public static final float S8 = -0.057460483f;
  public static final float S9 = 0.02008846f;
  public static final float S10 = -0.0032910742f;

  /** Where {@link Numerics#tanh} changes from the polynomial to the exponential. */
  public static final float TANH_CUT = 0.625f;

  /** Bits of sqrt(1/2), the least mantissa of {@link Numerics#log}. */
  public static final int SQRT_HALF_BITS = 0x3f3504f3;

  public static final int SIGN_BIT = 0x80000000;
  public static final int ONE_BITS = 0x3f800000;
  public static final int MANTISSA_BITS = 0x007fffff;
  public static final int ROUNDER_BITS = 0x4b400000;
  public static final float TWO_23 = 8388608f;

  private Coefficients() {}
}
