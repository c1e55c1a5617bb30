package dev.discount.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;

/** What stands before a file's tensors: its bytes, and what they say. Immutable. */
final class FileHead {

  private final byte[] bytes;
  private final Header header;

  private FileHead(byte[] bytes, Header header) {
    this.bytes = bytes;
    this.header = header;
  }

  /**
   * Reads a head from the start of a file. Only the place of every tensor is checked: nothing else
   * may be believed before {@link #requireSum}.
   *
   * @throws ModelFormatException if there is none, or its tensors do not fill the file
   */
  static FileHead read(SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer length = ByteBuffer.allocate(Header.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (size < length.capacity()) {
      throw new ModelFormatException("length must be >= " + length.capacity() + ", got " + size);
    }
    ModelFileReader.readFully(channel, length);
    long headerBytes = length.getLong(0);
    long limit = Math.min(Header.MAX_BYTES, size - length.capacity());
    if (headerBytes < 0 || headerBytes > limit) {
      throw new ModelFormatException(
          "header length must be in [0, " + limit + "], got " + Long.toUnsignedString(headerBytes));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) headerBytes);
    ModelFileReader.readFully(channel, bytes);
    long dataBytes = size - Header.LENGTH_BYTES - headerBytes;
    return new FileHead(bytes.array(), Header.parse(bytes.array(), dataBytes));
  }

  Header header() {
    return header;
  }

  /** Returns the place of the first tensor's first byte in the file. */
  long dataBegin() {
    return Header.LENGTH_BYTES + (long) bytes.length;
  }

  /** Returns a digest of the head as it was before the checksum's digits were put in. */
  MessageDigest newDigest() {
    MessageDigest digest = ModelFileWriter.newDigest();
    ByteBuffer length = ByteBuffer.allocate(Header.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    digest.update(length.putLong(bytes.length).flip());
    int begin = Math.min(Header.PREFIX.length(), bytes.length);
    int end = Math.min(begin + Header.DIGITS, bytes.length);
    digest.update(bytes, 0, begin);
    for (int i = begin; i < end; i++) {
      digest.update((byte) '0');
    }
    digest.update(bytes, end, bytes.length - end);
    return digest;
  }

  /**
   * Checks the whole file's sum, then the version of its format.
   *
   * @param sum the checksum of the file's bytes
   * @throws ModelFormatException if the head states another sum, or the version is not known
   */
  void requireSum(String sum) {
    String stated = header.checksum();
    if (!sum.equals(stated)) {
      throw new ModelFormatException("sha256 must be " + sum + ", got " + stated);
    }
    String version = header.metadata().get(ModelFile.FORMAT);
    if (!ModelFile.FORMAT_VERSION.equals(version)) {
      throw new ModelFormatException(
          "format must be " + ModelFile.FORMAT_VERSION + ", got " + version);
    }
  }
}
