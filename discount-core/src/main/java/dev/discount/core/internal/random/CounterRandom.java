package dev.discount.core.internal.random;

/**
 * Random draws as a pure function of a seed, a stream and an index, so that any draw can be made
 * again, in any order and on any thread. Stateless and safe for concurrent use.
 *
 * <p>Give each purpose its own stream. Within a stream {@link #bits}, {@link #unit}, {@link
 * #unitFloat}, {@link #below} and {@link #gaussian} at one index read the same random block, so use
 * an index for one of them only; {@link #wordsInto} numbers the blocks of its stream differently.
 */
public final class CounterRandom {

  /*
   * Philox4x32-10 [1, section 4.3]: ten rounds of multiplication and exclusive or turn a counter of
   * 128 bits and a key of 64 bits into a block of four 32-bit words. The key is the seed; the
   * counter is (index, stream), low words first. It passes all of BigCrush [1, table 2]; the known
   * answers published with its source are tested.
   *
   * [1] J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, Parallel Random Numbers: As Easy as
   *     1, 2, 3, SC 2011
   * [2] G. E. P. Box and M. E. Muller, A Note on the Generation of Random Normal Deviates, Annals
   *     of Mathematical Statistics 29 (1958)
   */

  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final long LOW = 0xFFFFFFFFL;

  private CounterRandom() {}

  /** Returns 64 random bits: words 0 (low) and 1 of the block. */
  public static long bits(long seed, long stream, long index) {
    return block(seed, stream, index, false);
  }

  /** Returns a number uniform on the multiples of 2^-53 in [0, 1). */
  public static double unit(long seed, long stream, long index) {
    return (bits(seed, stream, index) >>> 11) * 0x1p-53;
  }

  /** Returns a number uniform on the multiples of 2^-24 in [0, 1). */
  public static float unitFloat(long seed, long stream, long index) {
    return (bits(seed, stream, index) >>> 40) * 0x1p-24f;
  }

  /**
   * Returns an integer uniform in [0, bound). The probability of each value differs from {@code 1 /
   * bound} by less than 2^-64.
   *
   * @param bound the number of values, at least 1
   */
  public static int below(int bound, long seed, long stream, long index) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, got " + bound);
    }
    long bits = bits(seed, stream, index);
    return (int) (((bits >>> 32) * bound + (((bits & LOW) * bound) >>> 32)) >>> 32);
  }

  /** Returns a standard normal deviate [2], of size at most 8.6. */
  public static double gaussian(long seed, long stream, long index) {
    double radius = ((block(seed, stream, index, false) >>> 11) + 1) * 0x1p-53; // in (0, 1]
    double angle = (block(seed, stream, index, true) >>> 11) * 0x1p-53;
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }

  /**
   * Shuffles an array in place (Fisher and Yates, from the end), every order equally likely; uses
   * the indexes 1 to {@code order.length - 1} of the stream.
   *
   * @param order the elements to shuffle
   */
  public static void permuteInPlace(int[] order, long seed, long stream) {
    permuteInPlace(order, seed, stream, 0);
  }

  /**
   * {@link #permuteInPlace(int[], long, long)} with other indexes of the stream: {@code firstIndex
   * + 1} to {@code firstIndex + order.length - 1}.
   *
   * @param order the elements to shuffle
   */
  public static void permuteInPlace(int[] order, long seed, long stream, long firstIndex) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = below(i + 1, seed, stream, firstIndex + i);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
  }

  /**
   * Fills a range with random words, four a block: word {@code w} of the stream is word {@code w
   * mod 4} of block {@code floor(w / 4)}. Faster than one draw at a time where many are needed.
   *
   * @param firstWord the number of the first word, a multiple of 4, 0 or more
   * @param count the number of words, a multiple of 4
   * @param out the words, shape {@code [>= count]}
   */
  public static void wordsInto(long seed, long stream, long firstWord, int count, int[] out) {
    if ((firstWord & 3) != 0 || firstWord < 0) {
      throw new IllegalArgumentException(
          "firstWord must be a multiple of 4, at least 0, got " + firstWord);
    }
    if ((count & 3) != 0 || count < 0 || count > out.length) {
      throw new IllegalArgumentException(
          "count must be a multiple of 4 in [0, " + out.length + "], got " + count);
    }
    long index = firstWord >>> 2;
    for (int i = 0; i < count; i += 4, index++) {
      blockInto(seed, stream, index, out, i);
    }
  }

  /** Returns words 0 and 1 of a block, or words 2 and 3. */
  static long block(long seed, long stream, long index, boolean upper) {
    int key0 = (int) seed;
    int key1 = (int) (seed >>> 32);
    int c0 = (int) index;
    int c1 = (int) (index >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (c0 & LOW);
      long product1 = MULTIPLIER_1 * (c2 & LOW);
      c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
      c3 = (int) product0;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    return upper ? (c2 & LOW) | ((long) c3 << 32) : (c0 & LOW) | ((long) c1 << 32);
  }

  private static void blockInto(long seed, long stream, long index, int[] out, int at) {
    int key0 = (int) seed;
    int key1 = (int) (seed >>> 32);
    int c0 = (int) index;
    int c1 = (int) (index >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (c0 & LOW);
      long product1 = MULTIPLIER_1 * (c2 & LOW);
      c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
      c3 = (int) product0;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    out[at] = c0;
    out[at + 1] = c1;
    out[at + 2] = c2;
    out[at + 3] = c3;
  }
}
