package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.FLOATS;
import static dev.discount.core.internal.kernel.panama.Lanes.I;
import static dev.discount.core.internal.kernel.panama.Lanes.INTS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Register tiles of one row of {@code C = A * B} that leave out the zeros of A. */
final class SparseTiles {

  /*
   * A factor of 0, of either sign, adds a zero to a chain. That changes no sum but for the sign of
   * a sum that is itself a zero: -0 + 0 = +0. A sum after a factor other than 0 has the same bits
   * whatever the sign of a zero before it: it is not a zero, or a zero by rounding, with the sign of
   * the product, or by cancellation of a sum that was not a zero. So leaving zeros out can only
   * leave a -0 at the end where the whole chain has +0. This is rare, and the whole chain is run
   * then. +0 stays +0 with either zero.
   *
   * Which elements are zero is random after a ReLU, so to branch on each would cost more than the
   * product saves; and C2 makes a comparison of floats a branch or not by what the first thousands
   * of calls have seen. The bits of the elements are compared as integers, without a branch.
   *
   * No vector is handed to a method of this class: one whose calls are rare beside those of its
   * caller, as most calls of a warm-up are empty, is not inlined by JDK 25, and boxes its vectors.
   */

  private static final int PANEL = Panels.WIDTH;

  /** What a sum begins with where C is not added to. */
  private static final float[] ZEROS = new float[PANEL];

  /** The bit of each lane, for the lanes of 32 elements. */
  private static final int[] LANE_BITS = laneBits();

  private SparseTiles() {}

  private static int[] laneBits() {
    int[] bits = new int[Integer.SIZE];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = 1 << i;
    }
    return bits;
  }

  /** Returns which of up to 64 elements differ from 0, one bit each. */
  static long nonZero(int k, float[] a, int a0) {
    long found = 0;
    int p = 0;
    do {
      found |= Integer.toUnsignedLong(nonZero32(k - p, a, a0 + p)) << p;
      p += Integer.SIZE;
    } while (p + Integer.SIZE <= k);
    for (p = k & -Integer.SIZE; p < k; p++) {
      int magnitude = Float.floatToRawIntBits(a[a0 + p]) << 1;
      found |= (long) ((magnitude | -magnitude) >>> 31) << p;
    }
    return found;
  }

  /** Returns which of the first 32 of k elements differ from 0; none if there are fewer. */
  private static int nonZero32(int k, float[] a, int a0) {
    if (k < Integer.SIZE) {
      return 0;
    }
    IntVector zero = IntVector.zero(I);
    IntVector found = zero;
    for (int v = 0; v < Integer.SIZE; v += N) {
      FloatVector elements = FLOATS.cast(FloatVector.fromArray(F, a, a0 + v));
      IntVector bits = INTS.cast(elements.reinterpretAsInts());
      IntVector magnitude = INTS.cast(bits.lanewise(LSHL, 1));
      IntVector lanes = IntVector.fromArray(I, LANE_BITS, v);
      IntVector set = INTS.cast(INTS.cast(zero).blend(lanes, magnitude.compare(NE, zero)));
      found = INTS.cast(found).or(set);
    }
    return INTS.cast(found).reduceLanes(ADD);
  }

  /**
   * One row by four vectors, reading only the rows of B, which is finite, whose factor is not 0.
   *
   * @param factors the bits of {@link #nonZero} of the row
   */
  static void row1x4(
      long factors,
      int k,
      float[] a,
      int a0,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      boolean accumulate) {
    if (k == 0 && accumulate) {
      return;
    }
    float[] old = accumulate ? c : ZEROS;
    int o0 = accumulate ? c0 : 0;
    FloatVector s0 = FLOATS.cast(FloatVector.fromArray(F, old, o0));
    FloatVector s1 = FLOATS.cast(FloatVector.fromArray(F, old, o0 + N));
    FloatVector s2 = FLOATS.cast(FloatVector.fromArray(F, old, o0 + 2 * N));
    FloatVector s3 = FLOATS.cast(FloatVector.fromArray(F, old, o0 + 3 * N));
    for (long rest = factors; rest != 0; rest &= rest - 1) {
      int p = Long.numberOfTrailingZeros(rest);
      int at = bOff + p * PANEL;
      FloatVector x = FLOATS.cast(FloatVector.broadcast(F, a[a0 + p]));
      s0 = x.fma(FloatVector.fromArray(F, b, at), s0);
      s1 = x.fma(FloatVector.fromArray(F, b, at + N), s1);
      s2 = x.fma(FloatVector.fromArray(F, b, at + 2 * N), s2);
      s3 = x.fma(FloatVector.fromArray(F, b, at + 3 * N), s3);
    }
    IntVector b0 = INTS.cast(FLOATS.cast(s0).reinterpretAsInts());
    IntVector b1 = INTS.cast(FLOATS.cast(s1).reinterpretAsInts());
    IntVector b2 = INTS.cast(FLOATS.cast(s2).reinterpretAsInts());
    IntVector b3 = INTS.cast(FLOATS.cast(s3).reinterpretAsInts());
    IntVector left = INTS.cast(b0.lanewise(MIN, b1));
    IntVector least = INTS.cast(left.lanewise(MIN, b2.lanewise(MIN, b3)));
    if (least.compare(EQ, IntVector.broadcast(I, Integer.MIN_VALUE)).anyTrue()) {
      RowTiles.row1x4(k, a, a0, b, bOff, PANEL, c, c0, accumulate);
      return;
    }
    FLOATS.cast(s0).intoArray(c, c0);
    FLOATS.cast(s1).intoArray(c, c0 + N);
    FLOATS.cast(s2).intoArray(c, c0 + 2 * N);
    FLOATS.cast(s3).intoArray(c, c0 + 3 * N);
  }

  /**
   * One row by one vector, reading only the rows of B, which is finite, whose factor is not 0.
   *
   * @param factors the bits of {@link #nonZero} of the row
   */
  static void row1x1(
      long factors,
      int k,
      float[] a,
      int a0,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      boolean accumulate) {
    if (k == 0 && accumulate) {
      return;
    }
    float[] old = accumulate ? c : ZEROS;
    FloatVector s = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c0 : 0));
    for (long rest = factors; rest != 0; rest &= rest - 1) {
      int p = Long.numberOfTrailingZeros(rest);
      FloatVector x = FLOATS.cast(FloatVector.broadcast(F, a[a0 + p]));
      s = x.fma(FloatVector.fromArray(F, b, bOff + p * PANEL), s);
    }
    IntVector bits = INTS.cast(FLOATS.cast(s).reinterpretAsInts());
    if (bits.compare(EQ, IntVector.broadcast(I, Integer.MIN_VALUE)).anyTrue()) {
      RowTiles.row1x1(k, a, a0, b, bOff, PANEL, c, c0, accumulate);
      return;
    }
    FLOATS.cast(s).intoArray(c, c0);
  }
}
