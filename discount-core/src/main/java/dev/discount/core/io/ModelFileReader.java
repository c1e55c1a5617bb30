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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of one file, checked or being checked. Safe for concurrent use; opens the file
 * anew for each reading.
 */
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

  /** Reads something of a file. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private final Path path;
  private final FileHead head;

  /* The sums of the checked bytes; null while the check runs, when those of taken bytes are kept. */
  private volatile @Nullable Map<String, Long> checked;
  private final Map<String, Long> taken = new ConcurrentHashMap<>();

  private ModelFileReader(Path path, FileHead head) {
    this.path = path;
    this.head = head;
  }

  Path path() {
    return path;
  }

  /** Checks a whole file. */
  static ModelFile read(Path path) {
    ModelFileReader reader = opened(path);
    reader.settle(reader.check());
    return new ModelFile(reader, reader.head.header());
  }

  /** Checks a whole file while its content is taken; what is made of it counts only after both. */
  static <T> T load(Path path, Executor executor, Function<ModelFile, T> content) {
    ModelFileReader reader = opened(path);
    FutureTask<Map<String, Long>> check = new FutureTask<>(reader::check);
    executor.execute(check);
    T made;
    try {
      made = content.apply(new ModelFile(reader, reader.head.header()));
    } catch (RuntimeException | Error e) {
      reader.awaitAfter(check, e);
      throw e;
    }
    reader.settle(reader.await(check));
    return made;
  }

  private static ModelFileReader opened(Path path) {
    return inFile(
        path,
        () -> {
          try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            return new ModelFileReader(path, FileHead.read(channel));
          }
        });
  }

  /** Reads all bytes and returns the sum of each tensor's. */
  private Map<String, Long> check() {
    return inFile(
        path,
        () -> {
          MessageDigest digest = head.newDigest();
          ByteBuffer buffer = newBuffer();
          Map<String, Long> crcs = new HashMap<>();
          try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            channel.position(head.dataBegin());
            for (Tensor tensor : head.header().tensors()) {
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
          }
          head.requireSum(HexFormat.of().formatHex(digest.digest()));
          return crcs;
        });
  }

  private static <T> T inFile(Path path, Reading<T> reading) {
    try {
      return reading.read();
    } catch (ModelFormatException e) {
      throw new ModelFormatException(path + ": " + e.getMessage(), e);
    } catch (EOFException e) {
      throw new ModelFormatException(path + " must not shrink while it is read", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** Compares what was taken so far with what was checked, and from here on all that is taken. */
  private void settle(Map<String, Long> crcs) {
    checked = crcs;
    taken.forEach(
        (name, crc) -> {
          if (!crc.equals(crcs.get(name))) {
            throw changed(name);
          }
        });
  }

  /**
   * Lets the check's findings, which say what is wrong with the bytes, go before what they led to.
   */
  private void awaitAfter(FutureTask<Map<String, Long>> check, Throwable thrown) {
    try {
      settle(await(check));
    } catch (ModelFormatException wrongBytes) {
      wrongBytes.addSuppressed(thrown);
      throw wrongBytes;
    } catch (RuntimeException e) {
      thrown.addSuppressed(e);
    }
  }

  /** Returns a check's findings; runs it here unless the executor has begun it. */
  private Map<String, Long> await(FutureTask<Map<String, Long>> check) {
    boolean interrupted = false;
    check.run();
    try {
      while (true) {
        try {
          return check.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          checked = Map.of();
          if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
          }
          throw new IllegalStateException("the check of " + path + " must end", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
      channel.position(head.dataBegin() + tensor.begin());
      stream(
          channel,
          tensor,
          newBuffer(),
          (from, count, bytes) -> {
            crc.update(bytes.duplicate());
            take.accept(from, count, bytes);
          });
    } catch (EOFException e) {
      throw changed(tensor.name());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    Long sum = crc.getValue();
    Long before = taken.putIfAbsent(tensor.name(), sum);
    Map<String, Long> sums = checked;
    boolean same =
        sums == null ? before == null || before.equals(sum) : sum.equals(sums.get(tensor.name()));
    if (!same) {
      throw changed(tensor.name());
    }
  }

  private ModelFormatException changed(String name) {
    return new ModelFormatException(
        path + " must not change while it is read, got other bytes for " + name);
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

  static void readFully(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    buffer.flip();
  }
}
