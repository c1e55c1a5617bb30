package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.FLOATS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles of {@code C = Aᵀ * B}, which read A down its columns; otherwise as {@link
 * RowTiles}.
 */
final class ColumnTiles {

  private static final int PANEL = Panels.WIDTH;

  /** What a sum begins with where C is not added to. */
  private static final float[] ZEROS = new float[PANEL];

  private ColumnTiles() {}

  /**
   * Four neighbouring rows of transposed A by four vectors: sixteen chains and five operands, for
   * 32 registers.
   */
  static void columns4x4(
      int k,
      float[] a,
      int a0,
      int step,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int ldc,
      boolean accumulate) {
    int c1 = c0 + ldc;
    int c2 = c1 + ldc;
    int c3 = c2 + ldc;
    float[] old = accumulate ? c : ZEROS;
    int o0 = accumulate ? c0 : 0;
    int o1 = accumulate ? c1 : 0;
    int o2 = accumulate ? c2 : 0;
    int o3 = accumulate ? c3 : 0;
    FloatVector s00 = FLOATS.cast(FloatVector.fromArray(F, old, o0));
    FloatVector s01 = FLOATS.cast(FloatVector.fromArray(F, old, o0 + N));
    FloatVector s02 = FLOATS.cast(FloatVector.fromArray(F, old, o0 + 2 * N));
    FloatVector s03 = FLOATS.cast(FloatVector.fromArray(F, old, o0 + 3 * N));
    FloatVector s10 = FLOATS.cast(FloatVector.fromArray(F, old, o1));
    FloatVector s11 = FLOATS.cast(FloatVector.fromArray(F, old, o1 + N));
    FloatVector s12 = FLOATS.cast(FloatVector.fromArray(F, old, o1 + 2 * N));
    FloatVector s13 = FLOATS.cast(FloatVector.fromArray(F, old, o1 + 3 * N));
    FloatVector s20 = FLOATS.cast(FloatVector.fromArray(F, old, o2));
    FloatVector s21 = FLOATS.cast(FloatVector.fromArray(F, old, o2 + N));
    FloatVector s22 = FLOATS.cast(FloatVector.fromArray(F, old, o2 + 2 * N));
    FloatVector s23 = FLOATS.cast(FloatVector.fromArray(F, old, o2 + 3 * N));
    FloatVector s30 = FLOATS.cast(FloatVector.fromArray(F, old, o3));
    FloatVector s31 = FLOATS.cast(FloatVector.fromArray(F, old, o3 + N));
    FloatVector s32 = FLOATS.cast(FloatVector.fromArray(F, old, o3 + 2 * N));
    FloatVector s33 = FLOATS.cast(FloatVector.fromArray(F, old, o3 + 3 * N));
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = a0 + p * step;
      FloatVector b0 = FLOATS.cast(FloatVector.fromArray(F, b, at));
      FloatVector b1 = FLOATS.cast(FloatVector.fromArray(F, b, at + N));
      FloatVector b2 = FLOATS.cast(FloatVector.fromArray(F, b, at + 2 * N));
      FloatVector b3 = FLOATS.cast(FloatVector.fromArray(F, b, at + 3 * N));
      FloatVector x0 = FLOATS.cast(FloatVector.broadcast(F, a[row]));
      s00 = FLOATS.cast(x0.fma(b0, s00));
      s01 = FLOATS.cast(x0.fma(b1, s01));
      s02 = FLOATS.cast(x0.fma(b2, s02));
      s03 = FLOATS.cast(x0.fma(b3, s03));
      FloatVector x1 = FLOATS.cast(FloatVector.broadcast(F, a[row + 1]));
      s10 = FLOATS.cast(x1.fma(b0, s10));
      s11 = FLOATS.cast(x1.fma(b1, s11));
      s12 = FLOATS.cast(x1.fma(b2, s12));
      s13 = FLOATS.cast(x1.fma(b3, s13));
      FloatVector x2 = FLOATS.cast(FloatVector.broadcast(F, a[row + 2]));
      s20 = FLOATS.cast(x2.fma(b0, s20));
      s21 = FLOATS.cast(x2.fma(b1, s21));
      s22 = FLOATS.cast(x2.fma(b2, s22));
      s23 = FLOATS.cast(x2.fma(b3, s23));
      FloatVector x3 = FLOATS.cast(FloatVector.broadcast(F, a[row + 3]));
      s30 = FLOATS.cast(x3.fma(b0, s30));
      s31 = FLOATS.cast(x3.fma(b1, s31));
      s32 = FLOATS.cast(x3.fma(b2, s32));
      s33 = FLOATS.cast(x3.fma(b3, s33));
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + N);
    s02.intoArray(c, c0 + 2 * N);
    s03.intoArray(c, c0 + 3 * N);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + N);
    s12.intoArray(c, c1 + 2 * N);
    s13.intoArray(c, c1 + 3 * N);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + N);
    s22.intoArray(c, c2 + 2 * N);
    s23.intoArray(c, c2 + 3 * N);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + N);
    s32.intoArray(c, c3 + 2 * N);
    s33.intoArray(c, c3 + 3 * N);
  }

  /** Eight neighbouring rows of transposed A by two vectors: sixteen chains, for 32 registers. */
  static void columns8x2(
      int k,
      float[] a,
      int a0,
      int step,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int ldc,
      boolean accumulate) {
    int c1 = c0 + ldc;
    int c2 = c1 + ldc;
    int c3 = c2 + ldc;
    int c4 = c3 + ldc;
    int c5 = c4 + ldc;
    int c6 = c5 + ldc;
    int c7 = c6 + ldc;
    float[] old = accumulate ? c : ZEROS;
    FloatVector s00 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c0 : 0));
    FloatVector s01 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c0 + N : 0));
    FloatVector s10 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c1 : 0));
    FloatVector s11 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c1 + N : 0));
    FloatVector s20 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c2 : 0));
    FloatVector s21 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c2 + N : 0));
    FloatVector s30 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c3 : 0));
    FloatVector s31 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c3 + N : 0));
    FloatVector s40 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c4 : 0));
    FloatVector s41 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c4 + N : 0));
    FloatVector s50 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c5 : 0));
    FloatVector s51 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c5 + N : 0));
    FloatVector s60 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c6 : 0));
    FloatVector s61 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c6 + N : 0));
    FloatVector s70 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c7 : 0));
    FloatVector s71 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c7 + N : 0));
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = a0 + p * step;
      FloatVector b0 = FLOATS.cast(FloatVector.fromArray(F, b, at));
      FloatVector b1 = FLOATS.cast(FloatVector.fromArray(F, b, at + N));
      FloatVector x0 = FLOATS.cast(FloatVector.broadcast(F, a[row]));
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FLOATS.cast(FloatVector.broadcast(F, a[row + 1]));
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FLOATS.cast(FloatVector.broadcast(F, a[row + 2]));
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FLOATS.cast(FloatVector.broadcast(F, a[row + 3]));
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      FloatVector x4 = FLOATS.cast(FloatVector.broadcast(F, a[row + 4]));
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      FloatVector x5 = FLOATS.cast(FloatVector.broadcast(F, a[row + 5]));
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      FloatVector x6 = FLOATS.cast(FloatVector.broadcast(F, a[row + 6]));
      s60 = x6.fma(b0, s60);
      s61 = x6.fma(b1, s61);
      FloatVector x7 = FLOATS.cast(FloatVector.broadcast(F, a[row + 7]));
      s70 = x7.fma(b0, s70);
      s71 = x7.fma(b1, s71);
    }
    FLOATS.cast(s00).intoArray(c, c0);
    FLOATS.cast(s01).intoArray(c, c0 + N);
    FLOATS.cast(s10).intoArray(c, c1);
    FLOATS.cast(s11).intoArray(c, c1 + N);
    FLOATS.cast(s20).intoArray(c, c2);
    FLOATS.cast(s21).intoArray(c, c2 + N);
    FLOATS.cast(s30).intoArray(c, c3);
    FLOATS.cast(s31).intoArray(c, c3 + N);
    FLOATS.cast(s40).intoArray(c, c4);
    FLOATS.cast(s41).intoArray(c, c4 + N);
    FLOATS.cast(s50).intoArray(c, c5);
    FLOATS.cast(s51).intoArray(c, c5 + N);
    FLOATS.cast(s60).intoArray(c, c6);
    FLOATS.cast(s61).intoArray(c, c6 + N);
    FLOATS.cast(s70).intoArray(c, c7);
    FLOATS.cast(s71).intoArray(c, c7 + N);
  }

  /** Eight neighbouring rows of transposed A by one vector. */
  static void columns8x1(
      int k,
      float[] a,
      int a0,
      int step,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int ldc,
      boolean accumulate) {
    int c1 = c0 + ldc;
    int c2 = c1 + ldc;
    int c3 = c2 + ldc;
    int c4 = c3 + ldc;
    int c5 = c4 + ldc;
    int c6 = c5 + ldc;
    int c7 = c6 + ldc;
    float[] old = accumulate ? c : ZEROS;
    FloatVector s00 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c0 : 0));
    FloatVector s10 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c1 : 0));
    FloatVector s20 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c2 : 0));
    FloatVector s30 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c3 : 0));
    FloatVector s40 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c4 : 0));
    FloatVector s50 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c5 : 0));
    FloatVector s60 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c6 : 0));
    FloatVector s70 = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c7 : 0));
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = a0 + p * step;
      FloatVector b0 = FLOATS.cast(FloatVector.fromArray(F, b, at));
      s00 = FLOATS.cast(FloatVector.broadcast(F, a[row])).fma(b0, s00);
      s10 = FLOATS.cast(FloatVector.broadcast(F, a[row + 1])).fma(b0, s10);
      s20 = FLOATS.cast(FloatVector.broadcast(F, a[row + 2])).fma(b0, s20);
      s30 = FLOATS.cast(FloatVector.broadcast(F, a[row + 3])).fma(b0, s30);
      s40 = FLOATS.cast(FloatVector.broadcast(F, a[row + 4])).fma(b0, s40);
      s50 = FLOATS.cast(FloatVector.broadcast(F, a[row + 5])).fma(b0, s50);
      s60 = FLOATS.cast(FloatVector.broadcast(F, a[row + 6])).fma(b0, s60);
      s70 = FLOATS.cast(FloatVector.broadcast(F, a[row + 7])).fma(b0, s70);
    }
    FLOATS.cast(s00).intoArray(c, c0);
    FLOATS.cast(s10).intoArray(c, c1);
    FLOATS.cast(s20).intoArray(c, c2);
    FLOATS.cast(s30).intoArray(c, c3);
    FLOATS.cast(s40).intoArray(c, c4);
    FLOATS.cast(s50).intoArray(c, c5);
    FLOATS.cast(s60).intoArray(c, c6);
    FLOATS.cast(s70).intoArray(c, c7);
  }

  /** Four rows by two vectors, the elements of a row of A {@code step} apart. */
  static void columns4x2(
      int k,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int step,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int c1,
      int c2,
      int c3,
      boolean accumulate) {
    float[] old = accumulate ? c : ZEROS;
    int o0 = accumulate ? c0 : 0;
    int o1 = accumulate ? c1 : 0;
    int o2 = accumulate ? c2 : 0;
    int o3 = accumulate ? c3 : 0;
    FloatVector s00 = FLOATS.cast(FloatVector.fromArray(F, old, o0));
    FloatVector s01 = FLOATS.cast(FloatVector.fromArray(F, old, o0 + N));
    FloatVector s10 = FLOATS.cast(FloatVector.fromArray(F, old, o1));
    FloatVector s11 = FLOATS.cast(FloatVector.fromArray(F, old, o1 + N));
    FloatVector s20 = FLOATS.cast(FloatVector.fromArray(F, old, o2));
    FloatVector s21 = FLOATS.cast(FloatVector.fromArray(F, old, o2 + N));
    FloatVector s30 = FLOATS.cast(FloatVector.fromArray(F, old, o3));
    FloatVector s31 = FLOATS.cast(FloatVector.fromArray(F, old, o3 + N));
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = p * step;
      FloatVector b0 = FLOATS.cast(FloatVector.fromArray(F, b, at));
      FloatVector b1 = FLOATS.cast(FloatVector.fromArray(F, b, at + N));
      FloatVector x0 = FLOATS.cast(FloatVector.broadcast(F, a[a0 + row]));
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FLOATS.cast(FloatVector.broadcast(F, a[a1 + row]));
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FLOATS.cast(FloatVector.broadcast(F, a[a2 + row]));
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FLOATS.cast(FloatVector.broadcast(F, a[a3 + row]));
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
    }
    FLOATS.cast(s00).intoArray(c, c0);
    FLOATS.cast(s01).intoArray(c, c0 + N);
    FLOATS.cast(s10).intoArray(c, c1);
    FLOATS.cast(s11).intoArray(c, c1 + N);
    FLOATS.cast(s20).intoArray(c, c2);
    FLOATS.cast(s21).intoArray(c, c2 + N);
    FLOATS.cast(s30).intoArray(c, c3);
    FLOATS.cast(s31).intoArray(c, c3 + N);
  }

  /** Four rows by one vector, the elements of a row of A {@code step} apart. */
  static void columns4x1(
      int k,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int step,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int c1,
      int c2,
      int c3,
      boolean accumulate) {
    float[] old = accumulate ? c : ZEROS;
    int o0 = accumulate ? c0 : 0;
    int o1 = accumulate ? c1 : 0;
    int o2 = accumulate ? c2 : 0;
    int o3 = accumulate ? c3 : 0;
    FloatVector s00 = FLOATS.cast(FloatVector.fromArray(F, old, o0));
    FloatVector s10 = FLOATS.cast(FloatVector.fromArray(F, old, o1));
    FloatVector s20 = FLOATS.cast(FloatVector.fromArray(F, old, o2));
    FloatVector s30 = FLOATS.cast(FloatVector.fromArray(F, old, o3));
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = p * step;
      FloatVector b0 = FLOATS.cast(FloatVector.fromArray(F, b, at));
      FloatVector x0 = FLOATS.cast(FloatVector.broadcast(F, a[a0 + row]));
      s00 = x0.fma(b0, s00);
      FloatVector x1 = FLOATS.cast(FloatVector.broadcast(F, a[a1 + row]));
      s10 = x1.fma(b0, s10);
      FloatVector x2 = FLOATS.cast(FloatVector.broadcast(F, a[a2 + row]));
      s20 = x2.fma(b0, s20);
      FloatVector x3 = FLOATS.cast(FloatVector.broadcast(F, a[a3 + row]));
      s30 = x3.fma(b0, s30);
    }
    FLOATS.cast(s00).intoArray(c, c0);
    FLOATS.cast(s10).intoArray(c, c1);
    FLOATS.cast(s20).intoArray(c, c2);
    FLOATS.cast(s30).intoArray(c, c3);
  }
}
