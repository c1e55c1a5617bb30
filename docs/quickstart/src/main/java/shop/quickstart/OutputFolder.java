package shop.quickstart;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a run's results. Everything is written to a folder beside the results first and
 * moved when the run has succeeded, so that a failed run leaves the results of the last one as they
 * were. Confined to one thread.
 */
final class OutputFolder implements AutoCloseable {

  private final Path folder;
  private final Path staging;

  /**
   * Makes the folder and, in it, a place for unfinished files.
   *
   * @throws UserError if that cannot be done
   */
  OutputFolder(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      this.staging = Files.createTempDirectory(folder, ".unfinished-");
    } catch (IOException e) {
      throw new UserError("-Dout must be a folder that can be written, got " + folder, e);
    }
  }

  /** Returns where to write a file until the run has succeeded. */
  Path unfinished(String name) {
    return staging.resolve(name);
  }

  /** Returns where a file will stand. */
  Path finished(String name) {
    return folder.resolve(name);
  }

  /** Moves every file to its place, each in one step where the file system can. */
  void publish() throws IOException {
    List<Path> files;
    try (Stream<Path> listing = Files.list(staging)) {
      files = listing.sorted().toList();
    }
    for (Path file : files) {
      Path target = finished(file.getFileName().toString());
      try {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> tree = Files.walk(staging)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
