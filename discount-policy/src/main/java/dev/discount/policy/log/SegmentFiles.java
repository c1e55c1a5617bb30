package dev.discount.policy.log;

import dev.discount.core.internal.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a log in its folder, by number. Not final, so that tests can let a disk fail.
 * Confined to one thread.
 */
class SegmentFiles {

  private static final Pattern NAME = Pattern.compile("decisions-([0-9]{12})\\.dlog");

  private final Path folder;

  SegmentFiles(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Path path(long number) {
    return folder.resolve(String.format(Locale.ROOT, "decisions-%012d.dlog", number));
  }

  /** Returns the segments there are, in order. */
  NavigableMap<Long, Path> list() {
    NavigableMap<Long, Path> segments = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> add(file, segments));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return segments;
  }

  private static void add(Path file, Map<Long, Path> segments) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    if (name.matches()) {
      segments.put(Long.parseLong(name.group(1)), file);
    }
  }

  /** Makes a segment that has its header, or nothing. */
  void create(long number, byte[] header) {
    AtomicFile.write(
        path(number),
        channel -> {
          AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
          return number;
        });
  }

  FileChannel openToWrite(long number) throws IOException {
    return FileChannel.open(path(number), StandardOpenOption.WRITE);
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
}
