package dev.discount.nn.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.discount.core.io.FloatSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the protocol buffers wire format, built field by field in the order in which it is
 * written. Its size is known before a byte is written, so large tensors are never held as bytes.
 * Confined to one thread.
 *
 * <p>A message within a message must be complete before it is added.
 */
final class ProtobufMessage {

  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;
  private static final int WIRE_TYPE_BITS = 3;
  private static final int VARINT_BITS = 7;
  private static final int BUFFER_FLOATS = 1 << 14;

  private interface Part {
    void writeTo(OutputStream out) throws IOException;
  }

  private final List<Part> parts = new ArrayList<>();
  private long size;

  /** Returns the number of bytes; saturates at the largest long. */
  long size() {
    return size;
  }

  /** Adds an int32, int64 or enum. */
  ProtobufMessage number(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  /** Adds a float. */
  ProtobufMessage fixed(int field, float value) {
    key(field, FIXED_32);
    byte[] bytes =
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
    add(bytes.length, out -> out.write(bytes));
    return this;
  }

  /** Adds a text. */
  ProtobufMessage text(int field, String value) {
    return bytes(field, value.getBytes(UTF_8));
  }

  /** Adds bytes, not copied. */
  ProtobufMessage bytes(int field, byte[] value) {
    key(field, LENGTH_DELIMITED);
    varint(value.length);
    add(value.length, out -> out.write(value));
    return this;
  }

  /** Adds a message. */
  ProtobufMessage message(int field, ProtobufMessage value) {
    key(field, LENGTH_DELIMITED);
    varint(value.size);
    add(value.size, value::writeTo);
    return this;
  }

  /**
   * Adds floats as little-endian bytes.
   *
   * @param field the field's number
   * @param count the number of floats
   * @param values the floats, read while the message is written
   */
  ProtobufMessage rawFloats(int field, long count, FloatSource values) {
    long bytes = Math.multiplyExact(count, Float.BYTES);
    key(field, LENGTH_DELIMITED);
    varint(bytes);
    add(bytes, out -> writeFloats(count, values, out));
    return this;
  }

  /** Writes the message without a length. */
  void writeTo(OutputStream out) throws IOException {
    for (Part part : parts) {
      part.writeTo(out);
    }
  }

  private void key(int field, int wireType) {
    varint((long) field << WIRE_TYPE_BITS | wireType);
  }

  private void varint(long value) {
    byte[] bytes = new byte[10];
    int n = 0;
    long rest = value;
    while ((rest & -(1L << VARINT_BITS)) != 0) {
      bytes[n++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= VARINT_BITS;
    }
    bytes[n++] = (byte) rest;
    int length = n;
    add(length, out -> out.write(bytes, 0, length));
  }

  private void add(long bytes, Part part) {
    parts.add(part);
    size = bytes > Long.MAX_VALUE - size ? Long.MAX_VALUE : size + bytes;
  }

  private static void writeFloats(long count, FloatSource values, OutputStream out)
      throws IOException {
    int capacity = (int) Math.min(count, BUFFER_FLOATS);
    float[] floats = new float[capacity];
    ByteBuffer bytes = ByteBuffer.allocate(capacity * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long from = 0; from < count; from += capacity) {
      int run = (int) Math.min(capacity, count - from);
      values.copyInto(from, run, floats);
      bytes.asFloatBuffer().put(floats, 0, run);
      out.write(bytes.array(), 0, run * Float.BYTES);
    }
  }
}
