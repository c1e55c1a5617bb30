package dev.discount.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
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
  private boolean afterReturn;
  private long line = 1;

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
      CoderResult result = decoder.decode(bytes, chars, ended);
      int produced = chars.position() - start;
      inspect(out, offset, produced);
      if (result.isError()) {
        throw broken("be UTF-8, which byte 0x%02X is not", bytes.get(bytes.position()) & 0xff);
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
      if (ended) {
        return -1;
      }
      refill();
    }
  }

  private void refill() throws IOException {
    bytes.compact();
    try {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      if (read < 0) {
        ended = true;
      } else {
        bytes.position(bytes.position() + read);
      }
    } catch (EOFException | ZipException e) {
      throw new DataFormatException(source, line, null, null, gzipRule(e), e);
    } finally {
      bytes.flip();
    }
  }

  /** Returns the rule that a broken gzip stream breaks. */
  static String gzipRule(IOException e) {
    String why = e.getMessage() == null ? "it ends early" : e.getMessage();
    return "be a whole gzip stream (" + why + ")";
  }

  private void inspect(char[] chars, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      char c = chars[i];
      if (c == '\n') {
        line += afterReturn ? 0 : 1;
      } else if (c == '\r') {
        line++;
      } else if (c == '\0') {
        throw broken("be UTF-8 text, which character code %d is not", 0);
      }
      afterReturn = c == '\r';
    }
  }

  private DataFormatException broken(String rule, int code) {
    return new DataFormatException(
        source, line, null, null, String.format(Locale.ROOT, rule, code));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
