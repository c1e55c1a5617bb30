package dev.discount.core.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdIndexTest {

  @Test
  void index_knownIds_countUpInOrderOfFirstAppearance() {
    IdIndex.Builder builder = IdIndex.builder();
    builder.add("red");
    builder.add(70);
    builder.add("red");
    builder.add("blue");
    IdIndex index = builder.build(1);

    assertEquals(1, index.index("red"));
    assertEquals(2, index.index(70));
    assertEquals(3, index.index("blue"));
    assertEquals(4, index.size());
  }

  @Test
  void index_unknownIds_areZero() {
    IdIndex.Builder builder = IdIndex.builder();
    builder.add("red");
    IdIndex index = builder.build(1);

    assertEquals(0, index.index("green"));
    assertEquals(0, index.index(0));
    assertEquals(0, index.index(""));
    assertEquals(1, IdIndex.builder().build(1).size());
  }

  @Test
  void index_textOfANumber_isThatNumber() {
    IdIndex.Builder builder = IdIndex.builder();
    builder.add("42");
    builder.add(Long.toString(Long.MIN_VALUE));
    builder.add("042");
    IdIndex index = builder.build(1);

    assertEquals(1, index.index(42));
    assertEquals(2, index.index(Long.MIN_VALUE));
    assertEquals(3, index.index("042"));
    assertEquals(1, index.index("42"));
  }

  @Test
  void isLong_onlyCanonicalFormsWithinRange() {
    for (String text : new String[] {"0", "-1", "9223372036854775807", "-9223372036854775808"}) {
      assertTrue(IdIndex.isLong(text), text);
      assertEquals(text, Long.toString(Long.parseLong(text)));
    }
    for (String text :
        new String[] {
          "",
          "-",
          "-0",
          "00",
          "01",
          "-01",
          "+1",
          "1.0",
          " 1",
          "1e3",
          "9223372036854775808",
          "-9223372036854775809",
          "99999999999999999999",
          "١"
        }) {
      assertFalse(IdIndex.isLong(text), text);
    }
  }

  @Test
  void index_numbersCloseTogetherOrFarApart_countUpAlike() {
    long[][] sets = {
      {},
      {0},
      {5, 3, 4},
      {-2, 7, 1},
      {1, 1_000_000_007L, -5},
      {Long.MAX_VALUE, Long.MAX_VALUE - 2, Long.MAX_VALUE - 1},
      {Long.MIN_VALUE, Long.MIN_VALUE + 1},
      {Long.MIN_VALUE, 0, Long.MAX_VALUE}
    };
    for (long[] ids : sets) {
      IdIndex.Builder builder = IdIndex.builder();
      Map<Long, Integer> expected = new HashMap<>();
      for (long id : ids) {
        builder.add(id);
        expected.put(id, expected.size() + 1);
      }
      builder.add("text");
      IdIndex index = builder.build(1);
      assertEquals(ids.length + 2, index.size());
      assertEquals(ids.length + 1, index.index("text"));
      for (long id : ids) {
        for (long near = -4; near <= 4; near++) {
          assertEquals(expected.getOrDefault(id + near, 0), index.index(id + near));
          assertEquals(index.index(id + near), IdIndex.of(index.keys()).index(id + near));
        }
        assertEquals(expected.get(id), index.index(Long.toString(id)));
      }
      for (long far : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, 1L << 32, -1L << 31}) {
        assertEquals(expected.getOrDefault(far, 0), index.index(far));
      }
    }
  }

  @Test
  void build_minCount_dropsRareIdsAndClosesTheGap() {
    IdIndex.Builder builder = IdIndex.builder();
    for (String id : new String[] {"a", "b", "c", "a", "c", "c", "7", "7"}) {
      builder.add(id);
    }
    IdIndex index = builder.build(2);

    assertEquals(1, index.index("a"));
    assertEquals(0, index.index("b"));
    assertEquals(2, index.index("c"));
    assertEquals(3, index.index(7));
    assertEquals("minCount must be >= 1, got 0", messageOf(() -> builder.build(0)));
  }

  @Test
  void add_unpairedSurrogate_isRefused() {
    IdIndex.Builder builder = IdIndex.builder();
    builder.add("ok \uD83D\uDE00");

    assertEquals(
        "id must be well-formed Unicode, got an unpaired surrogate at 1",
        messageOf(() -> builder.add("x\uD83D")));
  }

  @Test
  void keys_areInOrderOfIndexesAndRebuildTheSameIndex() {
    IdIndex.Builder builder = IdIndex.builder();
    builder.add("süß");
    builder.add(-5);
    builder.add("b");
    IdIndex index = builder.build(1);
    IdKeys keys = index.keys();

    assertArrayEquals(new byte[] {1, 0, 1}, keys.kinds());
    assertArrayEquals(new long[] {-5}, keys.numbers());
    assertArrayEquals(new long[] {0, 5, 6}, keys.offsets());
    assertArrayEquals("süßb".getBytes(StandardCharsets.UTF_8), keys.utf8());
    IdIndex again = IdIndex.of(keys);
    assertEquals(index.size(), again.size());
    assertEquals(1, again.index("süß"));
    assertEquals(2, again.index(-5));
    assertEquals(3, again.index("b"));
  }

  @Test
  void of_keysThatContradictThemselves_areRefused() {
    byte[] none = {};
    assertEquals(
        "kinds[1] must be 0 or 1, got 2",
        messageOf(() -> new IdKeys(new byte[] {0, 2}, new long[1], new long[1], none)));
    assertEquals(
        "numbers must number 1, got 2",
        messageOf(() -> new IdKeys(new byte[] {0}, new long[2], new long[1], none)));
    assertEquals(
        "offsets must number 2, got 1",
        messageOf(() -> new IdKeys(new byte[] {1}, new long[0], new long[1], none)));
    assertEquals(
        "offsets[0] must start at 0 and never fall, got 1",
        messageOf(() -> new IdKeys(new byte[] {1}, new long[0], new long[] {1, 1}, new byte[1])));
    assertEquals(
        "offsets[2] must start at 0 and never fall, got 0",
        messageOf(
            () -> new IdKeys(new byte[] {1, 1}, new long[0], new long[] {0, 1, 0}, new byte[1])));
    assertEquals(
        "offsets[1] must be the length of utf8=3, got 2",
        messageOf(() -> new IdKeys(new byte[] {1}, new long[0], new long[] {0, 2}, new byte[3])));
    assertEquals(
        "keys[1] must differ from those before it",
        messageOf(() -> IdIndex.of(new IdKeys(new byte[2], new long[] {4, 4}, new long[1], none))));
    assertEquals(
        "keys[0] must be stored as a number, got the text \"4\"",
        messageOf(
            () ->
                IdIndex.of(
                    new IdKeys(new byte[] {1}, new long[0], new long[] {0, 1}, new byte[] {'4'}))));
    assertEquals(
        "utf8 of text 0 must be UTF-8",
        messageOf(
            () ->
                IdIndex.of(
                    new IdKeys(
                        new byte[] {1}, new long[0], new long[] {0, 1}, new byte[] {(byte) 200}))));
  }

  private static String messageOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
