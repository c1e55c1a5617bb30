package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class Utf8ReaderPropertyTest {

  private static final List<String> PIECES =
      List.of("\n", "\r", "\r\n", "x", "\u0109", "\u090a\u0d0d", "\ud83d\ude00", "abcdefg");

  @Property(tries = 500)
  void whatIsReadIsWhatWasWritten(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 40) int most)
      throws IOException {
    assertEquals(text, read(text.getBytes(StandardCharsets.UTF_8), most));
  }

  @Property(tries = 2_000)
  void aBrokenByteIsReportedWithItsLine(
      @ForAll("texts") String before,
      @ForAll("texts") String after,
      @ForAll boolean zero,
      @ForAll @IntRange(min = 1, max = 40) int most) {
    byte[] start = before.getBytes(StandardCharsets.UTF_8);
    byte[] end = after.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[start.length + 1 + end.length];
    System.arraycopy(start, 0, bytes, 0, start.length);
    bytes[start.length] = (byte) (zero ? 0 : 0xff);
    System.arraycopy(end, 0, bytes, start.length + 1, end.length);

    DataFormatException thrown = assertThrows(DataFormatException.class, () -> read(bytes, most));

    long lines = before.replace("\r\n", "\n").chars().filter(c -> c == '\n' || c == '\r').count();
    assertEquals(lines + 1, thrown.line());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
  }

  /** Reads bytes that arrive a few at a time. */
  private static String read(byte[] bytes, int most) throws IOException {
    StringWriter out = new StringWriter();
    try (Reader reader = new Utf8Reader(new Drip(bytes, most), "bytes")) {
      reader.transferTo(out);
    }
    return out.toString();
  }

  /** A stream that gives a few bytes at a time. */
  private static final class Drip extends InputStream {

    private final ByteArrayInputStream in;
    private final int most;

    Drip(byte[] bytes, int most) {
      this.in = new ByteArrayInputStream(bytes);
      this.most = most;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] out, int offset, int length) {
      return in.read(out, offset, Math.min(most, length));
    }
  }
}
