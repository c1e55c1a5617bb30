package dev.discount.policy.log;

import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Turns records of the ring into entries of blocks: encrypts their personal parts and says, once a
 * segment, what their setups are. If it throws, the record is not in the block. Confined to one
 * thread.
 */
final class LogWriter implements RecordRing.Reader {

  private final SegmentWriter segments;
  private final PersonalSeal seal;
  private final IntFunction<byte[]> setups;
  private final LongSupplier dropped;
  private final ByteSource source = new ByteSource();
  private long droppedWritten;

  /**
   * Makes a writer.
   *
   * @param setups the bytes of a setup by its number
   * @param dropped how many records have been dropped so far
   */
  LogWriter(
      SegmentWriter segments, PersonalSeal seal, IntFunction<byte[]> setups, LongSupplier dropped) {
    this.segments = segments;
    this.seal = seal;
    this.setups = setups;
    this.dropped = dropped;
  }

  @Override
  public void read(byte[] bytes, int offset, int length) {
    segments.prepare();
    ByteSink block = segments.block();
    putDropped(block);
    int open = offset + Integer.BYTES;
    int personal = open + ByteSink.intAt(bytes, offset);
    int setup = (int) source.of("record", 0, bytes, open, personal).readVar();
    putSetup(setup, block);
    int start = block.size();
    boolean whole = false;
    try {
      put(bytes, open, personal, offset + length, block);
      segments.added();
      whole = true;
    } finally {
      if (!whole) {
        block.size(start);
      }
    }
  }

  private void put(byte[] bytes, int open, int personal, int end, ByteSink block) {
    int openBytes = personal - open;
    int common = 1 + ByteSink.varBytes(openBytes) + openBytes;
    if (personal == end) {
      block.putVar(common + 1);
      putOpen(bytes, open, openBytes, block);
      block.putVar(0);
      return;
    }
    seal.use(bytes, personal, end, segments.salt());
    long key = seal.keyId() + 1;
    int sealed = end - personal + PersonalSeal.CHECK_BYTES;
    int where = ByteSink.varBytes(seal.stream()) + ByteSink.varBytes(seal.position());
    block.putVar(common + ByteSink.varBytes(key) + where + ByteSink.varBytes(sealed) + sealed);
    putOpen(bytes, open, openBytes, block);
    block.putVar(key);
    block.putVar(seal.stream());
    block.putVar(seal.position());
    block.putVar(sealed);
    seal.seal(bytes, personal, end, block);
  }

  private static void putOpen(byte[] bytes, int open, int length, ByteSink block) {
    block.putByte(Block.ENTRY_DECISION);
    block.putVar(length);
    block.put(bytes, open, length);
  }

  private void putSetup(int setup, ByteSink block) {
    if (!segments.knows(setup)) {
      byte[] bytes = setups.apply(setup);
      block.putVar(1 + ByteSink.varBytes(setup) + bytes.length);
      block.putByte(Block.ENTRY_SETUP);
      block.putVar(setup);
      block.put(bytes);
      segments.knowsNow(setup);
    }
  }

  private void putDropped(ByteSink block) {
    long now = dropped.getAsLong();
    if (now != droppedWritten) {
      long count = now - droppedWritten;
      block.putVar(1 + ByteSink.varBytes(count));
      block.putByte(Block.ENTRY_DROPPED);
      block.putVar(count);
      droppedWritten = now;
    }
  }

  /** Writes what there is, with what was dropped since, and ends the segment. */
  void end() {
    if (dropped.getAsLong() != droppedWritten) {
      segments.prepare();
      putDropped(segments.block());
    }
    segments.end();
  }
}
