package dev.discount.core.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/** Reads the bytes of one checked file. Immutable; opens the file anew for each reading. */
final class ModelFileReader {

  /** The bytes held at a time, a multiple of every element's width. */
  static final int BUFFER_BYTES = 1 << 16;

  /** Takes a run of a tensor's elements out of a little-endian buffer. */
  @FunctionalInterface
  interface Take {
    /**
     * Takes a run.
     *
     * @param from the first element
     * @param count the number of elements
     * @param bytes the elements, from the buffer's position to its limit
     */
    void accept(long from, int count, ByteBuffer bytes);
  }

  private final Path path;
  private final long dataBegin;
  private final Map<String, Long> crcs;

  private ModelFileReader(Path path, long dataBegin, Map<String, Long> crcs) {
    this.path = path;
    this.dataBegin = dataBegin;
    this.crcs = crcs;
  }

  Path path() {
    return path;
  }

  /** Checks a whole file. */
  static ModelFile read(Path path) {
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      return read(path, channel);
    } catch (ModelFormatException e) {
      throw new ModelFormatException(path + ": " + e.getMessage(), e);
    } catch (EOFException e) {
      throw new ModelFormatException(path + " must not shrink while it is read", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static ModelFile read(Path path, SeekableByteChannel channel) throws IOException {
    MessageDigest digest = ModelFileWriter.newDigest();
    long size = channel.size();
    byte[] headerBytes = readHeader(channel, size, digest);
    long dataBegin = Header.LENGTH_BYTES + (long) headerBytes.length;
    Header header = Header.parse(headerBytes, size - dataBegin);
    ByteBuffer buffer = newBuffer();
    Map<String, Long> crcs = new HashMap<>();
    for (Tensor tensor : header.tensors()) {
      CRC32C crc = new CRC32C();
      stream(
          channel,
          tensor,
          buffer,
          (from, count, bytes) -> {
            digest.update(bytes.duplicate());
            crc.update(bytes);
          });
      crcs.put(tensor.name(), crc.getValue());
    }
    checkSum(header, HexFormat.of().formatHex(digest.digest()));
    return new ModelFile(new ModelFileReader(path, dataBegin, crcs), header);
  }

  private static byte[] readHeader(SeekableByteChannel channel, long size, MessageDigest digest)
      throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Header.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (size < length.capacity()) {
      throw new ModelFormatException("length must be >= " + length.capacity() + ", got " + size);
    }
    readFully(channel, length);
    long headerBytes = length.getLong(0);
    long limit = Math.min(Header.MAX_BYTES, size - length.capacity());
    if (headerBytes < 0 || headerBytes > limit) {
      throw new ModelFormatException(
          "header length must be in [0, " + limit + "], got " + Long.toUnsignedString(headerBytes));
    }
    ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
    readFully(channel, header);
    digest.update(length);
    updateZeroed(digest, header.array());
    return header.array();
  }

  /** Digests a header as it was before the digits of its checksum were put in. */
  private static void updateZeroed(MessageDigest digest, byte[] header) {
    int begin = Math.min(Header.PREFIX.length(), header.length);
    int end = Math.min(begin + Header.DIGITS, header.length);
    digest.update(header, 0, begin);
    for (int i = begin; i < end; i++) {
      digest.update((byte) '0');
    }
    digest.update(header, end, header.length - end);
  }

  private static void checkSum(Header header, String actual) {
    String stated = header.checksum();
    if (!actual.equals(stated)) {
      throw new ModelFormatException("sha256 must be " + actual + ", got " + stated);
    }
    String version = header.metadata().get(ModelFile.FORMAT);
    if (!ModelFile.FORMAT_VERSION.equals(version)) {
      throw new ModelFormatException(
          "format must be " + ModelFile.FORMAT_VERSION + ", got " + version);
    }
  }

  /**
   * Reads a tensor and compares its bytes with those that were checked.
   *
   * @throws ModelFormatException if they differ
   */
  void take(Tensor tensor, Take take) {
    CRC32C crc = new CRC32C();
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      channel.position(dataBegin + tensor.begin());
      stream(
          channel,
          tensor,
          newBuffer(),
          (from, count, bytes) -> {
            crc.update(bytes.duplicate());
            take.accept(from, count, bytes);
          });
    } catch (EOFException e) {
      throw changed(tensor);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    if (!Objects.equals(crcs.get(tensor.name()), crc.getValue())) {
      throw changed(tensor);
    }
  }

  private ModelFormatException changed(Tensor tensor) {
    return new ModelFormatException(
        path + " must not change while it is read, got other bytes for " + tensor.name());
  }

  private static void stream(
      SeekableByteChannel channel, Tensor tensor, ByteBuffer buffer, Take take) throws IOException {
    int width = tensor.type().bytes;
    long count = tensor.count();
    for (long from = 0; from < count; ) {
      int run = (int) Math.min(buffer.capacity() / width, count - from);
      buffer.clear().limit(run * width);
      readFully(channel, buffer);
      take.accept(from, run, buffer);
      from += run;
    }
  }

  private static ByteBuffer newBuffer() {
    return ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void readFully(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    buffer.flip();
  }
}
