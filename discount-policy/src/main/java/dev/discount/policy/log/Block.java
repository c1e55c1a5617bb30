package dev.discount.policy.log;

import java.util.Arrays;

/**
 * The layout of a block: some entries under one hash, which takes in the hash of the block before.
 * Stateless.
 */
final class Block {

  /*
   * u32 magic, u32 flags (1: the last of its segment), u32 payload bytes, u32 decisions, i64 number
   * of decisions before, i64 number of decisions that were forced when the block was written, 32
   * bytes hash of the block (or segment header) before, 16 bytes seal of the digest, 32 bytes hash
   * of digest and seal; then the payload: entries, each a length, a type and its content. The
   * digest, which is not written, is the SHA-256 of the first 64 bytes and the payload.
   */

  static final int MAGIC = 0x4B4C4244; // "DBLK"
  static final int FLAGS_AT = 4;
  static final int PAYLOAD_AT = 8;
  static final int COUNT_AT = 12;
  static final int FIRST_AT = 16;
  static final int FORCED_AT = 24;
  static final int PREVIOUS_AT = 32;
  static final int SEAL_AT = PREVIOUS_AT + Chain.HASH_BYTES;
  static final int HASH_AT = SEAL_AT + BlockSeal.BYTES;
  static final int HEADER_BYTES = HASH_AT + Chain.HASH_BYTES;

  static final int END_OF_SEGMENT = 1;

  /** The most bytes of a payload that a reader believes. */
  static final int MAX_PAYLOAD = 1 << 28;

  static final int ENTRY_DECISION = 1;
  static final int ENTRY_SETUP = 2;
  static final int ENTRY_DROPPED = 3;

  private Block() {}

  /**
   * Returns the length of the block that begins in some bytes, or -1 if none can.
   *
   * @param available the bytes there are from {@code at} on
   */
  static long lengthAt(byte[] bytes, int at, long available) {
    if (available < HEADER_BYTES || ByteSink.intAt(bytes, at) != MAGIC) {
      return -1;
    }
    int payload = ByteSink.intAt(bytes, at + PAYLOAD_AT);
    int flags = ByteSink.intAt(bytes, at + FLAGS_AT);
    boolean possible =
        payload >= 0
            && payload <= Math.min(MAX_PAYLOAD, available - HEADER_BYTES)
            && (flags & ~END_OF_SEGMENT) == 0;
    return possible ? HEADER_BYTES + (long) payload : -1;
  }

  static boolean follows(byte[] block, byte[] previousHash) {
    return Arrays.equals(block, PREVIOUS_AT, SEAL_AT, previousHash, 0, Chain.HASH_BYTES);
  }

  static boolean isEnd(byte[] block) {
    return (ByteSink.intAt(block, FLAGS_AT) & END_OF_SEGMENT) != 0;
  }

  static int count(byte[] block) {
    return ByteSink.intAt(block, COUNT_AT);
  }

  static long first(byte[] block) {
    return ByteSink.longAt(block, FIRST_AT);
  }

  static long forced(byte[] block) {
    return ByteSink.longAt(block, FORCED_AT);
  }
}
