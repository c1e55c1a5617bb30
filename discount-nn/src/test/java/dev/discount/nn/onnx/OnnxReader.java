package dev.discount.nn.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the protocol buffers wire format and the messages of an ONNX file, from their published
 * definitions alone: a second implementation that shares nothing with the writer.
 */
final class OnnxReader {

  /** A field of a message: a number, or bytes. */
  record Entry(int field, int wireType, long number, byte[] bytes) {}

  /** A constant: its extents and its values, floats or integers alike. */
  record Constant(long[] shape, int type, double[] values) {}

  /** An operator. */
  record Node(
      String operator, List<String> inputs, List<String> outputs, Map<String, Double> attributes) {}

  /** An input or output: the type of its elements, and its extents as text. */
  record Value(String name, int type, List<String> shape) {}

  /** A model. */
  record Model(
      long irVersion,
      String producer,
      Map<String, Long> opsets,
      Map<String, String> metadata,
      List<Node> nodes,
      Map<String, Constant> constants,
      List<Value> inputs,
      List<Value> outputs) {}

  private OnnxReader() {}

  static List<Entry> entries(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    List<Entry> entries = new ArrayList<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      int field = (int) (key >>> 3);
      int wireType = (int) (key & 7);
      switch (wireType) {
        case 0 -> entries.add(new Entry(field, wireType, varint(in), new byte[0]));
        case 2 -> {
          byte[] bytes = new byte[Math.toIntExact(varint(in))];
          in.get(bytes);
          entries.add(new Entry(field, wireType, 0, bytes));
        }
        case 5 -> entries.add(new Entry(field, wireType, in.getInt(), new byte[0]));
        default -> throw new AssertionError("wire type " + wireType);
      }
    }
    return entries;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new AssertionError("a varint of more than 10 bytes");
  }

  static Model model(byte[] file) {
    List<Entry> model = entries(file);
    Map<String, Long> opsets = new LinkedHashMap<>();
    for (byte[] opset : messages(model, 8)) {
      opsets.put(text(entries(opset), 1), number(entries(opset), 2));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    for (byte[] entry : messages(model, 14)) {
      metadata.put(text(entries(entry), 1), text(entries(entry), 2));
    }
    List<Entry> graph = entries(messages(model, 7).get(0));
    Map<String, Constant> constants = new LinkedHashMap<>();
    for (byte[] tensor : messages(graph, 5)) {
      Constant old = constants.put(text(entries(tensor), 8), constant(entries(tensor)));
      if (old != null) {
        throw new AssertionError("two constants named " + text(entries(tensor), 8));
      }
    }
    return new Model(
        number(model, 1),
        text(model, 2),
        opsets,
        metadata,
        messages(graph, 1).stream().map(node -> node(entries(node))).toList(),
        constants,
        messages(graph, 11).stream().map(value -> value(entries(value))).toList(),
        messages(graph, 12).stream().map(value -> value(entries(value))).toList());
  }

  private static Node node(List<Entry> node) {
    Map<String, Double> attributes = new LinkedHashMap<>();
    for (byte[] bytes : messages(node, 5)) {
      List<Entry> attribute = entries(bytes);
      double value =
          switch ((int) number(attribute, 20)) {
            case 1 -> Float.intBitsToFloat((int) number(attribute, 2));
            case 2 -> number(attribute, 3);
            default -> throw new AssertionError("type of attribute " + number(attribute, 20));
          };
      attributes.put(text(attribute, 1), value);
    }
    return new Node(text(node, 4), texts(node, 1), texts(node, 2), attributes);
  }

  private static Constant constant(List<Entry> tensor) {
    long[] shape =
        tensor.stream().filter(entry -> entry.field() == 1).mapToLong(Entry::number).toArray();
    int type = (int) number(tensor, 2);
    ByteBuffer raw = ByteBuffer.wrap(messages(tensor, 9).get(0)).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[raw.remaining() / (type == 1 ? Float.BYTES : Long.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = type == 1 ? raw.getFloat() : raw.getLong();
    }
    return new Constant(shape, type, values);
  }

  private static Value value(List<Entry> value) {
    List<Entry> tensor = entries(messages(entries(messages(value, 2).get(0)), 1).get(0));
    List<String> shape = new ArrayList<>();
    for (byte[] bytes : messages(entries(messages(tensor, 2).get(0)), 1)) {
      List<Entry> dimension = entries(bytes);
      boolean named = dimension.get(0).field() == 2;
      shape.add(named ? text(dimension, 2) : String.valueOf(number(dimension, 1)));
    }
    return new Value(text(value, 1), (int) number(tensor, 1), shape);
  }

  private static List<byte[]> messages(List<Entry> entries, int field) {
    return entries.stream()
        .filter(entry -> entry.field() == field && entry.wireType() == 2)
        .map(Entry::bytes)
        .toList();
  }

  private static List<String> texts(List<Entry> entries, int field) {
    return messages(entries, field).stream().map(bytes -> new String(bytes, UTF_8)).toList();
  }

  private static String text(List<Entry> entries, int field) {
    return texts(entries, field).get(0);
  }

  private static long number(List<Entry> entries, int field) {
    return entries.stream()
        .filter(entry -> entry.field() == field && entry.wireType() != 2)
        .findFirst()
        .orElseThrow()
        .number();
  }
}
