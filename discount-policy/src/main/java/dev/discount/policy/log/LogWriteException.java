package dev.discount.policy.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where a log cannot be written. What had been forced stands; what waits in memory is kept
 * and written when the writer runs again.
 */
public final class LogWriteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why a log cannot be written. */
  public enum Problem {
    /** The disk has no room. */
    DISK_FULL,
    /** The folder or its file system does not take files. */
    READ_ONLY,
    /** Another log, in this process or another, has the folder. */
    IN_USE,
    /** Anything else that the system reports; see the cause. */
    IO
  }

  private final Problem problem;

  LogWriteException(Problem problem, Path path, @Nullable Throwable cause) {
    super("cannot write " + path + ": " + problem.name().toLowerCase(Locale.ROOT), cause);
    this.problem = problem;
  }

  /** Returns the exception for what a system call reported. */
  static LogWriteException of(Path path, Exception cause) {
    return new LogWriteException(problemOf(path, cause), path, cause);
  }

  private static Problem problemOf(Path path, Exception reported) {
    Throwable cause =
        reported instanceof UncheckedIOException && reported.getCause() != null
            ? reported.getCause()
            : reported;
    if (cause instanceof ReadOnlyFileSystemException || cause instanceof AccessDeniedException) {
      return Problem.READ_ONLY;
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("Read-only file system")) {
      return Problem.READ_ONLY;
    }
    return message.contains("No space left") || usableBytes(path) == 0
        ? Problem.DISK_FULL
        : Problem.IO;
  }

  /** Returns the room on a path's disk, -1 if it is not known. */
  private static long usableBytes(Path path) {
    try {
      FileStore store = Files.getFileStore(path);
      return store.getUsableSpace();
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }

  /** Returns why. */
  public Problem problem() {
    return problem;
  }
}
