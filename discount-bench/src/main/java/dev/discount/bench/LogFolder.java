package dev.discount.bench;

import dev.discount.policy.log.CustomerKeys;
import dev.discount.policy.log.DecisionLog;
import dev.discount.policy.log.DecisionLogConfig;
import dev.discount.policy.log.ForceRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A log in a folder of its own under the scoreboard's, with its writer; removed at the end. */
final class LogFolder implements AutoCloseable {

  private static final long SEGMENT_BYTES = 1L << 25;

  private final Path path;
  private final DecisionLog log;

  LogFolder(String name, CustomerKeys keys) {
    this.path = Path.of(System.getProperty("scoreboard.folder", "target")).resolve(name);
    delete();
    // Of whole blocks alone, forced by the system: a disk's force is the disk's figure.
    DecisionLogConfig config =
        DecisionLogConfig.ofDefaults()
            .withRingBytes(1 << 24)
            .withWriting(10, ForceRule.never())
            .withSegments(SEGMENT_BYTES, Long.MAX_VALUE)
            .withPersonalFields(Set.of("age"), 1 << 16);
    this.log = DecisionLog.open(path, config, keys);
    Thread writer = new Thread(log, "log-writer");
    writer.setDaemon(true);
    writer.start();
  }

  Path path() {
    return path;
  }

  DecisionLog log() {
    return log;
  }

  /** Waits until a number of records is written. */
  void awaitRecords(long records) {
    while (log.head().records() < records) {
      if (log.failure() != null) {
        throw new IllegalStateException("the log must be written", log.failure());
      }
      Thread.onSpinWait();
    }
  }

  /** Removes all segments but the last. */
  void deleteOld() {
    List<Path> files = files();
    for (Path file : files.subList(0, Math.max(0, files.size() - 1))) {
      remove(file);
    }
  }

  private static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> file.toString().endsWith(".dlog")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() {
    for (Path file : files()) {
      remove(file);
    }
  }

  @Override
  public void close() {
    log.close();
    delete();
  }
}
