package dev.discount.policy.budget;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where a budget's journal cannot be written. What had been forced stands; what waits in
 * memory is kept and written when the writer runs again. A reservation or settlement that throws it
 * has changed nothing.
 */
public final class JournalWriteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why a journal cannot be written. */
  public enum Problem {
    /** The disk has no room. */
    DISK_FULL,
    /** The folder or its file system does not take files. */
    READ_ONLY,
    /** Another ledger, in this process or another, has the journal. */
    IN_USE,
    /** Entries wait for a writer, there is no more room for them, and nobody runs the writer. */
    NO_WRITER,
    /** The journal has been closed. */
    CLOSED,
    /** Anything else that the system reports; see the cause. */
    IO
  }

  private final Problem problem;

  JournalWriteException(Problem problem, Path path, @Nullable Throwable cause) {
    super("cannot write " + path + ": " + problem.name().toLowerCase(Locale.ROOT), cause);
    this.problem = problem;
  }

  /** Returns the exception for what a system call reported. */
  static JournalWriteException of(Path path, Exception cause) {
    return cause instanceof JournalWriteException known
        ? new JournalWriteException(known.problem, path, cause)
        : new JournalWriteException(problemOf(path, cause), path, cause);
  }

  private static Problem problemOf(Path path, Exception reported) {
    Throwable cause =
        reported instanceof UncheckedIOException && reported.getCause() != null
            ? reported.getCause()
            : reported;
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof ReadOnlyFileSystemException
        || cause instanceof AccessDeniedException
        || path.getFileSystem().isReadOnly()
        || message.contains("Read-only file system")) {
      return Problem.READ_ONLY;
    }
    return message.contains("No space left") || isFull(path) ? Problem.DISK_FULL : Problem.IO;
  }

  private static boolean isFull(Path path) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      return folder != null && Files.getFileStore(folder).getUsableSpace() == 0;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Returns why. */
  public Problem problem() {
    return problem;
  }
}
