package dev.discount.policy.log;

/**
 * A number of 32 bits that stands for the exact bits of some doubles: a curve, values, chances. Not
 * a secret and no seal, which the chain is; it says which part of a decision differs. Stateless.
 */
final class Digest32 {

  /** The odd number nearest to 2^64 over the golden ratio: it spreads the bits of a product. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Digest32() {}

  static long add(long digest, double value) {
    long mixed = (digest ^ Double.doubleToRawLongBits(value)) * SPREAD;
    return mixed ^ (mixed >>> 32);
  }

  static int end(long digest) {
    return (int) ((digest * SPREAD) >>> 32);
  }
}
