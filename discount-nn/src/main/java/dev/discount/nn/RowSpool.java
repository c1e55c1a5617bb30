package dev.discount.nn;

import dev.discount.core.data.EncodedRows;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file of encoded rows, written once and then read by position; deleted when it is
 * closed. Confined to one thread.
 *
 * <p>A row is a record of 32-bit words, little-endian: the indexes of the embedded fields, the
 * block of numbers, level, depth, outcome and weight.
 */
final class RowSpool implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 18;
  private static final int LABEL_WORDS = 4;

  private final Path path;
  private final RandomAccessFile file;
  private final int rowBytes;
  private final ByteBuffer buffer;
  private int rows;

  /**
   * Creates an empty file.
   *
   * @param folder the folder, which must exist
   * @param name the beginning of the file's name
   * @param embeddedFields the indexes of a row
   * @param numberWidth the numbers of a row
   * @throws UncheckedIOException if that fails; no file is left
   */
  RowSpool(Path folder, String name, int embeddedFields, int numberWidth) {
    this.rowBytes = (embeddedFields + numberWidth + LABEL_WORDS) * Integer.BYTES;
    int records = Math.max(1, BUFFER_BYTES / rowBytes);
    this.buffer = ByteBuffer.allocate(records * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      this.path = Files.createTempFile(folder, name + "-", ".rows");
      this.file = opened(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  private static RandomAccessFile opened(Path path) throws IOException {
    try {
      return new RandomAccessFile(path.toFile(), "rw");
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Returns the number of rows. */
  int rows() {
    return rows;
  }

  /**
   * Appends a row.
   *
   * @param encoded holds its fields
   * @param row its index there
   * @param labels its level, depth and outcome
   * @param weight its weight
   */
  void add(EncodedRows encoded, int row, RowLabels labels, float weight) {
    if (!buffer.hasRemaining()) {
      flush();
    }
    for (int f = 0; f < encoded.embeddedFields(); f++) {
      buffer.putInt(encoded.indexes(f)[row]);
    }
    int width = encoded.numberWidth();
    float[] numbers = encoded.numbers();
    for (int j = 0; j < width; j++) {
      buffer.putFloat(numbers[row * width + j]);
    }
    buffer.putInt(labels.level());
    buffer.putFloat(labels.depth());
    buffer.putFloat(labels.outcome());
    buffer.putFloat(weight);
    rows = Math.incrementExact(rows);
  }

  /** Writes what is in memory; to be called between the last {@link #add} and the first reading. */
  void flush() {
    try {
      file.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  /**
   * Reads rows into columns.
   *
   * @param from the first row of the file
   * @param count the number of rows
   * @param out receives the rows
   * @param outFrom where the first goes
   */
  void readInto(int from, int count, TrainingData out, int outFrom) {
    int most = buffer.capacity() / rowBytes;
    for (int done = 0; done < count; ) {
      int run = Math.min(most, count - done);
      fill(from + done, run);
      for (int i = 0; i < run; i++) {
        take(out, outFrom + done + i);
      }
      done += run;
    }
  }

  private void take(TrainingData out, int row) {
    EncodedRows encoded = out.rows();
    for (int f = 0; f < encoded.embeddedFields(); f++) {
      encoded.indexes(f)[row] = buffer.getInt();
    }
    int width = encoded.numberWidth();
    float[] numbers = encoded.numbers();
    for (int j = 0; j < width; j++) {
      numbers[row * width + j] = buffer.getFloat();
    }
    out.levels()[row] = buffer.getInt();
    out.depths()[row] = buffer.getFloat();
    out.outcomes()[row] = buffer.getFloat();
    out.weights()[row] = buffer.getFloat();
  }

  /** Adds the number of rows and all rows to a hash. */
  void addTo(DataHash hash) {
    hash.add(rows);
    int most = buffer.capacity() / rowBytes;
    for (int from = 0; from < rows; ) {
      int run = Math.min(most, rows - from);
      fill(from, run);
      hash.add(buffer.array(), run * rowBytes);
      from += run;
    }
  }

  private void fill(int from, int count) {
    try {
      file.seek((long) from * rowBytes);
      file.readFully(buffer.array(), 0, count * rowBytes);
      buffer.position(0).limit(count * rowBytes);
    } catch (EOFException e) {
      throw new IllegalStateException(path + " must not change while a network is trained", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  @Override
  public void close() {
    try (file) {
      // Closed in any case; deleted after that.
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + path, e);
    } finally {
      delete();
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }
}
