package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.FLOATS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;

import jdk.incubator.vector.FloatVector;

/** Register tiles of {@code C = A * B} that read A along its rows. */
final class RowTiles {

  /*
   * Every element of C is one chain of fma over p, kept in a register; the tiles differ in how many
   * chains run side by side and in how A is read. B stands in panels (Panels): row p of a panel
   * begins at p * PANEL, a constant stride, so that the range checks leave the loop. Rows are given
   * one by one and may repeat: fewer than four rows are padded with a repeated one, which computes
   * and stores the same bits twice. A tile that has nothing to add returns at once: a warm-up makes
   * thousands of such calls (KernelWarmUp).
   */

  private static final int PANEL = Panels.WIDTH;

  /** What a sum begins with where C is not added to. */
  private static final float[] ZEROS = new float[PANEL];

  private RowTiles() {}

  /**
   * Four rows by four vectors, the rows of A contiguous: sixteen chains and five operands, for 32
   * registers.
   */
  static void rows4x4(
      int k,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int c1,
      int c2,
      int c3,
      boolean accumulate) {
    if (k == 0 && accumulate) {
      return;
    }
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
      FloatVector b0 = FLOATS.cast(FloatVector.fromArray(F, b, at));
      FloatVector b1 = FLOATS.cast(FloatVector.fromArray(F, b, at + N));
      FloatVector b2 = FLOATS.cast(FloatVector.fromArray(F, b, at + 2 * N));
      FloatVector b3 = FLOATS.cast(FloatVector.fromArray(F, b, at + 3 * N));
      FloatVector x0 = FLOATS.cast(FloatVector.broadcast(F, a[a0 + p]));
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      s02 = x0.fma(b2, s02);
      s03 = x0.fma(b3, s03);
      FloatVector x1 = FLOATS.cast(FloatVector.broadcast(F, a[a1 + p]));
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      s12 = x1.fma(b2, s12);
      s13 = x1.fma(b3, s13);
      FloatVector x2 = FLOATS.cast(FloatVector.broadcast(F, a[a2 + p]));
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      s22 = x2.fma(b2, s22);
      s23 = x2.fma(b3, s23);
      FloatVector x3 = FLOATS.cast(FloatVector.broadcast(F, a[a3 + p]));
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      s32 = x3.fma(b2, s32);
      s33 = x3.fma(b3, s33);
    }
    FLOATS.cast(s00).intoArray(c, c0);
    FLOATS.cast(s01).intoArray(c, c0 + N);
    FLOATS.cast(s02).intoArray(c, c0 + 2 * N);
    FLOATS.cast(s03).intoArray(c, c0 + 3 * N);
    FLOATS.cast(s10).intoArray(c, c1);
    FLOATS.cast(s11).intoArray(c, c1 + N);
    FLOATS.cast(s12).intoArray(c, c1 + 2 * N);
    FLOATS.cast(s13).intoArray(c, c1 + 3 * N);
    FLOATS.cast(s20).intoArray(c, c2);
    FLOATS.cast(s21).intoArray(c, c2 + N);
    FLOATS.cast(s22).intoArray(c, c2 + 2 * N);
    FLOATS.cast(s23).intoArray(c, c2 + 3 * N);
    FLOATS.cast(s30).intoArray(c, c3);
    FLOATS.cast(s31).intoArray(c, c3 + N);
    FLOATS.cast(s32).intoArray(c, c3 + 2 * N);
    FLOATS.cast(s33).intoArray(c, c3 + 3 * N);
  }

  /**
   * Four rows by two vectors, the rows of A contiguous: eight chains and three operands, for 16
   * registers.
   */
  static void rows4x2(
      int k,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int c1,
      int c2,
      int c3,
      boolean accumulate) {
    if (k == 0 && accumulate) {
      return;
    }
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
      FloatVector b0 = FLOATS.cast(FloatVector.fromArray(F, b, at));
      FloatVector b1 = FLOATS.cast(FloatVector.fromArray(F, b, at + N));
      FloatVector x0 = FLOATS.cast(FloatVector.broadcast(F, a[a0 + p]));
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FLOATS.cast(FloatVector.broadcast(F, a[a1 + p]));
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FLOATS.cast(FloatVector.broadcast(F, a[a2 + p]));
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FLOATS.cast(FloatVector.broadcast(F, a[a3 + p]));
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

  /** Eight rows by one vector, the rows of A contiguous and {@code lda} apart. */
  static void rows8x1(
      int k,
      float[] a,
      int a0,
      int lda,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int ldc,
      boolean accumulate) {
    if (k == 0 && accumulate) {
      return;
    }
    int a1 = a0 + lda;
    int a2 = a1 + lda;
    int a3 = a2 + lda;
    int a4 = a3 + lda;
    int a5 = a4 + lda;
    int a6 = a5 + lda;
    int a7 = a6 + lda;
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
      FloatVector b0 = FLOATS.cast(FloatVector.fromArray(F, b, at));
      s00 = FLOATS.cast(FloatVector.broadcast(F, a[a0 + p])).fma(b0, s00);
      s10 = FLOATS.cast(FloatVector.broadcast(F, a[a1 + p])).fma(b0, s10);
      s20 = FLOATS.cast(FloatVector.broadcast(F, a[a2 + p])).fma(b0, s20);
      s30 = FLOATS.cast(FloatVector.broadcast(F, a[a3 + p])).fma(b0, s30);
      s40 = FLOATS.cast(FloatVector.broadcast(F, a[a4 + p])).fma(b0, s40);
      s50 = FLOATS.cast(FloatVector.broadcast(F, a[a5 + p])).fma(b0, s50);
      s60 = FLOATS.cast(FloatVector.broadcast(F, a[a6 + p])).fma(b0, s60);
      s70 = FLOATS.cast(FloatVector.broadcast(F, a[a7 + p])).fma(b0, s70);
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

  /** Four rows by one vector, the rows of A contiguous. */
  static void rows4x1(
      int k,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      float[] b,
      int bOff,
      float[] c,
      int c0,
      int c1,
      int c2,
      int c3,
      boolean accumulate) {
    if (k == 0 && accumulate) {
      return;
    }
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
      FloatVector b0 = FLOATS.cast(FloatVector.fromArray(F, b, at));
      FloatVector x0 = FLOATS.cast(FloatVector.broadcast(F, a[a0 + p]));
      s00 = x0.fma(b0, s00);
      FloatVector x1 = FLOATS.cast(FloatVector.broadcast(F, a[a1 + p]));
      s10 = x1.fma(b0, s10);
      FloatVector x2 = FLOATS.cast(FloatVector.broadcast(F, a[a2 + p]));
      s20 = x2.fma(b0, s20);
      FloatVector x3 = FLOATS.cast(FloatVector.broadcast(F, a[a3 + p]));
      s30 = x3.fma(b0, s30);
    }
    FLOATS.cast(s00).intoArray(c, c0);
    FLOATS.cast(s10).intoArray(c, c1);
    FLOATS.cast(s20).intoArray(c, c2);
    FLOATS.cast(s30).intoArray(c, c3);
  }

  /** One row by four vectors, the rows of B {@code stride} apart. */
  static void row1x4(
      int k,
      float[] a,
      int a0,
      float[] b,
      int bOff,
      int stride,
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
    for (int p = 0; p < k; p++) {
      int at = bOff + p * stride;
      FloatVector x = FLOATS.cast(FloatVector.broadcast(F, a[a0 + p]));
      s0 = x.fma(FloatVector.fromArray(F, b, at), s0);
      s1 = x.fma(FloatVector.fromArray(F, b, at + N), s1);
      s2 = x.fma(FloatVector.fromArray(F, b, at + 2 * N), s2);
      s3 = x.fma(FloatVector.fromArray(F, b, at + 3 * N), s3);
    }
    FLOATS.cast(s0).intoArray(c, c0);
    FLOATS.cast(s1).intoArray(c, c0 + N);
    FLOATS.cast(s2).intoArray(c, c0 + 2 * N);
    FLOATS.cast(s3).intoArray(c, c0 + 3 * N);
  }

  /** One row by one vector, the rows of B {@code stride} apart. */
  static void row1x1(
      int k,
      float[] a,
      int a0,
      float[] b,
      int bOff,
      int stride,
      float[] c,
      int c0,
      boolean accumulate) {
    if (k == 0 && accumulate) {
      return;
    }
    float[] old = accumulate ? c : ZEROS;
    FloatVector s = FLOATS.cast(FloatVector.fromArray(F, old, accumulate ? c0 : 0));
    for (int p = 0; p < k; p++) {
      FloatVector x = FLOATS.cast(FloatVector.broadcast(F, a[a0 + p]));
      s = x.fma(FloatVector.fromArray(F, b, bOff + p * stride), s);
    }
    FLOATS.cast(s).intoArray(c, c0);
  }
}
