package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.random.CounterRandom;
import org.junit.jupiter.api.Test;

/** Damaged schemas: read as a schema that can be written again, or refused; never anything else. */
class SchemaJsonFuzzTest {

  private static final String GOOD =
      "{\"fields\":[{\"name\":\"c\",\"kind\":\"id\",\"role\":\"customer\",\"minCount\":2},"
          + "{\"name\":\"d\",\"kind\":\"number\",\"role\":\"discount\"}],"
          + "\"discount\":{\"unit\":\"percent\",\"levels\":[0,5,12.5]},"
          + "\"constants\":{\"price\":\"6.00\",\"cost\":1},\"minorDigits\":2,"
          + "\"csv\":{\"delimiter\":\";\",\"missing\":[\"NA\",-1]},"
          + "\"split\":{\"by\":\"column\",\"column\":\"c\",\"train\":[1],\"validation\":0.1},"
          + "\"ensemble\":2,\"training\":{\"epochs\":3,\"a\":{\"b\":[1,true]}}}";

  @Test
  void everyPrefix_isRefused() {
    for (int length = 0; length < GOOD.length(); length++) {
      assertEquals(false, readsOrRefuses(GOOD.substring(0, length)), GOOD.substring(0, length));
    }
    assertTrue(readsOrRefuses(GOOD));
  }

  @Test
  void everyCharacterReplaced_isReadOrRefused() {
    int read = 0;
    for (int i = 0; i < GOOD.length(); i++) {
      for (char other : "\"}[,:0-.\u0000\uD800".toCharArray()) {
        read += readsOrRefuses(GOOD.substring(0, i) + other + GOOD.substring(i + 1)) ? 1 : 0;
      }
    }
    assertTrue(read > 100, "read " + read);
  }

  @Test
  void everyValueReplaced_isReadOrRefused() {
    String[] others = {
      "null",
      "true",
      "\"\"",
      "\"x\"",
      "[]",
      "{}",
      "[[]]",
      "-1",
      "1e400",
      "1e-400",
      "1E999999999",
      "99999999999999999999",
      "0.1",
      "\"1e5\"",
      "[null]",
      "[1,1]",
      "\"\\ud800\""
    };
    String[] values = GOOD.split("(?<=[:,\\[{])|(?=[,}\\]])", -1);
    int read = 0;
    for (int i = 0; i < values.length; i++) {
      for (String other : others) {
        String[] altered = values.clone();
        altered[i] = other;
        read += readsOrRefuses(String.join("", altered)) ? 1 : 0;
      }
    }
    assertTrue(read > 20, "read " + read);
  }

  @Test
  void randomTokens_areReadOrRefused() {
    String[] tokens = GOOD.split("(?<=[:,\\[{}\\]])|(?=[:,\\[{}\\]])", -1);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder("{\"fields\":[");
      int count = CounterRandom.below(30, 1, 2, round);
      for (int i = 0; i < count; i++) {
        text.append(tokens[CounterRandom.below(tokens.length, 3, round, i)]);
      }
      readsOrRefuses(text.toString());
    }
  }

  private static boolean readsOrRefuses(String json) {
    Schema schema;
    try {
      schema = SchemaJson.parse(json);
    } catch (DataFormatException e) {
      assertTrue(e.getMessage().startsWith("schema"), e.getMessage());
      return false;
    }
    assertEquals(schema, SchemaJson.parse(SchemaJson.write(schema)), json);
    return true;
  }
}
