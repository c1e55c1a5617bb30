package dev.discount.policy.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of one segment, each checked before it is believed. Confined to one thread. */
final class BlockReader implements AutoCloseable {

  private static final int WINDOW_BYTES = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final Chain chain;
  private final @Nullable BlockSeal seal;
  private final SegmentHeader header;
  private final long fileLength;
  private byte[] block = new byte[1 << 17];
  private byte[] hash;
  private long offset;
  private long records;
  private int length;
  private boolean ended;

  /**
   * Opens a segment and reads its header.
   *
   * @param seal checks the seals of blocks, {@code null} to read without
   * @throws LogFormatException if the file is no segment
   */
  BlockReader(Path path, Chain chain, @Nullable BlockSeal seal) {
    this.path = path;
    this.chain = chain;
    this.seal = seal;
    FileChannel opened = null;
    try {
      opened = FileChannel.open(path, StandardOpenOption.READ);
      this.channel = opened;
      this.fileLength = opened.size();
      byte[] head = new byte[(int) Math.min(fileLength, SegmentHeader.BYTES)];
      read(head, 0, head.length, 0);
      this.header = SegmentHeader.read(path.toString(), head, chain);
    } catch (IOException e) {
      close(opened);
      throw new UncheckedIOException("cannot read " + path, e);
    } catch (RuntimeException e) {
      close(opened);
      throw e;
    }
    this.hash = header.hash();
    this.offset = SegmentHeader.BYTES;
    this.records = header.firstSequence();
  }

  SegmentHeader header() {
    return header;
  }

  String source() {
    return path.toString();
  }

  /** Returns the hash of the last block read. */
  byte[] hash() {
    return hash;
  }

  /** Returns the offset behind the last block read. */
  long offset() {
    return offset;
  }

  /** Returns the number of decisions before that offset, in the whole log. */
  long records() {
    return records;
  }

  /** Returns the bytes behind the last block read. */
  long rest() {
    return fileLength - offset;
  }

  byte[] block() {
    return block;
  }

  int length() {
    return length;
  }

  /** Returns whether the last block read said that it ends the segment. */
  boolean ended() {
    return ended;
  }

  /**
   * Reads the next block.
   *
   * @return whether there is one that holds its hash
   * @throws LogFormatException if there is one, but it does not follow the block before, or was not
   *     sealed by the key of the logs
   */
  boolean next() {
    long next = readBlockAt(offset);
    if (next < 0) {
      return false;
    }
    if (seal != null && !chain.isSealedBy(seal, block)) {
      throw new LogFormatException(source(), offset, "be a block sealed by the key of the logs");
    }
    if (!Block.follows(block, hash)
        || Block.first(block) != records
        || ended
        || Block.forced(block) > records) {
      throw new LogFormatException(source(), offset, "follow the block before it");
    }
    hash = Arrays.copyOfRange(block, Block.HASH_AT, Block.HEADER_BYTES);
    ended = Block.isEnd(block);
    records += Block.count(block);
    length = (int) next;
    offset += next;
    return true;
  }

  /** Reads all blocks that are left, each checked as {@link #next()} does. */
  void readToEnd() {
    boolean more = next();
    while (more) {
      more = next();
    }
  }

  /** Reads the block at an offset; returns its length, or -1 if it is none or its hash is wrong. */
  private long readBlockAt(long at) {
    long available = fileLength - at;
    if (available < Block.HEADER_BYTES) {
      return -1;
    }
    read(block, 0, Block.HEADER_BYTES, at);
    long size = Block.lengthAt(block, 0, available);
    if (size < 0 || Block.count(block) < 0) {
      return -1;
    }
    if (block.length < size) {
      block = Arrays.copyOf(block, (int) size);
    }
    read(block, Block.HEADER_BYTES, (int) size - Block.HEADER_BYTES, at + Block.HEADER_BYTES);
    return chain.holds(block, (int) size) ? size : -1;
  }

  /**
   * Checks that what follows the last good block is only what a dying writer leaves: bytes that
   * were never forced.
   *
   * @throws LogFormatException if the segment had ended, or a later block says that what is bad had
   *     been forced
   */
  void checkTorn() {
    if (rest() == 0) {
      return;
    }
    if (ended) {
      throw new LogFormatException(source(), offset, "be the end of the segment");
    }
    byte[] window = new byte[WINDOW_BYTES];
    int overlap = Integer.BYTES - 1;
    for (long at = offset + 1;
        at + Block.HEADER_BYTES <= fileLength;
        at += window.length - overlap) {
      int size = (int) Math.min(window.length, fileLength - at);
      read(window, 0, size, at);
      for (int i = 0; i + Integer.BYTES <= size; i++) {
        if (ByteSink.intAt(window, i) == Block.MAGIC) {
          checkNotForced(at + i);
        }
      }
    }
  }

  /**
   * Checks that what lies behind the offset is nothing that counts, where a following segment says
   * so.
   *
   * @throws LogFormatException if a block goes on there, or {@link #checkTorn} finds one
   */
  void checkLeft() {
    long size = readBlockAt(offset);
    if (size > 0 && Block.follows(block, hash)) {
      throw new LogFormatException(
          source(), offset, "end before a block that the next segment leaves out");
    }
    checkTorn();
  }

  private void checkNotForced(long at) {
    if (readBlockAt(at) > 0 && Block.forced(block) > records) {
      throw new LogFormatException(
          source(), offset, "hold the block that a later one says was forced");
    }
  }

  private void read(byte[] into, int from, int count, long at) {
    ByteBuffer bytes = ByteBuffer.wrap(into, from, count);
    try {
      long position = at;
      while (bytes.hasRemaining()) {
        int read = channel.read(bytes, position);
        if (read < 0) {
          throw new LogFormatException(source(), position, "not become shorter while it is read");
        }
        position += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        return; // Nothing was written through it.
      }
    }
  }
}
