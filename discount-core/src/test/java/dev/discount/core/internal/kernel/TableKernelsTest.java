package dev.discount.core.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TableKernelsTest {

  @Test
  void ofBfloat16_allBits_roundTrip() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float x = Numerics.ofBfloat16((short) bits);
      int expected = Float.isNaN(x) ? 0x7fc0 : bits;
      assertEquals(expected, Numerics.bfloat16(x) & 0xffff);
    }
  }

  /** Against the definition, in double: the nearer neighbour, or the even one of two as near. */
  @Test
  void bfloat16_betweenNeighbours_goesToTheNearestAndToEvenOnTies() {
    for (int low = 0; low < 0x7f7f; low++) {
      double a = Numerics.ofBfloat16((short) low);
      double b = Numerics.ofBfloat16((short) (low + 1));
      for (int rest : new int[] {0, 1, 0x7fff, 0x8000, 0x8001, 0xffff}) {
        float x = Float.intBitsToFloat((low << 16) | rest);
        double below = x - a;
        double above = b - x;
        boolean up = below > above || (below == above && (low & 1) == 1);
        int expected = up ? low + 1 : low;
        assertEquals(expected, Numerics.bfloat16(x) & 0xffff);
        assertEquals(expected | 0x8000, Numerics.bfloat16(-x) & 0xffff);
      }
    }
  }

  @Test
  void bfloat16_beyondTheLargest_isInfinite() {
    assertEquals(0x7f80, Numerics.bfloat16(Float.MAX_VALUE));
    assertEquals(0x7f7f, Numerics.bfloat16(Float.intBitsToFloat(0x7f7f7fff)));
    assertEquals(0x7f80, Numerics.bfloat16(Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(Numerics.ofBfloat16(Numerics.bfloat16(Float.intBitsToFloat(-1)))));
  }

  @Test
  void roundToBfloat16_isWhatATableKeeps() {
    float[] values = {1.00390625f, -3.14159265f, 0, -0f, Float.NaN, 1e-40f, 3.4e38f};
    float[] rounded = values.clone();
    KernelsProvider.scalar().roundToBfloat16(values.length, rounded, 0);
    for (int i = 0; i < values.length; i++) {
      float kept = Numerics.ofBfloat16(Numerics.bfloat16(values[i]));
      assertEquals(Float.floatToRawIntBits(kept), Float.floatToRawIntBits(rounded[i]));
    }
    assertEquals(1f, rounded[0], "a tie between 0x3f80 and 0x3f81");
    assertEquals(-3.140625f, rounded[1]);
  }
}
