package dev.discount.policy.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first bytes of a segment: which log it belongs to, where in the log it stands, and up to
 * where and with which hash the segment before it counts. The arrays are not copied and not to be
 * changed.
 *
 * @param logId 16 random bytes that all segments of a log share
 * @param number the number of the segment, the first being 1
 * @param firstSequence the number of decisions in all segments before
 * @param createdMillis when the segment was begun, in milliseconds since 1970
 * @param salt random bits that make the key streams of this segment unlike those of any other
 * @param previousLength up to where the segment before counts, in bytes; 0 for the first
 * @param previousHash the hash of the last block that counts there; zeros for the first
 * @param hash the hash of this header
 */
record SegmentHeader(
    byte[] logId,
    long number,
    long firstSequence,
    long createdMillis,
    long salt,
    long previousLength,
    byte[] previousHash,
    byte[] hash) {

  static final int ID_BYTES = 16;
  static final int BYTES = 8 + ID_BYTES + 5 * Long.BYTES + 2 * Chain.HASH_BYTES;

  private static final byte[] MAGIC = "DDECLOG".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = 2;

  /** Returns the bytes of a header and fills in its hash. */
  static byte[] write(SegmentHeader header, Chain chain) {
    ByteSink out = new ByteSink(BYTES);
    out.put(MAGIC);
    out.putByte(VERSION);
    out.put(header.logId);
    out.putLong(header.number);
    out.putLong(header.firstSequence);
    out.putLong(header.createdMillis);
    out.putLong(header.salt);
    out.putLong(header.previousLength);
    out.put(header.previousHash);
    int hashed = out.size();
    out.size(BYTES);
    chain.hashInto(out.bytes(), 0, hashed, out.bytes(), hashed);
    return out.bytes();
  }

  /**
   * Reads a header.
   *
   * @param source the file, for messages
   * @param bytes the first bytes of the file, {@link #BYTES} of them or fewer
   * @throws LogFormatException if they are no header, or one of another version
   */
  static SegmentHeader read(String source, byte[] bytes, Chain chain) {
    boolean ours =
        bytes.length >= BYTES && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    if (!ours) {
      throw new LogFormatException(source, 0, "begin a segment of a decision log");
    }
    if (bytes[MAGIC.length] != VERSION) {
      throw new LogFormatException(
          source,
          MAGIC.length,
          "have version " + VERSION + ", got " + (bytes[MAGIC.length] & 0xFF));
    }
    ByteSource in = new ByteSource().of(source, 0, bytes, MAGIC.length + 1, BYTES);
    int id = in.skip(ID_BYTES);
    SegmentHeader header =
        new SegmentHeader(
            Arrays.copyOfRange(bytes, id, id + ID_BYTES),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            hash(bytes, in.skip(Chain.HASH_BYTES)),
            hash(bytes, in.skip(Chain.HASH_BYTES)));
    byte[] found = new byte[Chain.HASH_BYTES];
    chain.hashInto(bytes, 0, BYTES - Chain.HASH_BYTES, found, 0);
    if (!Arrays.equals(found, header.hash)) {
      throw new LogFormatException(source, BYTES - Chain.HASH_BYTES, "hold the header's hash");
    }
    return header;
  }

  private static byte[] hash(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, from + Chain.HASH_BYTES);
  }
}
