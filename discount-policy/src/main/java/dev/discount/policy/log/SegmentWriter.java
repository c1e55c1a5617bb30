package dev.discount.policy.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.SecureRandom;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gathers entries into blocks, chains them and writes them into segments. Every step can be called
 * again after it has thrown: what was to be written is still there and goes to the same place.
 * Confined to one thread.
 */
final class SegmentWriter {

  /** A block is written once its payload has so many bytes. */
  private static final int BLOCK_BYTES = 1 << 16;

  /** A record begins at most one key stream of a salt, and their numbers have 32 bits. */
  private static final long MAX_RECORDS = 1L << 31;

  private final SegmentFiles files;
  private final DecisionLogConfig config;
  private final CustomerKeys keys;
  private final SecureRandom random;
  private final byte[] logId;
  private final Chain chain = new Chain();
  private final BlockSeal seal;
  private final ByteSink block = new ByteSink(BLOCK_BYTES + (BLOCK_BYTES >> 1));
  private final BitSet setups = new BitSet();
  private final byte[] previousHash = new byte[Chain.HASH_BYTES];

  private @Nullable FileChannel channel;
  private long number;
  private long position;
  private long salt;
  private long saltUpTo;
  private long firstOfSegment;
  private long createdMillis;
  private long records;
  private long forcedRecords;
  private int inBlock;
  private long blockSinceMillis;
  private long unforcedSinceMillis;
  private boolean sealed;
  private boolean unforced;
  private boolean foundUnforced;
  private boolean ended;
  private volatile LogHead head;
  private final AtomicLong bytesWritten = new AtomicLong();

  /**
   * Begins after what a log holds.
   *
   * @param last the end of what is there
   */
  SegmentWriter(
      SegmentFiles files,
      DecisionLogConfig config,
      CustomerKeys keys,
      SecureRandom random,
      LogTail last) {
    this.files = files;
    this.config = config;
    this.keys = keys;
    this.seal = new BlockSeal(keys.logKey());
    this.random = random;
    this.logId = last.logId();
    this.number = last.segment();
    this.position = last.length();
    this.records = last.records();
    this.forcedRecords = last.records();
    System.arraycopy(last.hash(), 0, previousHash, 0, Chain.HASH_BYTES);
    this.head = LogHead.of(number, position, records, previousHash);
    this.ended = true;
    this.foundUnforced = last.segment() > 0 && !last.ended();
    this.saltUpTo = records;
    clearBlock();
  }

  /** Begins the next segment; the one before has ended or was left by a writer that died. */
  private void begin() {
    forceFound();
    if (saltUpTo - records < MAX_RECORDS) {
      salt = random.nextLong();
      saltUpTo = records + 2 * MAX_RECORDS;
    }
    long now = config.clock().millis();
    SegmentHeader header =
        new SegmentHeader(
            logId, number + 1, records, now, salt, position, previousHash.clone(), new byte[0]);
    byte[] bytes = SegmentHeader.write(header, chain);
    try {
      files.create(number + 1, bytes);
    } catch (RuntimeException e) {
      throw LogWriteException.of(files.folder(), e);
    }
    number++;
    position = bytes.length;
    createdMillis = now;
    firstOfSegment = records;
    System.arraycopy(bytes, bytes.length - Chain.HASH_BYTES, previousHash, 0, Chain.HASH_BYTES);
    setups.clear();
    ended = false;
    bytesWritten.lazySet(bytesWritten.getPlain() + bytes.length);
    head = LogHead.of(number, position, records, previousHash);
  }

  /**
   * Makes durable what a writer that died had left: the next segment's header names it, and may
   * reach the disk before it.
   */
  private void forceFound() {
    if (foundUnforced) {
      try (FileChannel found = files.openToWrite(number)) {
        files.force(found);
      } catch (IOException e) {
        throw LogWriteException.of(files.path(number), e);
      }
      foundUnforced = false;
    }
  }

  /** Makes sure that there is a segment and that a record may be added to the block. */
  void prepare() {
    if (sealed || block.size() - Block.HEADER_BYTES >= BLOCK_BYTES) {
      writeBlock();
    }
    boolean full = position >= config.segmentBytes() || nextInSegment() >= MAX_RECORDS;
    if (!ended && full && !hasBlock()) {
      end();
    }
    if (ended) {
      force();
      close();
      begin();
    }
  }

