package dev.discount.policy.log;

import java.util.Arrays;

/**
 * Reads what {@link ByteSink} writes out of a range of bytes, checking every length before it is
 * believed. Confined to one thread.
 */
final class ByteSource {

  private static final int CACHED_TEXTS = 1 << 12;
  private static final int MAX_CACHED_BYTES = 32;

  private final String[] texts = new String[CACHED_TEXTS];
  private final byte[][] textBytes = new byte[CACHED_TEXTS][];
  private char[] chars = new char[64];
  private byte[] bytes = {};
  private int at;
  private int end;
  private String source = "";
  private long base;

  /**
   * Turns to other bytes.
   *
   * @param newSource the file, for messages
   * @param newBase the offset in the file of the first byte of the array
   */
  ByteSource of(String newSource, long newBase, byte[] newBytes, int from, int to) {
    this.source = newSource;
    this.base = newBase;
    this.bytes = newBytes;
    this.at = from;
    this.end = to;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  boolean hasMore() {
    return at < end;
  }

  LogFormatException broken(String rule) {
    return new LogFormatException(source, base + at, rule);
  }

  private void need(int count) {
    if (count < 0 || end - at < count) {
      throw broken("hold " + count + " more bytes, got " + (end - at));
    }
  }

  /** Passes some bytes over and returns where they begin. */
  int skip(int count) {
    need(count);
    at += count;
    return at - count;
  }

  int readByte() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  int readInt() {
    return ByteSink.intAt(bytes, skip(Integer.BYTES));
  }

  long readLong() {
    return ByteSink.longAt(bytes, skip(Long.BYTES));
  }

  long readVar() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int b = readByte();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        if (shift == 63 && b > 1) {
          throw broken("hold a number of 64 bits");
        }
        return value;
      }
    }
    throw broken("hold a number of at most ten bytes");
  }

  /** Reads an unsigned number that must not exceed a bound. */
  int readCount(long max) {
    long value = readVar();
    if (value < 0 || value > max) {
      throw broken("hold a number in [0, " + max + "], got " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  long readZigZag() {
    long value = readVar();
    return (value >>> 1) ^ -(value & 1);
  }

  String readText() {
    int length = readCount(end - at);
    int from = skip(length);
    if (length > MAX_CACHED_BYTES) {
      return decode(from, length);
    }
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (CACHED_TEXTS - 1);
    byte[] known = textBytes[slot];
    if (known != null && Arrays.equals(known, 0, known.length, bytes, from, from + length)) {
      return texts[slot];
    }
    String text = decode(from, length);
    textBytes[slot] = Arrays.copyOfRange(bytes, from, from + length);
    texts[slot] = text;
    return text;
  }

  private String decode(int from, int length) {
    if (chars.length < length) {
      chars = new char[length];
    }
    int count = 0;
    int to = from + length;
    for (int i = from; i < to; ) {
      int b = bytes[i];
      if (b >= 0) {
        chars[count++] = (char) b;
        i++;
        continue;
      }
      int more = (b & 0xE0) == 0xC0 ? 1 : (b & 0xF0) == 0xE0 ? 2 : (b & 0xF8) == 0xF0 ? 3 : 0;
      if (more == 0 || to - i <= more) {
        throw broken("end a text in UTF-8");
      }
      int c = b & (0x3F >> more);
      for (int j = 1; j <= more; j++) {
        if ((bytes[i + j] & 0xC0) != 0x80) {
          throw broken("end a text in UTF-8");
        }
        c = (c << 6) | (bytes[i + j] & 0x3F);
      }
      i += more + 1;
      if (c > Character.MAX_CODE_POINT || (more == 3 && c < 0x10000)) {
        throw broken("end a text in UTF-8");
      }
      if (more == 3) {
        chars[count++] = Character.highSurrogate(c);
        chars[count++] = Character.lowSurrogate(c);
      } else {
        chars[count++] = (char) c;
      }
    }
    return new String(chars, 0, count);
  }
}
