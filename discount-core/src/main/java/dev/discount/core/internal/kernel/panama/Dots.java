package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.FLOATS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;

import jdk.incubator.vector.FloatVector;

/** Sixteen partial chains in one, two or four vectors, folded by the tree 8-4-2-1. */
final class Dots {

  private Dots() {}

  /** Returns the dot product over {@code n} elements, a multiple of 16. */
  static float sum(int n, float[] a, int aOff, float[] b, int bOff) {
    if (N == 16) {
      return one(n, a, aOff, b, bOff);
    }
    return N == 8 ? two(n, a, aOff, b, bOff) : four(n, a, aOff, b, bOff);
  }

  private static float one(int n, float[] a, int aOff, float[] b, int bOff) {
    FloatVector t = FloatVector.zero(F);
    for (int i = 0; i < n; i += 16) {
      t = at(a, aOff + i).fma(at(b, bOff + i), t);
    }
    t = FLOATS.cast(t);
    float even =
        pairs(
            t.lane(0) + t.lane(8),
            t.lane(4) + t.lane(12),
            t.lane(2) + t.lane(10),
            t.lane(6) + t.lane(14));
    float odd =
        pairs(
            t.lane(1) + t.lane(9),
            t.lane(5) + t.lane(13),
            t.lane(3) + t.lane(11),
            t.lane(7) + t.lane(15));
    return even + odd;
  }

  private static float two(int n, float[] a, int aOff, float[] b, int bOff) {
    FloatVector t0 = FloatVector.zero(F);
    FloatVector t1 = FloatVector.zero(F);
    for (int i = 0; i < n; i += 16) {
      t0 = at(a, aOff + i).fma(at(b, bOff + i), t0);
      t1 = at(a, aOff + i + 8).fma(at(b, bOff + i + 8), t1);
    }
    FloatVector t = FLOATS.cast(FLOATS.cast(t0).add(t1));
    return pairs(t.lane(0), t.lane(4), t.lane(2), t.lane(6))
        + pairs(t.lane(1), t.lane(5), t.lane(3), t.lane(7));
  }

  private static float four(int n, float[] a, int aOff, float[] b, int bOff) {
    FloatVector t0 = FloatVector.zero(F);
    FloatVector t1 = FloatVector.zero(F);
    FloatVector t2 = FloatVector.zero(F);
    FloatVector t3 = FloatVector.zero(F);
    for (int i = 0; i < n; i += 16) {
      t0 = at(a, aOff + i).fma(at(b, bOff + i), t0);
      t1 = at(a, aOff + i + 4).fma(at(b, bOff + i + 4), t1);
      t2 = at(a, aOff + i + 8).fma(at(b, bOff + i + 8), t2);
      t3 = at(a, aOff + i + 12).fma(at(b, bOff + i + 12), t3);
    }
    FloatVector even = FLOATS.cast(FLOATS.cast(t0).add(t2));
    FloatVector t = FLOATS.cast(even.add(FLOATS.cast(t1).add(t3)));
    return (t.lane(0) + t.lane(2)) + (t.lane(1) + t.lane(3));
  }

  private static FloatVector at(float[] a, int offset) {
    return FLOATS.cast(FloatVector.fromArray(F, a, offset));
  }

  private static float pairs(float t0, float t4, float t2, float t6) {
    return (t0 + t4) + (t2 + t6);
  }
}
