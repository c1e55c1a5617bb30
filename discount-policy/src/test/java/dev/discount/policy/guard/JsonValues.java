package dev.discount.policy.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** JSON as maps, lists, texts, numbers and flags, and a check against the schemas we publish. */
final class JsonValues {

  private final String text;
  private int at;

  private JsonValues(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    return new JsonValues(text).value();
  }

  private Object value() {
    skip();
    char c = text.charAt(at);
    if (c == '{') {
      return object();
    }
    if (c == '[') {
      return array();
    }
    if (c == '"') {
      return string();
    }
    int start = at;
    while (at < text.length() && "+-.eE0123456789truefalsnl".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String word = text.substring(start, at);
    return word.equals("true") || word.equals("false")
        ? Boolean.valueOf(word)
        : new BigDecimal(word);
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    for (skip(); text.charAt(at) != '}'; skip()) {
      String key = string();
      skip();
      at++; // the colon
      object.put(key, value());
      separator();
    }
    at++;
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    at++;
    for (skip(); text.charAt(at) != ']'; skip()) {
      array.add(value());
      separator();
    }
    at++;
    return array;
  }

  private void separator() {
    skip();
    if (text.charAt(at) == ',') {
      at++;
    }
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      string.append(text.charAt(at));
    }
    at++;
    return string.toString();
  }

  private void skip() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Writes what {@link #parse} read. */
  static String write(Object value) {
    if (value instanceof Map<?, ?> object) {
      List<String> parts = new ArrayList<>();
      object.forEach((key, part) -> parts.add(write(key) + ":" + write(part)));
      return "{" + String.join(",", parts) + "}";
    }
    if (value instanceof List<?> array) {
      return "[" + String.join(",", array.stream().map(JsonValues::write).toList()) + "]";
    }
    return value instanceof String ? "\"" + value + "\"" : value.toString();
  }

  /** Returns whether a value is valid by a schema of the keywords that ours use. */
  @SuppressWarnings("unchecked")
  static boolean isValid(Object value, Map<String, Object> schema, Map<String, Object> root) {
    if (schema.get("$ref") instanceof String reference) {
      Map<String, Object> definitions = (Map<String, Object>) root.get("$defs");
      String name = reference.substring("#/$defs/".length());
      return isValid(value, (Map<String, Object>) definitions.get(name), root);
    }
    if (schema.get("oneOf") instanceof List<?> choices) {
      return choices.stream()
              .filter(choice -> isValid(value, (Map<String, Object>) choice, root))
              .count()
          == 1;
    }
    if (schema.containsKey("const") && !schema.get("const").equals(value)) {
      return false;
    }
    if (schema.containsKey("type") && !isOfType(value, schema.get("type"))) {
      return false;
    }
    if (value instanceof BigDecimal number) {
      return within(number, schema.get("minimum"), 1) && within(number, schema.get("maximum"), -1);
    }
    if (value instanceof String string) {
      return !(schema.get("pattern") instanceof String pattern)
          || Pattern.compile(pattern).matcher(string).find();
    }
    if (value instanceof List<?> array) {
      Map<String, Object> items = (Map<String, Object>) schema.getOrDefault("items", Map.of());
      return within(BigDecimal.valueOf(array.size()), schema.get("minItems"), 1)
          && array.stream().allMatch(item -> isValid(item, items, root));
    }
    return !(value instanceof Map<?, ?> object)
        || isValidObject((Map<String, Object>) object, schema, root);
  }

  @SuppressWarnings("unchecked")
  private static boolean isValidObject(
      Map<String, Object> object, Map<String, Object> schema, Map<String, Object> root) {
    Map<String, Object> properties =
        (Map<String, Object>) schema.getOrDefault("properties", Map.of());
    List<Object> required = (List<Object>) schema.getOrDefault("required", List.of());
    Map<String, Object> dependent =
        (Map<String, Object>) schema.getOrDefault("dependentRequired", Map.of());
    return object.keySet().containsAll(required)
        && dependent.entrySet().stream()
            .filter(entry -> object.containsKey(entry.getKey()))
            .allMatch(entry -> object.keySet().containsAll((List<Object>) entry.getValue()))
        && object.entrySet().stream()
            .allMatch(
                entry ->
                    properties.get(entry.getKey()) instanceof Map<?, ?> property
                        && isValid(entry.getValue(), (Map<String, Object>) property, root));
  }

  private static boolean within(BigDecimal number, Object bound, int sign) {
    return bound == null || number.compareTo((BigDecimal) bound) * sign >= 0;
  }

  private static boolean isOfType(Object value, Object type) {
    if (type instanceof List<?> types) {
      return types.stream().anyMatch(one -> isOfType(value, one));
    }
    return switch ((String) type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "integer" ->
          value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0;
      case "number" -> value instanceof BigDecimal;
      default -> throw new IllegalArgumentException("type " + type);
    };
  }
}
