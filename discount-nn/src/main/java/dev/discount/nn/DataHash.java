package dev.discount.nn;

import dev.discount.core.data.EncodedRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over columns of numbers, little-endian whatever the host. Confined to one thread. */
final class DataHash {

  private static final int CHUNK = 4096;

  private final MessageDigest digest;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  DataHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 must be there on every Java platform", e);
    }
  }

  /**
   * Returns the hash of all that is trained and validated on, in hexadecimal: for both parts the
   * number of rows and the rows, each in the form of {@link RowSpool}.
   *
   * @param data the log
   * @param train the rows to train on
   * @param validation the rows to validate on
   */
  static String of(TrainingData data, int[] train, int[] validation) {
    DataHash hash = new DataHash();
    EncodedRows rows = data.rows();
    for (int[] selection : new int[][] {train, validation}) {
      hash.add(selection.length);
      for (int row : selection) {
        for (int f = 0; f < rows.embeddedFields(); f++) {
          hash.add(rows.indexes(f)[row]);
        }
        for (int j = 0; j < rows.numberWidth(); j++) {
          hash.add(Float.floatToIntBits(rows.numbers()[row * rows.numberWidth() + j]));
        }
        hash.add(data.levels()[row]);
        hash.add(Float.floatToIntBits(data.depths()[row]));
        hash.add(Float.floatToIntBits(data.outcomes()[row]));
        hash.add(Float.floatToIntBits(data.weights()[row]));
      }
    }
    return hash.hex();
  }

  /** Adds a number. */
  void add(int value) {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.putInt(value);
  }

  /** Adds bytes. */
  void add(byte[] bytes, int count) {
    flush();
    digest.update(bytes, 0, count);
  }

  private void flush() {
    buffer.flip();
    digest.update(buffer);
    buffer.clear();
  }

  /** Returns the hash of what was added, in hexadecimal; may be called once. */
  String hex() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }
}
