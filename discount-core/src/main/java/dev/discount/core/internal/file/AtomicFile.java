package dev.discount.core.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file as a whole: a temporary file beside it is written, forced to disk and moved over
 * it. Stateless and safe for concurrent use.
 */
public final class AtomicFile {

  /** Writes a file's bytes. */
  @FunctionalInterface
  public interface Content<T> {
    /**
     * Writes all bytes.
     *
     * @param channel the empty file, positioned at its start
     * @return what {@link AtomicFile#write} returns
     * @throws IOException if they cannot be written; the old file then stands
     */
    T writeTo(FileChannel channel) throws IOException;
  }

  /** The number of abandoned temporary files beside one target before writing gives up. */
  private static final int MAX_TEMPORARIES = 100;

  private AtomicFile() {}

  /**
   * Writes a file, or leaves the old one as it was.
   *
   * @param path the file, replaced if it exists
   * @param content its bytes
   * @return what {@code content} returned
   * @throws UncheckedIOException if the file cannot be written; the old one then stands
   */
  public static <T> T write(Path path, Content<T> content) {
    Path target = path.toAbsolutePath();
    try {
      Path temporary = newTemporary(target);
      boolean moved = false;
      try {
        T result = writeForced(temporary, content);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        moved = true;
        forceFolder(target);
        return result;
      } finally {
        if (!moved) {
          Files.deleteIfExists(temporary);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  /**
   * Writes all remaining bytes.
   *
   * @param channel where they go
   * @param bytes the bytes; none remain
   * @throws IOException if they cannot be written
   */
  public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static <T> T writeForced(Path temporary, Content<T> content) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      T result = content.writeTo(channel);
      channel.force(true);
      return result;
    }
  }

  /** Creates an empty file beside the target, with the permissions of any new file. */
  private static Path newTemporary(Path target) throws IOException {
    for (int i = 0; ; i++) {
      Path candidate = target.resolveSibling("." + target.getFileName() + "." + i + ".tmp");
      try {
        return Files.createFile(candidate);
      } catch (FileAlreadyExistsException e) {
        if (i == MAX_TEMPORARIES) {
          throw e;
        }
      }
    }
  }

  /** Makes the move itself durable, where the system lets a folder be opened. */
  private static void forceFolder(Path target) {
    boolean interrupted = Thread.interrupted();
    try {
      while (!tryForceFolder(target)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns whether that was done or cannot be; false if an interrupt came in between. */
  private static boolean tryForceFolder(Path target) {
    try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    } catch (IOException e) {
      // Windows opens no folders; the file itself is forced and in place.
      return true;
    }
  }
}
