package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.N;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles of {@code C = A * B} that read A in steps, such as down its columns; otherwise as
 * {@link RowTiles}.
 */
final class ColumnTiles {

  private static final int PANEL = Panels.WIDTH;

  /** What a sum begins with where C is not added to. */
  private static final float[] ZEROS = new float[PANEL];

  private ColumnTiles() {}

  /** Four neighbouring rows of transposed A by four vectors: one range check for the four. */
  static void columns4x4(
      int k,
      float[] a,
      int a0,
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
    FloatVector s02 = FloatVector.fromArray(F, old, o0 + 2 * N);
    FloatVector s03 = FloatVector.fromArray(F, old, o0 + 3 * N);
    FloatVector s10 = FloatVector.fromArray(F, old, o1);
    FloatVector s11 = FloatVector.fromArray(F, old, o1 + N);
    FloatVector s12 = FloatVector.fromArray(F, old, o1 + 2 * N);
    FloatVector s13 = FloatVector.fromArray(F, old, o1 + 3 * N);
    FloatVector s20 = FloatVector.fromArray(F, old, o2);
    FloatVector s21 = FloatVector.fromArray(F, old, o2 + N);
    FloatVector s22 = FloatVector.fromArray(F, old, o2 + 2 * N);
    FloatVector s23 = FloatVector.fromArray(F, old, o2 + 3 * N);
    FloatVector s30 = FloatVector.fromArray(F, old, o3);
    FloatVector s31 = FloatVector.fromArray(F, old, o3 + N);
    FloatVector s32 = FloatVector.fromArray(F, old, o3 + 2 * N);
    FloatVector s33 = FloatVector.fromArray(F, old, o3 + 3 * N);
    for (int p = 0; p < k; p++) {
      int at = bOff + p * PANEL;
      int row = a0 + p * step;
      FloatVector b0 = FloatVector.fromArray(F, b, at);
      FloatVector b1 = FloatVector.fromArray(F, b, at + N);
      FloatVector b2 = FloatVector.fromArray(F, b, at + 2 * N);
      FloatVector b3 = FloatVector.fromArray(F, b, at + 3 * N);
      FloatVector x0 = FloatVector.broadcast(F, a[row]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      s02 = x0.fma(b2, s02);
      s03 = x0.fma(b3, s03);
      FloatVector x1 = FloatVector.broadcast(F, a[row + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      s12 = x1.fma(b2, s12);
      s13 = x1.fma(b3, s13);
      FloatVector x2 = FloatVector.broadcast(F, a[row + 2]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      s22 = x2.fma(b2, s22);
      s23 = x2.fma(b3, s23);
      FloatVector x3 = FloatVector.broadcast(F, a[row + 3]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      s32 = x3.fma(b2, s32);
      s33 = x3.fma(b3, s33);
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
