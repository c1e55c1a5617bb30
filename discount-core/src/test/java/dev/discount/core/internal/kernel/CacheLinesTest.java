package dev.discount.core.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CacheLinesTest {

  private static final long MIB = 1 << 20;

  @Test
  void largeFloats_isHalfTheRegionOfAHeap() {
    assertEquals(MIB / 8, CacheLines.largeFloats(100 * MIB));
    assertEquals(MIB / 8, CacheLines.largeFloats(2048 * MIB));
    assertEquals(2 * MIB / 8, CacheLines.largeFloats(2049 * MIB));
    assertEquals(4 * MIB / 8, CacheLines.largeFloats(6028 * MIB));
    assertEquals(32 * MIB / 8, CacheLines.largeFloats(Long.MAX_VALUE));
  }

  @Test
  void newFloats_smallOnesAreExactAndOthersLarge() {
    assertEquals(CacheLines.LEAD_FLOATS + 100, CacheLines.newFloats(100).length);
    assertTrue(CacheLines.newFloats(20_000).length >= MIB / 8);
    int many = 40 << 20;
    assertEquals(CacheLines.LEAD_FLOATS + many, CacheLines.newFloats(many).length);
    assertThrows(ArithmeticException.class, () -> CacheLines.newFloats(Integer.MAX_VALUE));
  }
}
