package dev.discount.policy.budget;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A block of entries as bytes: gathered, sealed with a checksum, and taken apart again. Confined to
 * one thread. {@code docs/formats/budget-journal.md} says every byte.
 */
final class JournalBlock implements JournalState.Sink {

  static final int FILE_HEADER_BYTES = 24;
  static final int HEADER_BYTES = 40;
  static final int ENTRY_BYTES = 32;
  static final int MAX_PAYLOAD_BYTES = 1 << 20;

  /** A block of the snapshot that a file begins with. */
  static final int SNAPSHOT = 1;

  /** The last block of the snapshot. */
  static final int SNAPSHOT_END = 2;

  /** The last block of a file whose writer was closed. */
  static final int END = 4;

  static final int MAGIC = 0x4B4C424A;
  private static final long FILE_MAGIC = 0x004C4E4A44554244L;
  private static final long VERSION = 1;
  private static final int VERSION_SHIFT = 56;
  private static final int FLAGS_AT = 4;
  private static final int PAYLOAD_AT = 8;
  private static final int PREVIOUS_AT = 12;
  private static final int FIRST_AT = 16;
  private static final int FORCED_AT = 24;
  private static final int SUM_AT = 32;
  private static final int WORD = 8;

  private final CRC32C crc = new CRC32C();
  private ByteBuffer bytes = buffer(HEADER_BYTES + (1 << 16));

  JournalBlock() {
    clear();
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the bytes that a file begins with. */
  static ByteBuffer fileHeader(long number) {
    ByteBuffer header = buffer(FILE_HEADER_BYTES);
    header.putLong(FILE_MAGIC | VERSION << VERSION_SHIFT).putLong(number);
    header.putInt(sum(header, 2 * WORD)).putInt(0);
    return header.flip();
  }

  private static int sum(ByteBuffer of, int length) {
    CRC32C crc = new CRC32C();
    crc.update(of.duplicate().clear().limit(length));
    return (int) crc.getValue();
  }

  /**
   * Reads what a file begins with.
   *
   * @return the checksum that the first block follows
   * @throws JournalFormatException if it is no journal or one of another version
   */
  static int readFileHeader(String source, ByteBuffer header) {
    long magic = header.limit() < FILE_HEADER_BYTES ? 0 : header.getLong(0);
    if ((magic & (1L << VERSION_SHIFT) - 1) != FILE_MAGIC) {
      throw new JournalFormatException(source, 0, "begin the journal of a budget");
    }
    if (magic >>> VERSION_SHIFT != VERSION) {
      throw new JournalFormatException(
          source, WORD - 1, "have version " + VERSION + ", got " + (magic >>> VERSION_SHIFT));
    }
    int found = header.getInt(2 * WORD);
    if (found != sum(header, 2 * WORD) || header.getInt(FILE_HEADER_BYTES - 4) != 0) {
      throw new JournalFormatException(source, 2L * WORD, "hold the header's checksum");
    }
    return found;
  }

  static long fileNumber(ByteBuffer header) {
    return header.getLong(WORD);
  }

  void clear() {
    bytes.clear().position(HEADER_BYTES);
  }

  int payload() {
    return bytes.position() - HEADER_BYTES;
  }

  private void ensure(int more) {
    if (bytes.remaining() < more) {
      ByteBuffer larger = buffer(2 * bytes.capacity() + more);
      bytes = larger.put(bytes.flip());
    }
  }

  @Override
  public void entry(long head, long id, long amount, long millis) {
    ensure(ENTRY_BYTES);
    bytes.putLong(head).putLong(id).putLong(amount).putLong(millis);
  }

  @Override
  public void define(int what, int number, String text, long minor) {
    byte[] utf = text.getBytes(StandardCharsets.UTF_8);
    int padded = (utf.length + ENTRY_BYTES - 1) / ENTRY_BYTES * ENTRY_BYTES;
    entry(Entries.head(Entries.DEFINE, what), number, utf.length, minor);
    ensure(padded);
    bytes.put(utf).put(new byte[padded - utf.length]);
  }

  /** Seals the block and returns its bytes, valid until it is cleared. */
  ByteBuffer seal(int flags, int previous, long first, long forced) {
    int length = bytes.position();
    bytes.putInt(0, MAGIC).putInt(FLAGS_AT, flags).putInt(PAYLOAD_AT, length - HEADER_BYTES);
    bytes.putInt(PREVIOUS_AT, previous).putLong(FIRST_AT, first).putLong(FORCED_AT, forced);
    bytes.putInt(SUM_AT, sumOf(bytes, length)).putInt(SUM_AT + Integer.BYTES, 0);
    return sealed();
  }

  /** Returns the bytes of a block that is sealed. */
  ByteBuffer sealed() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
  }

  private int sumOf(ByteBuffer of, int length) {
    crc.reset();
    crc.update(of.duplicate().clear().limit(SUM_AT));
    crc.update(of.duplicate().clear().limit(length).position(HEADER_BYTES));
    return (int) crc.getValue();
  }

  int sum() {
    return bytes.getInt(SUM_AT);
  }

  /**
   * Returns the length of the block that some bytes begin with, -1 if they begin none or it is
   * longer than what is there.
   */
  static long lengthAt(ByteBuffer header, long available) {
    if (available < HEADER_BYTES || header.getInt(0) != MAGIC) {
      return -1;
    }
    int payload = header.getInt(PAYLOAD_AT);
    boolean fits =
        payload >= 0 && payload % ENTRY_BYTES == 0 && payload <= available - HEADER_BYTES;
    return fits ? HEADER_BYTES + (long) payload : -1;
  }

  /** Returns whether a block holds its checksum. */
  boolean holds(ByteBuffer block, int length) {
    return block.getInt(SUM_AT) == sumOf(block, length)
        && block.getInt(SUM_AT + Integer.BYTES) == 0;
  }

  static int sum(ByteBuffer block) {
    return block.getInt(SUM_AT);
  }

  static int previous(ByteBuffer block) {
    return block.getInt(PREVIOUS_AT);
  }

  static int flags(ByteBuffer block) {
    return block.getInt(FLAGS_AT);
  }

  static long first(ByteBuffer block) {
    return block.getLong(FIRST_AT);
  }

  static long forced(ByteBuffer block) {
    return block.getLong(FORCED_AT);
  }

  /**
   * Applies the entries of a block.
   *
   * @return how many there are, names not counted
   */
  static long apply(ByteBuffer block, int length, JournalState to, String source, long offset) {
    boolean whole = (flags(block) & SNAPSHOT) != 0;
    long count = 0;
    int at = HEADER_BYTES;
    while (at < length) {
      to.at(source, offset + at);
      long head = block.getLong(at);
      long id = block.getLong(at + WORD);
      long amount = block.getLong(at + 2 * WORD);
      long millis = block.getLong(at + 3 * WORD);
      at += ENTRY_BYTES;
      if ((head & 0xFF) == Entries.DEFINE) {
        if (amount < 0 || amount > length - at) {
          throw new JournalFormatException(source, offset + at, "hold a name, got " + amount);
        }
        byte[] utf = new byte[(int) amount];
        block.get(at, utf);
        String text = new String(utf, StandardCharsets.UTF_8);
        to.define((int) (head >>> Entries.KIND_BITS), (int) id, text, millis);
        at += ((int) amount + ENTRY_BYTES - 1) / ENTRY_BYTES * ENTRY_BYTES;
      } else {
        to.apply(head, id, amount, millis, whole);
        count++;
      }
    }
    return count;
  }
}
