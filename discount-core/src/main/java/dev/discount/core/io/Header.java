package dev.discount.core.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The JSON header of a file: its metadata and its tensors in the order of their bytes. Immutable.
 *
 * @param metadata all entries, those of the format included
 * @param tensors the tensors, in the order of their bytes, without gaps or overlap
 */
record Header(Map<String, String> metadata, List<Tensor> tensors) {

  /*
   * The checksum stands first, so that its digits have a fixed place and can be zeroed without a
   * parser: after PREFIX, 64 lower-case hexadecimal digits. The rest is ordered by code point, and
   * written without white space but for the spaces at the end, so that equal content is equal bytes.
   */

  static final String PREFIX = "{\"__metadata__\":{\"" + ModelFile.CHECKSUM + "\":\"";
  static final int DIGITS = 64;
  static final int LENGTH_BYTES = Long.BYTES;

  /** The limit other readers of the container set, in bytes. */
  static final long MAX_BYTES = 100_000_000;

  /** Tensors begin at a multiple of this, for readers that map the file into memory. */
  static final int ALIGNMENT = 64;

  /** Orders text by code point, which is the order of its UTF-8 bytes. */
  static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  static final String METADATA = "__metadata__";

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNameLength((int) MAX_BYTES)
                  .maxStringLength((int) MAX_BYTES)
                  .build())
          .build();

  /** Returns the stated checksum. */
  String checksum() {
    return Objects.requireNonNull(metadata.get(ModelFile.CHECKSUM), ModelFile.CHECKSUM);
  }

  /** Returns the bytes, padded with spaces so that the tensors begin aligned. */
  byte[] bytes() {
    StringBuilder json = new StringBuilder("{");
    quote(METADATA, json);
    json.append(":{");
    String separator = "";
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      json.append(separator);
      quote(entry.getKey(), json);
      json.append(':');
      quote(entry.getValue(), json);
      separator = ",";
    }
    json.append('}');
    for (Tensor tensor : tensors) {
      json.append(',');
      quote(tensor.name(), json);
      json.append(":{\"dtype\":\"").append(tensor.type()).append("\",\"shape\":[");
      for (int i = 0; i < tensor.shape().size(); i++) {
        json.append(i == 0 ? "" : ",").append((long) tensor.shape().get(i));
      }
      json.append("],\"data_offsets\":[").append(tensor.begin()).append(',');
      json.append(tensor.end()).append("]}");
    }
    byte[] text = json.append('}').toString().getBytes(UTF_8);
    int unaligned = (text.length + LENGTH_BYTES) % ALIGNMENT;
    byte[] padded = Arrays.copyOf(text, text.length + (ALIGNMENT - unaligned) % ALIGNMENT);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append("\\u00").append(Character.forDigit(c >> 4, 16));
            json.append(Character.forDigit(c & 15, 16));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }

  /** Returns whether a text can be written as UTF-8, that is, has no half of a surrogate pair. */
  static boolean wellFormed(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }

  /**
   * Parses and checks a header.
   *
   * @param bytes the header without its length
   * @param dataBytes the number of bytes that follow it in the file
   * @throws ModelFormatException if it breaks any rule of the format
   */
  static Header parse(byte[] bytes, long dataBytes) {
    byte[] prefix = PREFIX.getBytes(UTF_8);
    if (bytes.length < prefix.length
        || !Arrays.equals(prefix, Arrays.copyOf(bytes, prefix.length))) {
      throw new ModelFormatException("header must begin with " + PREFIX);
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Tensor> tensors = new ArrayList<>();
    try (JsonParser json = JSON.createParser(decode(bytes))) {
      expect(json.nextToken(), JsonToken.START_OBJECT, "header");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = checkedName(json.currentName(), "a tensor's name");
        if (name.equals(METADATA)) {
          readMetadata(json, metadata);
        } else {
          tensors.add(readTensor(json, name));
        }
      }
      expect(json.currentToken(), JsonToken.END_OBJECT, "header");
      if (json.nextToken() != null) {
        throw new ModelFormatException("header must end after its object");
      }
    } catch (JsonProcessingException e) {
      throw new ModelFormatException("header must be JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ModelFormatException("header must be JSON in UTF-8", e);
    }
    tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    checkExtents(tensors, dataBytes);
    return new Header(metadata, List.copyOf(tensors));
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static void readMetadata(JsonParser json, Map<String, String> metadata)
      throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, METADATA);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = checkedName(json.currentName(), "a key of " + METADATA);
      expect(json.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + key);
      metadata.put(key, checkedText(json.getText(), METADATA + "." + key));
    }
    expect(json.currentToken(), JsonToken.END_OBJECT, METADATA);
  }

  private static Tensor readTensor(JsonParser json, String name) throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, name);
    String type = null;
    long[] shape = null;
    long[] offsets = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(json.currentToken(), JsonToken.VALUE_STRING, name + ".dtype");
          type = json.getText();
        }
        case "shape" -> shape = readLongs(json, name + ".shape");
        case "data_offsets" -> offsets = readLongs(json, name + ".data_offsets");
        default ->
            throw new ModelFormatException(
                name + " must have dtype, shape and data_offsets only, got " + key);
      }
    }
    expect(json.currentToken(), JsonToken.END_OBJECT, name);
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw new ModelFormatException(name + " must have dtype, shape and two data_offsets");
    }
    return checkedTensor(name, type, shape, offsets);
  }

  private static Tensor checkedTensor(String name, String dtype, long[] shape, long[] offsets) {
    Tensor.Type type = null;
    for (Tensor.Type candidate : Tensor.Type.values()) {
      type = candidate.name().equals(dtype) ? candidate : type;
    }
    if (type == null) {
      throw new ModelFormatException(
          name
              + ".dtype must be one of "
              + Arrays.toString(Tensor.Type.values())
              + ", got "
              + dtype);
    }
    long bytes;
    try {
      bytes = Tensor.count(type, shape) * type.bytes;
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(name + "." + e.getMessage(), e);
    }
    if (offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes) {
      throw new ModelFormatException(
          name
              + ".data_offsets must span the "
              + bytes
              + " bytes of its shape, got "
              + Arrays.toString(offsets));
    }
    List<Long> extents = Arrays.stream(shape).boxed().toList();
    return new Tensor(name, type, extents, offsets[0], offsets[1]);
  }

  private static long[] readLongs(JsonParser json, String what) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, what);
    long[] values = new long[4];
    int count = 0;
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = json.getLongValue();
    }
    expect(json.currentToken(), JsonToken.END_ARRAY, what);
    return Arrays.copyOf(values, count);
  }

  private static void checkExtents(List<Tensor> tensors, long dataBytes) {
    long end = 0;
    for (Tensor tensor : tensors) {
      if (tensor.begin() != end) {
        throw new ModelFormatException(
            tensor.name()
                + ".data_offsets must begin where the tensor before ends, at "
                + end
                + ", got "
                + tensor.begin());
      }
      end = tensor.end();
    }
    if (end != dataBytes) {
      throw new ModelFormatException(
          "tensors must cover the file's " + dataBytes + " bytes of data, got " + end);
    }
  }

  private static String checkedText(String text, String what) {
    if (!wellFormed(text)) {
      throw new ModelFormatException(what + " must be well-formed text");
    }
    return text;
  }

  private static String checkedName(String text, String what) {
    if (text.isEmpty()) {
      throw new ModelFormatException(what + " must not be empty");
    }
    return checkedText(text, what);
  }

  private static void expect(JsonToken token, JsonToken expected, String what) {
    if (token != expected) {
      throw new ModelFormatException(what + " must be " + expected + ", got " + token);
    }
  }
}
