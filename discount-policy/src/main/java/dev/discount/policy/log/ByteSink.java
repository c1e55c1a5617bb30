package dev.discount.policy.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing array of bytes with the log's encodings of numbers and texts; little-endian. Confined
 * to one thread; allocates only while it grows.
 */
final class ByteSink {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The most bytes of a variable-length number. */
  private static final int MAX_VAR = 10;

  private static final int MAX_CHAR = 3;

  private byte[] bytes;
  private int size;

  ByteSink(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** Returns the live bytes, of which {@link #size()} count; replaced when they grow. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void size(int newSize) {
    ensure(Math.max(0, newSize - size));
    size = newSize;
  }

  void clear() {
    size = 0;
  }

  /** Makes room for a number of bytes beyond the size. */
  void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
    }
  }

  void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    ensure(Integer.BYTES);
    setInt(size, value);
    size += Integer.BYTES;
  }

  void putLong(long value) {
    ensure(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }

  void setInt(int at, int value) {
    INTS.set(bytes, at, value);
  }

  static int intAt(byte[] from, int at) {
    return (int) INTS.get(from, at);
  }

  static long longAt(byte[] from, int at) {
    return (long) LONGS.get(from, at);
  }

  static void longTo(byte[] to, int at, long value) {
    LONGS.set(to, at, value);
  }

  void put(byte[] from, int offset, int length) {
    ensure(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  void put(byte[] from) {
    put(from, 0, from.length);
  }

  /** Appends an unsigned number, seven bits a byte, low ones first; the high bit says "more". */
  void putVar(long value) {
    ensure(MAX_VAR);
    byte[] to = bytes;
    int at = size;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    size = at;
  }

  /** Returns the number of bytes that {@link #putVar} takes. */
  static int varBytes(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    return (9 * bits + 64) >>> 6; // The quotient of bits and seven, rounded up, for 1 to 64.
  }

  /** Appends a signed number, small ones of either sign short. */
  void putZigZag(long value) {
    putVar((value << 1) ^ (value >> (Long.SIZE - 1)));
  }

  /** Appends the length in bytes and the text in UTF-8; a lone surrogate takes three bytes. */
  void putText(String text) {
    int length = text.length();
    ensure(MAX_VAR + MAX_CHAR * length);
    if (length < 0x80 && putAscii(text, length)) {
      return;
    }
    putVar(utf8Bytes(text));
    putUtf8(text);
  }

  /** Appends a short text if it is ASCII; else changes nothing that counts. */
  private boolean putAscii(String text, int length) {
    byte[] to = bytes;
    int at = size;
    to[at++] = (byte) length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      to[at++] = (byte) c;
    }
    size = at;
    return true;
  }

  private static int utf8Bytes(String text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPair(text, i)) {
        count += 4;
        i++;
      } else {
        count += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return count;
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private void putUtf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      if (isPair(text, i)) {
        c = text.codePointAt(i++);
        bytes[size++] = (byte) (0xF0 | (c >> 18));
        bytes[size++] = (byte) (0x80 | (c >> 12 & 0x3F));
        bytes[size++] = (byte) (0x80 | (c >> 6 & 0x3F));
        bytes[size++] = (byte) (0x80 | (c & 0x3F));
      } else if (c < 0x80) {
        bytes[size++] = (byte) c;
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xC0 | (c >> 6));
        bytes[size++] = (byte) (0x80 | (c & 0x3F));
      } else {
        bytes[size++] = (byte) (0xE0 | (c >> 12));
        bytes[size++] = (byte) (0x80 | (c >> 6 & 0x3F));
        bytes[size++] = (byte) (0x80 | (c & 0x3F));
      }
    }
  }
}
