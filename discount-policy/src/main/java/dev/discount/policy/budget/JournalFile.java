package dev.discount.policy.budget;

import dev.discount.core.internal.file.AtomicFile;
import dev.discount.core.internal.file.LockedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The file of a journal. Not final, so that tests can let a disk fail. Confined to one thread. */
class JournalFile {

  private final Path path;

  JournalFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  Path path() {
    return path;
  }

  /**
   * Takes the journal for this process, and removes what processes that died left beside it.
   *
   * @throws JournalWriteException if it cannot be taken
   */
  LockedFile lock() {
    LockedFile lock;
    try {
      Path beside = path.resolveSibling(path.getFileName() + ".lock");
      lock = LockedFile.tryOpen(beside, StandardOpenOption.WRITE);
    } catch (IOException | RuntimeException e) {
      throw JournalWriteException.of(path, e);
    }
    if (lock == null) {
      throw new JournalWriteException(JournalWriteException.Problem.IN_USE, path, null);
    }
    try {
      removeTemporaries();
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw JournalWriteException.of(path, e);
    }
  }

  private void removeTemporaries() throws IOException {
    String prefix = "." + path.getFileName() + ".";
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(
            path.resolveSibling("."),
            file -> {
              String name = String.valueOf(file.getFileName());
              return name.startsWith(prefix)
                  && name.substring(prefix.length()).matches("[0-9]+\\.tmp");
            })) {
      for (Path file : beside) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Replaces the file by one with other bytes, forced, or leaves it as it was. */
  void replace(AtomicFile.Content<Long> content) {
    AtomicFile.write(path, content);
  }

  FileChannel openToWrite() throws IOException {
    return FileChannel.open(path, StandardOpenOption.WRITE);
  }

  /** Writes all bytes at an offset. */
  void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  void force(FileChannel channel) throws IOException {
    channel.force(false);
  }

  /** Closes a channel through which nothing waits to be written. */
  static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        return; // The system lets go of it with the process.
      }
    }
  }
}
