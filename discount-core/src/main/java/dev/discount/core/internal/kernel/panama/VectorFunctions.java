package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.Coefficients.*;
import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.FLOATS;
import static dev.discount.core.internal.kernel.panama.Lanes.I;
import static dev.discount.core.internal.kernel.panama.Lanes.INTS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.OR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The recipes of {@link dev.discount.core.internal.kernel.Numerics}, lane by lane, over whole
 * vectors. Every method returns the number of elements done.
 */
final class VectorFunctions {

  /*
   * Each loop spells out its recipe, exp included, and calls nothing but the Vector API, whose
   * methods HotSpot inlines without limit. A shared method for exp would be inlined or not
   * depending on which caller was compiled first, and what is not inlined is boxed. For the same
   * reason operands are broadcast explicitly: the methods that take a float nest deeper than the
   * inlining limit of JDK 17. The argument of exp is clamped, and its NaN kept, only where that
   * changes the result: the size of tanh's is never negative, softplus's never positive, and both
   * have another term that keeps the NaN. Receivers are cast, as Lanes says. Ranges shorter than a
   * vector are left at once, so that the calls of no elements that a warm-up makes (KernelWarmUp)
   * do not count as short runs of the loop.
   */

  private VectorFunctions() {}

  static int exp(int n, float[] x, int xOff, float[] y, int yOff) {
    if (n < N) {
      return 0;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, x, xOff + i));
      FloatVector rounder = broadcast(F, ROUNDER);
      FloatVector c =
          FLOATS.cast(FLOATS.cast(v.max(broadcast(F, EXP_MIN))).min(broadcast(F, EXP_MAX)));
      FloatVector t = FLOATS.cast(c.fma(broadcast(F, LOG2_E), rounder));
      FloatVector q = FLOATS.cast(t.sub(rounder));
      FloatVector r = FLOATS.cast(q.fma(broadcast(F, -LN_2_HIGH), c));
      r = FLOATS.cast(q.fma(broadcast(F, -LN_2_LOW), r));
      FloatVector p = FLOATS.cast(r.fma(broadcast(F, E7), broadcast(F, E6)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E5)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E4)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E3)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E2)));
      p = FLOATS.cast(FLOATS.cast(p.fma(r.mul(r), r)).add(broadcast(F, 1f)));
      IntVector exponent = INTS.cast(INTS.cast(t.reinterpretAsInts()).lanewise(LSHL, 23));
      FloatVector e =
          FLOATS.cast(
              INTS.cast(INTS.cast(p.reinterpretAsInts()).add(exponent)).reinterpretAsFloats());
      FloatVector u = FLOATS.cast(e.blend(v, v.compare(NE, v)));
      u.intoArray(y, yOff + i);
    }
    return i;
  }

  static int log(int n, float[] x, int xOff, float[] y, int yOff) {
    if (n < N) {
      return 0;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, x, xOff + i));
      var tiny = v.compare(LT, broadcast(F, Float.MIN_NORMAL));
      FloatVector normal = FLOATS.cast(v.blend(v.mul(broadcast(F, TWO_23)), tiny));
      FloatVector bias =
          FLOATS.cast(
              FLOATS.cast(broadcast(F, ROUNDER + 127)).blend(broadcast(F, ROUNDER + 150), tiny));
      IntVector bits =
          INTS.cast(
              INTS.cast(normal.reinterpretAsInts())
                  .add(IntVector.broadcast(I, ONE_BITS - SQRT_HALF_BITS)));
      IntVector exponent =
          INTS.cast(INTS.cast(bits.lanewise(LSHR, 23)).add(IntVector.broadcast(I, ROUNDER_BITS)));
      FloatVector e = FLOATS.cast(FLOATS.cast(exponent.reinterpretAsFloats()).sub(bias));
      IntVector mantissa =
          INTS.cast(
              INTS.cast(bits.and(IntVector.broadcast(I, MANTISSA_BITS)))
                  .add(IntVector.broadcast(I, SQRT_HALF_BITS)));
      FloatVector f =
          FLOATS.cast(FLOATS.cast(mantissa.reinterpretAsFloats()).sub(broadcast(F, 1f)));
      FloatVector p = FLOATS.cast(f.fma(broadcast(F, L11), broadcast(F, L10)));
      p = FLOATS.cast(p.fma(f, broadcast(F, L9)));
      p = FLOATS.cast(p.fma(f, broadcast(F, L8)));
      p = FLOATS.cast(p.fma(f, broadcast(F, L7)));
      p = FLOATS.cast(p.fma(f, broadcast(F, L6)));
      p = FLOATS.cast(p.fma(f, broadcast(F, L5)));
      p = FLOATS.cast(p.fma(f, broadcast(F, L4)));
      p = FLOATS.cast(p.fma(f, broadcast(F, L3)));
      FloatVector z = FLOATS.cast(f.mul(f));
      FloatVector w = FLOATS.cast(p.fma(z.mul(f), e.mul(broadcast(F, LN_2_LOW))));
      w = FLOATS.cast(z.fma(broadcast(F, -0.5f), w));
      w = FLOATS.cast(e.fma(broadcast(F, LN_2_HIGH), f.add(w)));
      FloatVector zero = broadcast(F, 0f);
      FloatVector infinity = FLOATS.cast(broadcast(F, Float.POSITIVE_INFINITY));
      FloatVector edge =
          FLOATS.cast(
              FLOATS.cast(broadcast(F, Float.NaN)).blend(infinity.neg(), v.compare(EQ, zero)));
      edge =
          FLOATS.cast(
              FLOATS.cast(edge.blend(w, v.compare(GT, zero))).blend(v, v.compare(EQ, infinity)));
      edge.intoArray(y, yOff + i);
    }
    return i;
  }

  static int sigmoid(int n, float[] x, int xOff, float[] y, int yOff) {
    if (n < N) {
      return 0;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, x, xOff + i));
      FloatVector one = FLOATS.cast(broadcast(F, 1f));
      FloatVector a = FLOATS.cast(v.neg());
      FloatVector rounder = broadcast(F, ROUNDER);
      FloatVector c =
          FLOATS.cast(FLOATS.cast(a.max(broadcast(F, EXP_MIN))).min(broadcast(F, EXP_MAX)));
      FloatVector t = FLOATS.cast(c.fma(broadcast(F, LOG2_E), rounder));
      FloatVector q = FLOATS.cast(t.sub(rounder));
      FloatVector r = FLOATS.cast(q.fma(broadcast(F, -LN_2_HIGH), c));
      r = FLOATS.cast(q.fma(broadcast(F, -LN_2_LOW), r));
      FloatVector p = FLOATS.cast(r.fma(broadcast(F, E7), broadcast(F, E6)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E5)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E4)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E3)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E2)));
      p = FLOATS.cast(FLOATS.cast(p.fma(r.mul(r), r)).add(one));
      IntVector exponent = INTS.cast(INTS.cast(t.reinterpretAsInts()).lanewise(LSHL, 23));
      FloatVector e =
          FLOATS.cast(
              INTS.cast(INTS.cast(p.reinterpretAsInts()).add(exponent)).reinterpretAsFloats());
      FloatVector u = FLOATS.cast(e.blend(a, a.compare(NE, a)));
      FLOATS.cast(one.div(u.add(one))).intoArray(y, yOff + i);
    }
    return i;
  }

  static int tanh(int n, float[] x, int xOff, float[] y, int yOff) {
    if (n < N) {
      return 0;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, x, xOff + i));
      FloatVector one = FLOATS.cast(broadcast(F, 1f));
      FloatVector size = FLOATS.cast(v.abs());
      FloatVector a = FLOATS.cast(size.add(size));
      FloatVector rounder = broadcast(F, ROUNDER);
      FloatVector c = FLOATS.cast(a.min(broadcast(F, EXP_MAX)));
      FloatVector t = FLOATS.cast(c.fma(broadcast(F, LOG2_E), rounder));
      FloatVector q = FLOATS.cast(t.sub(rounder));
      FloatVector r = FLOATS.cast(q.fma(broadcast(F, -LN_2_HIGH), c));
      r = FLOATS.cast(q.fma(broadcast(F, -LN_2_LOW), r));
      FloatVector p = FLOATS.cast(r.fma(broadcast(F, E7), broadcast(F, E6)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E5)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E4)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E3)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E2)));
      p = FLOATS.cast(FLOATS.cast(p.fma(r.mul(r), r)).add(one));
      IntVector exponent = INTS.cast(INTS.cast(t.reinterpretAsInts()).lanewise(LSHL, 23));
      FloatVector u =
          FLOATS.cast(
              INTS.cast(INTS.cast(p.reinterpretAsInts()).add(exponent)).reinterpretAsFloats());
      FloatVector far = FLOATS.cast(one.sub(FLOATS.cast(broadcast(F, 2f)).div(u.add(one))));
      FloatVector z = FLOATS.cast(size.mul(size));
      FloatVector s = FLOATS.cast(z.fma(broadcast(F, T11), broadcast(F, T9)));
      s = FLOATS.cast(s.fma(z, broadcast(F, T7)));
      s = FLOATS.cast(s.fma(z, broadcast(F, T5)));
      s = FLOATS.cast(s.fma(z, broadcast(F, T3)));
      FloatVector near = FLOATS.cast(s.fma(z.mul(size), size));
      FloatVector w = FLOATS.cast(near.blend(far, size.compare(GE, broadcast(F, TANH_CUT))));
      IntVector sign =
          INTS.cast(INTS.cast(v.reinterpretAsInts()).and(IntVector.broadcast(I, SIGN_BIT)));
      FLOATS
          .cast(
              INTS.cast(INTS.cast(w.reinterpretAsInts()).lanewise(OR, sign)).reinterpretAsFloats())
          .intoArray(y, yOff + i);
    }
    return i;
  }

  static int softplus(int n, float[] x, int xOff, float[] y, int yOff) {
    if (n < N) {
      return 0;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, x, xOff + i));
      FloatVector a = FLOATS.cast(FLOATS.cast(v.abs()).neg());
      FloatVector rounder = broadcast(F, ROUNDER);
      FloatVector c = FLOATS.cast(a.max(broadcast(F, EXP_MIN)));
      FloatVector t = FLOATS.cast(c.fma(broadcast(F, LOG2_E), rounder));
      FloatVector q = FLOATS.cast(t.sub(rounder));
      FloatVector r = FLOATS.cast(q.fma(broadcast(F, -LN_2_HIGH), c));
      r = FLOATS.cast(q.fma(broadcast(F, -LN_2_LOW), r));
      FloatVector p = FLOATS.cast(r.fma(broadcast(F, E7), broadcast(F, E6)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E5)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E4)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E3)));
      p = FLOATS.cast(p.fma(r, broadcast(F, E2)));
      p = FLOATS.cast(FLOATS.cast(p.fma(r.mul(r), r)).add(broadcast(F, 1f)));
      IntVector exponent = INTS.cast(INTS.cast(t.reinterpretAsInts()).lanewise(LSHL, 23));
      FloatVector u =
          FLOATS.cast(
              INTS.cast(INTS.cast(p.reinterpretAsInts()).add(exponent)).reinterpretAsFloats());
      FloatVector s = FLOATS.cast(u.fma(broadcast(F, S10), broadcast(F, S9)));
      s = FLOATS.cast(s.fma(u, broadcast(F, S8)));
      s = FLOATS.cast(s.fma(u, broadcast(F, S7)));
      s = FLOATS.cast(s.fma(u, broadcast(F, S6)));
      s = FLOATS.cast(s.fma(u, broadcast(F, S5)));
      s = FLOATS.cast(s.fma(u, broadcast(F, S4)));
      s = FLOATS.cast(s.fma(u, broadcast(F, S3)));
      s = FLOATS.cast(s.fma(u, broadcast(F, S2)));
      FLOATS
          .cast(FLOATS.cast(v.max(broadcast(F, 0f))).add(s.fma(u.mul(u), u)))
          .intoArray(y, yOff + i);
    }
    return i;
  }
}
