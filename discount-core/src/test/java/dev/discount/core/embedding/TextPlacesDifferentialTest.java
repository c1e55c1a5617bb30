package dev.discount.core.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Against the JDK's map. */
class TextPlacesDifferentialTest {

  @Property(tries = 500)
  void placesAreThoseOfAMap(@ForAll @Size(max = 200) List<@From("texts") String> texts) {
    TextPlaces places = new TextPlaces(texts.size());
    Map<String, Integer> expected = new LinkedHashMap<>();
    for (int i = 0; i < texts.size() - 3; i++) {
      Integer before = expected.put(texts.get(i), i + 1);
      assertEquals(before == null ? 0 : before, places.put(texts.get(i), i + 1));
    }
    places.trim();

    for (String text : texts) {
      assertEquals(expected.getOrDefault(text, 0), places.of(text), text);
    }
    String[] actual = new String[texts.size()];
    places.copyInto(actual);
    String[] all = new String[texts.size()];
    expected.forEach((text, place) -> all[place - 1] = text);
    assertArrayEquals(all, actual);
  }

  @Test
  void textsOfEqualHashHavePlacesOfTheirOwn() {
    List<String> texts = List.of("");
    for (int i = 0; i < 10; i++) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        longer.add(text + "Aa");
        longer.add(text + "BB");
      }
      texts = longer;
    }
    TextPlaces places = new TextPlaces(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      assertEquals(texts.get(0).hashCode(), texts.get(i).hashCode());
      assertEquals(0, places.put(texts.get(i), i + 1));
    }
    for (int i = 0; i < texts.size(); i++) {
      assertEquals(i + 1, places.of(texts.get(i)));
    }
  }

  @Test
  void aTextLongerThanACharCountsHasAPlace() {
    String text = "\u00e4".repeat(70_000);
    TextPlaces places = new TextPlaces(3);
    places.put("a", 70_000);
    places.put(text, 1 << 30);
    places.put(text + "b", Integer.MAX_VALUE);

    assertEquals(70_000, places.of("a"));
    assertEquals(1 << 30, places.of(text));
    assertEquals(Integer.MAX_VALUE, places.of(text + "b"));
    assertEquals(0, places.of(text + "c"));
  }

  @Test
  void nothingKnownFindsNothing() {
    assertEquals(0, new TextPlaces(0).of(""));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "", "Aa", "BB", "AaAa", "AaBB", "BBAa", "BBBB", "sku-1", "\ud83d\ude00", "\u0000")
        .list()
        .ofMaxSize(3)
        .map(parts -> String.join("", parts));
  }
}