  /** Returns where entries are put, one behind the other, after {@link #prepare}. */
  ByteSink block() {
    return block;
  }

  /** Returns the salt of the segment's key streams. */
  long salt() {
    return salt;
  }

  /** Returns the number that the next record has in its segment, the first being 0. */
  long nextInSegment() {
    return records + inBlock - firstOfSegment;
  }

  /** Returns whether the segment knows a setup already. */
  boolean knows(int setup) {
    return setups.get(setup);
  }

  void knowsNow(int setup) {
    setups.set(setup);
  }

  /** Counts a record that was put into the block. */
  void added() {
    if (inBlock == 0) {
      blockSinceMillis = config.clock().millis();
    }
    inBlock++;
  }

  /** Writes, forces and begins anew what has become due. */
  void tick() {
    long now = config.clock().millis();
    if (hasBlock() && Math.abs(now - blockSinceMillis) >= config.blockMillis()) {
      writeBlock();
    }
    if (unforced && Math.abs(now - unforcedSinceMillis) >= config.force().afterMillis()) {
      force();
    }
    boolean old = Math.abs(now - createdMillis) >= config.segmentMillis();
    if (!ended && old && records + inBlock > firstOfSegment) {
      end();
    }
  }

  private boolean hasBlock() {
    return sealed || block.size() > Block.HEADER_BYTES;
  }

  /** Writes the block that is being filled, if there is one. */
  void writeBlock() {
    if (hasBlock()) {
      write(0);
      if (config.force().afterMillis() == 0) {
        force();
      }
    }
  }

  private void write(int flags) {
    if (!sealed) {
      seal(flags);
    }
    int length = block.size();
    try {
      files.write(open(), ByteBuffer.wrap(block.bytes(), 0, length), position);
    } catch (IOException e) {
      throw LogWriteException.of(files.path(number), e);
    }
    position += length;
    records += inBlock;
    System.arraycopy(block.bytes(), Block.HASH_AT, previousHash, 0, Chain.HASH_BYTES);
    if (!unforced) {
      unforced = true;
      unforcedSinceMillis = config.clock().millis();
    }
    ended = Block.isEnd(block.bytes());
    clearBlock();
    bytesWritten.lazySet(bytesWritten.getPlain() + length);
    head = LogHead.of(number, position, records, previousHash);
  }

  private void seal(int flags) {
    byte[] bytes = block.bytes();
    block.setInt(0, Block.MAGIC);
    block.setInt(Block.FLAGS_AT, flags);
    block.setInt(Block.PAYLOAD_AT, block.size() - Block.HEADER_BYTES);
    block.setInt(Block.COUNT_AT, inBlock);
    ByteSink.longTo(bytes, Block.FIRST_AT, records);
    ByteSink.longTo(bytes, Block.FORCED_AT, forcedRecords);
    System.arraycopy(previousHash, 0, bytes, Block.PREVIOUS_AT, Chain.HASH_BYTES);
    chain.closeBlock(bytes, block.size(), seal);
    sealed = true;
  }

  private void clearBlock() {
    block.clear();
    block.size(Block.HEADER_BYTES);
    inBlock = 0;
    sealed = false;
  }

  /** Makes everything that was written durable. */
  void force() {
    if (!unforced) {
      return;
    }
    keys.force();
    try {
      files.force(open());
    } catch (IOException e) {
      throw LogWriteException.of(files.path(number), e);
    }
    forcedRecords = records;
    unforced = false;
  }

  /** Writes and forces what there is, says that the segment ends here, and closes it. */
  void end() {
    if (!ended) {
      writeBlock();
    }
    if (!ended) {
      force();
      write(Block.END_OF_SEGMENT);
    }
    force();
    close();
  }

  private FileChannel open() throws IOException {
    FileChannel current = channel;
    if (current == null || !current.isOpen()) {
      current = files.openToWrite(number);
      channel = current;
    }
    return current;
  }

  /** Closes the file; a later call opens it again. */
  void close() {
    FileChannel current = channel;
    channel = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        throw LogWriteException.of(files.path(number), e);
      }
    }
  }

  /** Returns the end of what has been written. Any thread may ask. */
  LogHead head() {
    return head;
  }

  /** Returns how many bytes this writer has written. Any thread may ask. */
  long bytesWritten() {
    return bytesWritten.get();
  }
}
