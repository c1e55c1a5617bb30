package dev.discount.core.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file with any header and a checksum that is right, so that the checks behind the checksum can
 * be reached.
 */
record RawModelFile(byte[] bytes) {

  private static final String ZEROS = "0".repeat(Header.DIGITS);

  /** Returns a header of the format whose object goes on with some text after the metadata. */
  static String header(String version, String rest) {
    return Header.PREFIX + ZEROS + "\",\"format\":\"" + version + "\"}" + rest + "}";
  }

  static RawModelFile of(String header, byte[] data) {
    byte[] text = header.getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(Header.LENGTH_BYTES + text.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).put(data);
    int begin = Header.LENGTH_BYTES + Header.PREFIX.length();
    if (bytes.capacity() >= begin + Header.DIGITS) {
      bytes.put(begin, HexFormat.of().formatHex(digest(bytes.array())).getBytes(UTF_8));
    }
    return new RawModelFile(bytes.array());
  }

  void write(Path path) throws IOException {
    Files.write(path, bytes);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
