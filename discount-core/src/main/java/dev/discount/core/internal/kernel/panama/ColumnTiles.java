package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.F;
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
    FloatVector s00 = FloatVector.fromArray(F, old, accumulate ? c0 : 0);
    FloatVector s01 = FloatVector.fromArray(F, old, accumulate ? c0 + N : 0);
    FloatVector s10 = FloatVector.fromArray(F, old, accumulate ? c1 : 0);
    FloatVector s11 = FloatVector.fromArray(F, old, accumulate ? c1 + N : 0);
    FloatVector s20 = FloatVector.fromArray(F, old, accumulate ? c2 : 0);
    FloatVector s21 = FloatVector.fromArray(F, old, accumulate ? c2 + N : 0);
    FloatVector s30 = FloatVector.fromArray(F, old, accumulate ? c3 : 0);
    FloatVector s31 = FloatVector.fromArray(F, old, accumulate ? c3 + N : 0);
    FloatVector s40 = FloatVector.fromArray(F, old, accumulate ? c4 : 0);
    FloatVector s41 = FloatVector.fromArray(F, old, accumulate ? c4 + N : 0);
    FloatVector s50 = FloatVector.fromArray(F, old, accumulate ? c5 : 0);
    FloatVector s51 = FloatVector.fromArray(F, old, accumulate ? c5 + N : 0);
    FloatVector s60 = FloatVector.fromArray(F, old, accumulate ? c6 : 0);
    FloatVector s61 = FloatVector.fromArray(F, old, accumulate ? c6 + N : 0);
    FloatVector s70 = FloatVector.fromArray(F, old, accumulate ? c7 : 0);
    FloatVector s71 = FloatVector.fromArray(F, old, accumulate ? c7 + N : 0);
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = a0 + p * step;
      FloatVector b0 = FloatVector.fromArray(F, b, at);
      FloatVector b1 = FloatVector.fromArray(F, b, at + N);
      FloatVector x0 = FloatVector.broadcast(F, a[row]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(F, a[row + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(F, a[row + 2]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(F, a[row + 3]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      FloatVector x4 = FloatVector.broadcast(F, a[row + 4]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      FloatVector x5 = FloatVector.broadcast(F, a[row + 5]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      FloatVector x6 = FloatVector.broadcast(F, a[row + 6]);
      s60 = x6.fma(b0, s60);
      s61 = x6.fma(b1, s61);
      FloatVector x7 = FloatVector.broadcast(F, a[row + 7]);
      s70 = x7.fma(b0, s70);
      s71 = x7.fma(b1, s71);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + N);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + N);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + N);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + N);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + N);
    s50.intoArray(c, c5);
    s51.intoArray(c, c5 + N);
    s60.intoArray(c, c6);
    s61.intoArray(c, c6 + N);
    s70.intoArray(c, c7);
    s71.intoArray(c, c7 + N);
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
    FloatVector s00 = FloatVector.fromArray(F, old, accumulate ? c0 : 0);
    FloatVector s10 = FloatVector.fromArray(F, old, accumulate ? c1 : 0);
    FloatVector s20 = FloatVector.fromArray(F, old, accumulate ? c2 : 0);
    FloatVector s30 = FloatVector.fromArray(F, old, accumulate ? c3 : 0);
    FloatVector s40 = FloatVector.fromArray(F, old, accumulate ? c4 : 0);
    FloatVector s50 = FloatVector.fromArray(F, old, accumulate ? c5 : 0);
    FloatVector s60 = FloatVector.fromArray(F, old, accumulate ? c6 : 0);
    FloatVector s70 = FloatVector.fromArray(F, old, accumulate ? c7 : 0);
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = a0 + p * step;
      FloatVector b0 = FloatVector.fromArray(F, b, at);
      s00 = FloatVector.broadcast(F, a[row]).fma(b0, s00);
      s10 = FloatVector.broadcast(F, a[row + 1]).fma(b0, s10);
      s20 = FloatVector.broadcast(F, a[row + 2]).fma(b0, s20);
      s30 = FloatVector.broadcast(F, a[row + 3]).fma(b0, s30);
      s40 = FloatVector.broadcast(F, a[row + 4]).fma(b0, s40);
      s50 = FloatVector.broadcast(F, a[row + 5]).fma(b0, s50);
      s60 = FloatVector.broadcast(F, a[row + 6]).fma(b0, s60);
      s70 = FloatVector.broadcast(F, a[row + 7]).fma(b0, s70);
    }
    s00.intoArray(c, c0);
    s10.intoArray(c, c1);
    s20.intoArray(c, c2);
    s30.intoArray(c, c3);
    s40.intoArray(c, c4);
    s50.intoArray(c, c5);
    s60.intoArray(c, c6);
    s70.intoArray(c, c7);
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
    FloatVector s00 = FloatVector.fromArray(F, old, o0);
    FloatVector s01 = FloatVector.fromArray(F, old, o0 + N);
    FloatVector s10 = FloatVector.fromArray(F, old, o1);
    FloatVector s11 = FloatVector.fromArray(F, old, o1 + N);
    FloatVector s20 = FloatVector.fromArray(F, old, o2);
    FloatVector s21 = FloatVector.fromArray(F, old, o2 + N);
    FloatVector s30 = FloatVector.fromArray(F, old, o3);
    FloatVector s31 = FloatVector.fromArray(F, old, o3 + N);
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = p * step;
      FloatVector b0 = FloatVector.fromArray(F, b, at);
      FloatVector b1 = FloatVector.fromArray(F, b, at + N);
      FloatVector x0 = FloatVector.broadcast(F, a[a0 + row]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + row]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(F, a[a2 + row]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(F, a[a3 + row]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + N);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + N);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + N);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + N);
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
    FloatVector s00 = FloatVector.fromArray(F, old, o0);
    FloatVector s10 = FloatVector.fromArray(F, old, o1);
    FloatVector s20 = FloatVector.fromArray(F, old, o2);
    FloatVector s30 = FloatVector.fromArray(F, old, o3);
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = p * step;
      FloatVector b0 = FloatVector.fromArray(F, b, at);
      FloatVector x0 = FloatVector.broadcast(F, a[a0 + row]);
      s00 = x0.fma(b0, s00);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + row]);
      s10 = x1.fma(b0, s10);
      FloatVector x2 = FloatVector.broadcast(F, a[a2 + row]);
      s20 = x2.fma(b0, s20);
      FloatVector x3 = FloatVector.broadcast(F, a[a3 + row]);
      s30 = x3.fma(b0, s30);
    }
    s00.intoArray(c, c0);
    s10.intoArray(c, c1);
    s20.intoArray(c, c2);
    s30.intoArray(c, c3);
  }
}
