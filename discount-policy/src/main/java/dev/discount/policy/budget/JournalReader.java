package dev.discount.policy.budget;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a journal, each block checked before it is believed. Confined to one thread. */
final class JournalReader implements AutoCloseable {

  /**
   * What a journal says.
   *
   * @param number the number of the file, each being written anew with the next
   * @param entries the number of entries that were read
   * @param goodBytes up to where the file counts
   * @param tornBytes the bytes behind that, which a dying writer had not forced
   */
  record Found(JournalState state, long number, long entries, long goodBytes, long tornBytes) {}

  private final Path path;
  private final FileChannel channel;
  private final long length;
  private final JournalBlock checker = new JournalBlock();
  private ByteBuffer block = JournalBlock.buffer(1 << 17);

  private JournalReader(Path path) {
    this.path = path;
    try {
      this.channel = FileChannel.open(path, StandardOpenOption.READ);
      this.length = channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /**
   * Reads a journal.
   *
   * @throws JournalFormatException if it is none, or was altered
   * @throws UncheckedIOException if it cannot be read
   */
  static Found read(Path path) {
    try (JournalReader reader = new JournalReader(path)) {
      return reader.readAll();
    }
  }

  private Found readAll() {
    ByteBuffer header = JournalBlock.buffer(JournalBlock.FILE_HEADER_BYTES);
    read(header, 0, (int) Math.min(length, header.capacity()));
    int sum = JournalBlock.readFileHeader(path.toString(), header);
    JournalState state = new JournalState();
    long offset = JournalBlock.FILE_HEADER_BYTES;
    long entries = 0;
    boolean snapshot = true;
    boolean ended = false;
    long size = blockAt(offset);
    while (size > 0 && !ended) {
      boolean follows =
          JournalBlock.previous(block) == sum
              && JournalBlock.first(block) == entries
              && JournalBlock.forced(block) <= offset
              && snapshot == ((JournalBlock.flags(block) & JournalBlock.SNAPSHOT) != 0);
      if (!follows) {
        throw new JournalFormatException(path.toString(), offset, "follow the block before it");
      }
      sum = JournalBlock.sum(block);
      snapshot &= (JournalBlock.flags(block) & JournalBlock.SNAPSHOT_END) == 0;
      ended = (JournalBlock.flags(block) & JournalBlock.END) != 0;
      entries += JournalBlock.apply(block, (int) size, state, path.toString(), offset);
      if ((JournalBlock.flags(block) & JournalBlock.SNAPSHOT_END) != 0) {
        state.checkSums();
      }
      offset += size;
      size = blockAt(offset);
    }
    if (snapshot || (ended && offset < length)) {
      String rule = snapshot ? "hold the snapshot's next block" : "be the end of the journal";
      throw new JournalFormatException(path.toString(), offset, rule);
    }
    checkTorn(offset);
    return new Found(state, JournalBlock.fileNumber(header), entries, offset, length - offset);
  }

  /** Reads the block at an offset; returns its length, or -1 if there is none that is whole. */
  private long blockAt(long offset) {
    long available = length - offset;
    if (available < JournalBlock.HEADER_BYTES) {
      return -1;
    }
    read(block, offset, JournalBlock.HEADER_BYTES);
    long size = JournalBlock.lengthAt(block, available);
    if (size < 0 || size > Integer.MAX_VALUE / 2) {
      return -1;
    }
    if (block.capacity() < size) {
      block = JournalBlock.buffer((int) size);
    }
    read(block, offset, (int) size);
    return checker.holds(block, (int) size) ? size : -1;
  }

  /**
   * Checks that what follows the last good block is only what a dying writer leaves: bytes that
   * were never forced.
   */
  private void checkTorn(long good) {
    for (long at = good + 1; at + JournalBlock.HEADER_BYTES <= length; at++) {
      if (startsBlock(at) && blockAt(at) > 0 && JournalBlock.forced(block) > good) {
        throw new JournalFormatException(
            path.toString(), good, "hold the block that a later one says was forced");
      }
    }
  }

  private ByteBuffer window = JournalBlock.buffer(1 << 16);
  private long windowAt = Long.MIN_VALUE;

  private boolean startsBlock(long at) {
    if (at < windowAt || at + Integer.BYTES > windowAt + window.limit()) {
      windowAt = at;
      read(window, at, (int) Math.min(window.capacity(), length - at));
    }
    return window.getInt((int) (at - windowAt)) == JournalBlock.MAGIC;
  }

  private void read(ByteBuffer into, long offset, int count) {
    into.clear().limit(count);
    try {
      long at = offset;
      while (into.hasRemaining()) {
        int got = channel.read(into, at);
        if (got < 0) {
          throw new JournalFormatException(
              path.toString(), at, "not become shorter while it is read");
        }
        at += got;
      }
      into.position(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  @Override
  public void close() {
    JournalFile.close(channel);
  }
}
