package dev.discount.core.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.discount.core.internal.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays out tensors and writes them as one file. Confined to one thread. */
final class ModelFileWriter {

  /** Puts a run of a tensor's elements into a little-endian buffer. */
  @FunctionalInterface
  interface Fill {
    /**
     * Puts a run.
     *
     * @param from the first element
     * @param count the number of elements
     * @param out where they go, from the buffer's position on; the position need not be moved
     */
    void accept(long from, int count, ByteBuffer out);
  }

  /**
   * A tensor to be written.
   *
   * @param name its name
   * @param type the type of its elements
   * @param shape its extents
   * @param count the product of its extents
   * @param fill its elements
   */
  record Content(String name, Tensor.Type type, List<Long> shape, long count, Fill fill) {

    Content {
      checkText("name", name);
      if (name.isBlank() || name.equals(Header.METADATA)) {
        throw new IllegalArgumentException(
            "name must not be blank or __metadata__, got \"" + name + "\"");
      }
    }
  }

  private final List<Content> contents;
  private final byte[] header;

  /**
   * Lays out the file.
   *
   * @throws IllegalArgumentException if the header or the data exceed what the format can hold
   */
  ModelFileWriter(Map<String, String> metadata, Collection<Content> unordered) {
    contents = new ArrayList<>(unordered);
    contents.sort(
        Comparator.comparing(Content::type).thenComparing(Content::name, Header.BY_CODE_POINT));
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(ModelFile.CHECKSUM, "0".repeat(Header.DIGITS));
    entries.put(ModelFile.FORMAT, ModelFile.FORMAT_VERSION);
    entries.putAll(metadata);
    List<Tensor> tensors = new ArrayList<>();
    long begin = 0;
    for (Content content : contents) {
      long end = Math.addExact(begin, content.count() * content.type().bytes);
      tensors.add(new Tensor(content.name(), content.type(), content.shape(), begin, end));
      begin = end;
    }
    header = new Header(entries, tensors).bytes();
    if (header.length > Header.MAX_BYTES) {
      throw new IllegalArgumentException(
          "metadata and names must fit a header of "
              + Header.MAX_BYTES
              + " bytes, got "
              + header.length
              + "; put large content into tensors");
    }
  }

  /** Checks an entry of the metadata. */
  static void checkEntry(String key, String value) {
    checkText("key", key);
    if (key.isBlank() || key.equals(ModelFile.CHECKSUM) || key.equals(ModelFile.FORMAT)) {
      throw new IllegalArgumentException(
          "key must not be blank, sha256 or format, got \"" + key + "\"");
    }
    checkText("value of " + key, value);
  }

  private static void checkText(String what, String text) {
    if (!Header.wellFormed(text)) {
      throw new IllegalArgumentException(what + " must be well-formed text");
    }
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must provide SHA-256", e);
    }
  }

  String sha256() {
    try {
      return stream(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String write(Path path) {
    return AtomicFile.write(
        path,
        channel -> {
          String checksum = stream(channel);
          channel.position(Header.LENGTH_BYTES + Header.PREFIX.length());
          AtomicFile.writeFully(channel, ByteBuffer.wrap(checksum.getBytes(US_ASCII)));
          return checksum;
        });
  }

  /** Writes all bytes with a zeroed checksum, if there is a channel, and returns the checksum. */
  private String stream(@Nullable SeekableByteChannel channel) throws IOException {
    MessageDigest digest = newDigest();
    ByteBuffer buffer =
        ByteBuffer.allocate(ModelFileReader.BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(header.length).flip();
    put(buffer, digest, channel);
    put(ByteBuffer.wrap(header), digest, channel);
    for (Content content : contents) {
      int width = content.type().bytes;
      for (long from = 0; from < content.count(); ) {
        int run = (int) Math.min(buffer.capacity() / width, content.count() - from);
        content.fill().accept(from, run, buffer.clear());
        put(buffer.clear().limit(run * width), digest, channel);
        from += run;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void put(
      ByteBuffer bytes, MessageDigest digest, @Nullable SeekableByteChannel channel)
      throws IOException {
    digest.update(bytes.duplicate());
    if (channel != null) {
      AtomicFile.writeFully(channel, bytes);
    }
  }
}
