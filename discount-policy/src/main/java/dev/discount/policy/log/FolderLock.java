package dev.discount.policy.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a log's folder to one writer, in this process and among others. Safe for concurrent use.
 */
final class FolderLock implements AutoCloseable {

  private static final String NAME = "decisions.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a folder, and makes it if it is not there.
   *
   * @throws LogWriteException if it cannot be written or another log has it
   */
  static FolderLock of(Path folder) {
    FileChannel channel = null;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new FolderLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      release(channel);
      throw new LogWriteException(LogWriteException.Problem.IN_USE, folder, e);
    } catch (IOException | RuntimeException e) {
      release(channel);
      throw LogWriteException.of(folder, e);
    }
    release(channel);
    throw new LogWriteException(LogWriteException.Problem.IN_USE, folder, null);
  }

  @Override
  public void close() {
    release(channel);
  }

  private static void release(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        return; // The system lets go of the lock with the process.
      }
    }
  }
}
