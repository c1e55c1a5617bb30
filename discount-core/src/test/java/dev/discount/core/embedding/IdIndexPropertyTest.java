package dev.discount.core.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The index against a plain map from text to index. */
class IdIndexPropertyTest {

  @Property
  void index_equalsAMapBuiltByHand(
      @ForAll("ids") List<String> ids, @ForAll @IntRange(min = 1, max = 4) int minCount) {
    IdIndex.Builder builder = IdIndex.builder();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      counts.merge(id, 1, Integer::sum);
      if (IdIndex.isLong(id) && i % 2 == 0) {
        builder.add(Long.parseLong(id));
      } else {
        builder.add(id);
      }
    }
    Map<String, Integer> expected = new HashMap<>();
    counts.forEach(
        (id, count) -> {
          if (count >= minCount) {
            expected.put(id, expected.size() + 1);
          }
        });

    IdIndex index = builder.build(minCount);
    assertAgrees(index, expected, ids);
    assertAgrees(IdIndex.of(index.keys()), expected, ids);
  }

  private static void assertAgrees(IdIndex index, Map<String, Integer> expected, List<String> ids) {
    assertEquals(expected.size() + 1, index.size());
    for (String id : ids) {
      assertEquals(expected.getOrDefault(id, 0), index.index(id), id);
      assertEquals(expected.getOrDefault(id + "?", 0), index.index(id + "?"), id);
    }
  }

  @Provide
  Arbitrary<List<String>> ids() {
    Arbitrary<String> numbers =
        Arbitraries.oneOf(Arbitraries.longs().between(-20, 20), Arbitraries.longs())
            .map(String::valueOf);
    Arbitrary<String> texts =
        Arbitraries.strings().withChars("ab0-é\u4e16").ofMinLength(0).ofMaxLength(3);
    return Arbitraries.oneOf(numbers, texts).list().ofMaxSize(120);
  }
}
