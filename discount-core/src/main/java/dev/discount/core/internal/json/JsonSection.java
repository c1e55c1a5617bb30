package dev.discount.core.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.discount.core.data.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One object of a JSON text, with the path that leads to it, read strictly: every key must be one
 * that is known, and every value of the type asked for. Immutable.
 */
public final class JsonSection {

  /* Far beyond any setting, and small enough that no number becomes a text of a million digits. */
  private static final int MAX_DIGITS = 400;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final String source;
  private final String root;
  private final String path;
  private final JsonNode node;

  /**
   * Reads an object.
   *
   * @param source where the text comes from, for messages
   * @param root what the whole is called in messages
   * @param path the keys that lead to the object, empty for the root
   * @param node the object, checked to be one
   * @param keys the keys it may have
   */
  private JsonSection(String source, String root, String path, JsonNode node, String... keys) {
    this.source = source;
    this.root = root;
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new DataFormatException(
          source, 0, path.isEmpty() ? root : path, shown(node), "be an object");
    }
    if (keys.length > 0) {
      requireKeys(keys);
    }
  }

  /**
   * Checks that there are no other keys.
   *
   * @param keys the keys that this object may have
   * @throws DataFormatException if there are
   */
  public void requireKeys(String... keys) {
    List<String> known = List.of(keys);
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new DataFormatException(
            source,
            0,
            "key " + pathOf(name),
            null,
            "be one of " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /**
   * Reads a text.
   *
   * @param json the text
   * @param source where it comes from, for messages
   * @param root what the whole is called in messages
   * @param keys the keys that its object may have
   * @throws DataFormatException if it is no such object
   */
  public static JsonSection parse(String json, String source, String root, String... keys) {
    return new JsonSection(source, root, "", parsed(json, source), keys);
  }

  /**
   * Reads a file.
   *
   * @param path the file, UTF-8
   * @param root what the whole is called in messages
   * @param keys the keys that its object may have
   * @throws DataFormatException if it is no such object
   * @throws UncheckedIOException if reading fails
   */
  public static JsonSection read(Path path, String root, String... keys) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    try {
      String json =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return parse(json, path.toString(), root, keys);
    } catch (CharacterCodingException e) {
      throw new DataFormatException(path.toString(), 0, null, null, "be UTF-8", e);
    }
  }

  private static JsonNode parsed(String json, String source) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new DataFormatException(
          source, line, null, null, "be JSON with distinct keys: " + e.getOriginalMessage(), e);
    } catch (NumberFormatException e) {
      // The parser lets this one through for exponents beyond an int.
      throw new DataFormatException(
          source, 0, null, null, "hold numbers of a sane size: " + e.getMessage(), e);
    }
  }

  /** Returns whether a key is there. */
  public boolean has(String key) {
    return node.has(key);
  }

  /** Returns a nested object, empty if it is not there. */
  public JsonSection section(String key, String... keys) {
    JsonNode child = node.get(key);
    return new JsonSection(
        source,
        root,
        pathOf(key),
        child == null ? JsonNodeFactory.instance.objectNode() : child,
        keys);
  }

  /** Returns the objects of an array that must be there. */
  public List<JsonSection> sections(String key, String... keys) {
    List<JsonSection> sections = new ArrayList<>();
    JsonNode array = array(key);
    for (int i = 0; i < array.size(); i++) {
      sections.add(new JsonSection(source, root, pathOf(key) + "[" + i + "]", array.get(i), keys));
    }
    return sections;
  }

  /** Returns an array's values as they are written. */
  public List<JsonNode> values(String key) {
    List<JsonNode> values = new ArrayList<>();
    array(key).forEach(values::add);
    return values;
  }

  /** Returns an array of texts or whole numbers as texts, empty if it is not there. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (has(key)) {
      for (JsonNode value : array(key)) {
        if (!value.isTextual() && !value.isIntegralNumber()) {
          throw broken(key, value, "hold texts or whole numbers");
        }
        texts.add(value.asText());
      }
    }
    return texts;
  }

  /** Returns whether a key is there and holds an object. */
  public boolean isObject(String key) {
    return has(key) && node.get(key).isObject();
  }

  /** Returns a whole number. */
  public long whole(String key) {
    JsonNode value = value(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw broken(key, value, "be a whole number");
    }
    return value.longValue();
  }

  /** Returns a text that must be there. */
  public String text(String key) {
    JsonNode value = value(key);
    if (!value.isTextual()) {
      throw broken(key, value, "be a text");
    }
    return value.textValue();
  }

  /** Returns an array of whole numbers that must be there. */
  public List<Integer> integers(String key) {
    List<Integer> integers = new ArrayList<>();
    for (JsonNode value : array(key)) {
      if (!value.isIntegralNumber() || !value.canConvertToInt()) {
        throw broken(key, value, "hold whole numbers");
      }
      integers.add(value.intValue());
    }
    return integers;
  }

  /** Returns an array of decimal numbers that must be there; texts may hold them. */
  public List<BigDecimal> decimals(String key) {
    List<BigDecimal> decimals = new ArrayList<>();
    array(key).forEach(value -> decimals.add(decimal(key, value)));
    return decimals;
  }

  /** Returns whether a value is there and is a text. */
  public boolean isText(String key) {
    return has(key) && value(key).isTextual();
  }

  /** Returns a whole number that must be there and fits an {@code int}. */
  public int integer(String key) {
    value(key);
    return integer(key, 0);
  }

  /** Returns a decimal number that must be there; a text may hold it. */
  public BigDecimal decimal(String key) {
    return decimal(key, value(key));
  }

  /** Returns the exception for a key whose value breaks a rule. */
  public DataFormatException broken(String key, String rule) {
    return broken(key, value(key), rule);
  }

  /** Returns a text of one character. */
  public char character(String key, char otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    String text = text(key);
    if (text.length() != 1) {
      throw broken(key, node.get(key), "be one character");
    }
    return text.charAt(0);
  }

  /** Returns a whole number of 32 bits, or what holds where it is not there. */
  public int integer(String key, int otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode value = value(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw broken(key, value, "be a whole number");
    }
    return value.intValue();
  }

  /** Returns true or false, or what holds where it is not there. */
  public boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode value = value(key);
    if (!value.isBoolean()) {
      throw broken(key, value, "be true or false");
    }
    return value.booleanValue();
  }

  /** Returns an element of an array, or a value, as a number; a text may hold one. */
  public BigDecimal decimal(String key, JsonNode value) {
    BigDecimal number = null;
    if (value.isNumber()) {
      number = value.decimalValue();
    } else if (value.isTextual()
        && value.textValue().matches("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?")) {
      number = new BigDecimal(value.textValue());
    }
    if (number == null
        || number.precision() > MAX_DIGITS
        || Math.abs((long) number.scale()) > MAX_DIGITS) {
      throw broken(key, value, "be a decimal number");
    }
    return number;
  }

  /** Returns a number that must be there. */
  public double real(String key) {
    return decimal(key, value(key)).doubleValue();
  }

  /** Returns a number, or what holds where it is not there. */
  public double real(String key, double otherwise) {
    return has(key) ? real(key) : otherwise;
  }

  /** Returns the one of some named values that a text names. */
  public <T> T oneOf(String key, List<T> values, Function<T, String> name) {
    String text = text(key);
    StringJoiner names = new StringJoiner(", ");
    for (T value : values) {
      if (name.apply(value).equals(text)) {
        return value;
      }
      names.add(name.apply(value));
    }
    throw broken(key, node.get(key), "be one of " + names);
  }

  /** Returns the keys and values, in the order of the text. */
  public Iterator<Map.Entry<String, JsonNode>> entries() {
    return node.properties().iterator();
  }

  /** Returns the exception for a value that breaks a rule. */
  public DataFormatException broken(String key, JsonNode value, String rule) {
    return new DataFormatException(source, 0, pathOf(key), shown(value), rule);
  }

  /** Returns the exception for what the schema's own types refuse. */
  public DataFormatException broken(IllegalArgumentException refused) {
    return new DataFormatException(source, path.isEmpty() ? root : path, refused);
  }

  private JsonNode array(String key) {
    JsonNode value = value(key);
    if (!value.isArray()) {
      throw broken(key, value, "be an array");
    }
    return value;
  }

  /** Returns a value that must be there. */
  public JsonNode value(String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw broken(key, MissingNode.getInstance(), "be there");
    }
    return value;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static @Nullable String shown(JsonNode value) {
    return value.isMissingNode() ? null : value.isTextual() ? value.textValue() : value.toString();
  }
}
