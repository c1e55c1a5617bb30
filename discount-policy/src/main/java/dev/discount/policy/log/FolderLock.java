package dev.discount.policy.log;

import dev.discount.core.internal.file.LockedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a log's folder to one writer, in this process and among others. Safe for concurrent use.
 */
final class FolderLock implements AutoCloseable {

  private static final String NAME = "decisions.lock";

  private final LockedFile file;

  private FolderLock(LockedFile file) {
    this.file = file;
  }

  /**
   * Takes a folder, and makes it if it is not there.
   *
   * @throws LogWriteException if it cannot be written or another log has it
   */
  static FolderLock of(Path folder) {
    LockedFile file;
    try {
      Files.createDirectories(folder);
      file = LockedFile.tryOpen(folder.resolve(NAME), StandardOpenOption.WRITE);
    } catch (IOException | RuntimeException e) {
      throw LogWriteException.of(folder, e);
    }
    if (file == null) {
      throw new LogWriteException(LogWriteException.Problem.IN_USE, folder, null);
    }
    return new FolderLock(file);
  }

  @Override
  public void close() {
    file.close();
  }
}
