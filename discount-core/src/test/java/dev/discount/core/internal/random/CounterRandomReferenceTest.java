package dev.discount.core.internal.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Known answers of Philox4x32-10 from Random123 1.14 (file tests/kat_vectors), and values from
 * src/test/reference/philox.py (Python 3.11).
 */
class CounterRandomReferenceTest {

  /** Asserts the four words of a block, as the known answers are written. */
  private static void assertBlock(
      long seed, long stream, long index, long word0, long word1, long word2, long word3) {
    assertEquals(word1 << 32 | word0, CounterRandom.block(seed, stream, index, false));
    assertEquals(word3 << 32 | word2, CounterRandom.block(seed, stream, index, true));
  }

  @Test
  void block_knownAnswers() {
    assertBlock(0, 0, 0, 0x6627e8d5L, 0xe169c58dL, 0xbc57ac4cL, 0x9b00dbd8L);
    assertBlock(-1, -1, -1, 0x408f276dL, 0x41c83b0eL, 0xa20bc7c6L, 0x6d5451fdL);
    assertBlock(
        0x299f31d0a4093822L,
        0x0370734413198a2eL,
        0x85a308d3243f6a88L,
        0xd16cfe09L,
        0x94fdccebL,
        0x5001e420L,
        0x24126ea1L);
  }

  @Test
  void wordsInto_isTheBlocksInOrder() {
    int[] words = new int[12];
    CounterRandom.wordsInto(42, 7, 8, 12, words);
    for (int b = 0; b < 3; b++) {
      assertBlock(
          42,
          7,
          2 + b,
          words[4 * b] & 0xffffffffL,
          words[4 * b + 1] & 0xffffffffL,
          words[4 * b + 2] & 0xffffffffL,
          words[4 * b + 3] & 0xffffffffL);
    }
  }

  @Test
  void draws_matchTheReferenceScript() {
    assertEquals(0.4932073039420707, CounterRandom.unit(42, 7, 3));
    assertEquals(0.49320727586746216f, CounterRandom.unitFloat(42, 7, 3));
    assertEquals(493, CounterRandom.below(1000, 42, 7, 3));
    assertEquals(1.1854034925272372, CounterRandom.gaussian(42, 7, 3), 1e-15);
    int[] order = {0, 1, 2, 3, 4, 5, 6, 7};
    CounterRandom.permuteInPlace(order, 42, 7);
    assertArrayEquals(new int[] {6, 7, 2, 1, 0, 5, 3, 4}, order);
  }
}
