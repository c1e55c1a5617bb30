package dev.discount.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipException;

/**
 * Characters of a UTF-8 stream, which refuses what is not UTF-8 and says on which line, instead of
 * replacing it. Skips a byte order mark. Confined to one thread.
 */
final class Utf8Reader extends Reader {

  /*
   * Line ends and zero bytes are looked for in the bytes, eight at a time: in UTF-8 their codes are
   * never part of another character. A byte's flag is its highest bit.
   */
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long FLAGS = ONES << 7;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final String source;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private boolean ended;
  private boolean started;

  /** The line on which the buffer begins. */
  private long line = 1;

  /** Where the first zero byte of the buffer stands, which is then its end, or -1. */
  private int zero = -1;

  /** 1 if the byte before the buffer is a carriage return. */
  private int afterReturn;

  /**
   * Reads a stream.
   *
   * @param in the bytes, closed with this reader
   * @param source where they come from, for messages
   */
  Utf8Reader(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  @Override
  public int read(char[] out, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    CharBuffer chars = CharBuffer.wrap(out, offset, length);
    int start = chars.position();
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, ended || zero >= 0);
      int produced = chars.position() - start;
      if (result.isError()) {
        int at = bytes.position();
        throw broken(at, "be UTF-8, which byte 0x%02X is not", bytes.get(at) & 0xff);
      }
      if (produced > 0 && !started) {
        started = true;
        if (out[offset] == '\uFEFF') {
          System.arraycopy(out, offset + 1, out, offset, produced - 1);
          chars.position(start + --produced);
        }
      }
      if (produced > 0) {
        return produced;
      }
      if (zero >= 0) {
        throw broken(zero, "be UTF-8 text, which character code %d is not", 0);
      }
      if (ended) {
        return -1;
      }
      refill();
    }
  }

  private void refill() throws IOException {
    countLines(bytes.position());
    bytes.compact();
    int from = bytes.position();
    try {
      int read = in.read(bytes.array(), from, bytes.remaining());
      if (read < 0) {
        ended = true;
      } else {
        bytes.position(from + read);
      }
    } catch (EOFException | ZipException e) {
      throw new DataFormatException(source, line, null, null, gzipRule(e), e);
    } finally {
      bytes.flip();
    }
    zero = firstZero(from, bytes.limit());
    if (zero >= 0) {
      bytes.limit(zero);
    }
  }

  /** Returns the rule that a broken gzip stream breaks. */
  static String gzipRule(IOException e) {
    String why = e.getMessage() == null ? "it ends early" : e.getMessage();
    return "be a whole gzip stream (" + why + ")";
  }

  private int firstZero(int from, int to) {
    byte[] array = bytes.array();
    int i = from;
    while (i <= to - Long.BYTES && zeros((long) EIGHT_BYTES.get(array, i)) == 0) {
      i += Long.BYTES;
    }
    while (i < to && array[i] != 0) {
      i++;
    }
    return i < to ? i : -1;
  }

  /**
   * Moves the line on by the ends in the first bytes of the buffer: line feeds, carriage returns,
   * and both as one.
   */
  private void countLines(int end) {
    byte[] array = bytes.array();
    int i = 0;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(array, i);
      long feeds = zeros(eight ^ ('\n' * ONES));
      long returns = zeros(eight ^ ('\r' * ONES));
      long feedsAfterReturns = feeds & ((returns << Byte.SIZE) | ((long) afterReturn << 7));
      line += Long.bitCount((feeds ^ feedsAfterReturns) | returns);
      afterReturn = (int) (returns >>> (Long.SIZE - 1));
    }
    for (; i < end; i++) {
      boolean isReturn = array[i] == '\r';
      line += isReturn || (array[i] == '\n' && afterReturn == 0) ? 1 : 0;
      afterReturn = isReturn ? 1 : 0;
    }
  }

  /** Returns the flags of the bytes that are 0. */
  private static long zeros(long eight) {
    return ~(((eight & ~FLAGS) + ~FLAGS) | eight | ~FLAGS);
  }

  private DataFormatException broken(int at, String rule, int code) {
    countLines(at);
    return new DataFormatException(
        source, line, null, null, String.format(Locale.ROOT, rule, code));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
