package dev.discount.policy.log;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts the personal parts of records with AES in counter mode [1] under their
 * customers' keys. Ciphers are kept for some customers, each with some bytes of its key stream, so
 * that most records ask no cipher at all. Confined to one thread.
 *
 * <p>A key stream is named by the segment's random salt of 64 bits and its number among the streams
 * that were begun in the segment; a record states the number and where in the stream its bytes
 * begin. No byte of a stream is used twice: a writer only moves forward in a stream it began
 * itself, a cipher that was let go is followed by a new stream, and a writer that died by a new
 * segment with a new salt.
 *
 * <p>Counter mode authenticates nothing; blocks are authenticated by {@link BlockSeal}, after
 * encryption. The checksum inside tells another fault: a key that is not the one of its id.
 *
 * <p>[1] M. Dworkin, Recommendation for Block Cipher Modes of Operation, NIST SP 800-38A (2001),
 * section 6.5 and appendix B
 */
final class PersonalSeal {

  /** The bytes of the checksum that are encrypted behind a personal part. */
  static final int CHECK_BYTES = 4;

  private static final CustomerKey NO_KEY = CustomerKey.of(-1, new byte[16]);
  private static final int AES_BLOCK = 16;

  /** The bytes of a key stream that a cipher is asked for at once, and the zeros to ask with. */
  private static final int AHEAD = 32 * AES_BLOCK;

  private static final byte[] ZEROS = new byte[AHEAD];

  /** The first block of a stream has a counter of 0 in its last 32 bits. */
  private static final long MAX_STREAM_BYTES = AES_BLOCK * (1L << 32);

  /** Streams have a number of 32 bits. */
  private static final long MAX_STREAMS = 1L << 32;

  private final CustomerKeys keys;
  private final @Nullable Ready[] ready;
  private final ByteSource reader = new ByteSource();
  private final byte[] initial = new byte[AES_BLOCK];
  private final CRC32 checksum = new CRC32();
  private long generation;
  private long salt;
  private long streams;
  private Ready current = nobody();

  /** A key somewhere in a stream; the customer's bytes where it was found by them. */
  private static final class Ready {
    private final byte[] customer;
    private final CustomerKey key;
    private final Cipher cipher;
    private final byte[] ahead;
    private long salt;
    private long stream = -1;
    private long position;

    /** Where in {@link #ahead} the stream is at its position; the cipher is at the end of it. */
    private int taken = AHEAD;

    /** Takes over the cipher of what makes room: asking the providers for another costs more. */
    Ready(byte[] customer, CustomerKey key, @Nullable Ready evicted) {
      this.customer = customer;
      this.key = key;
      this.cipher = evicted == null ? newCipher() : evicted.cipher;
      this.ahead = evicted == null ? new byte[AHEAD] : evicted.ahead;
    }

    boolean isAt(long atSalt, long atStream, long atPosition) {
      return stream == atStream && salt == atSalt && position == atPosition;
    }

    boolean isOf(byte[] bytes, int from, int to) {
      return Arrays.equals(customer, 0, customer.length, bytes, from, to);
    }
  }

  /**
   * Makes a seal.
   *
   * @param cached the number of ciphers to keep, a power of two
   */
  PersonalSeal(CustomerKeys keys, int cached) {
    this.keys = keys;
    this.ready = new @Nullable Ready[cached];
    this.generation = keys.generation();
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime must have AES/CTR/NoPadding", e);
    }
  }

  /** Returns what is equal to no customer's key. */
  private static Ready nobody() {
    return new Ready(new byte[0], NO_KEY, null);
  }

  private void forgetDestroyed() {
    long now = keys.generation();
    if (now != generation) {
      Arrays.fill(ready, null);
      current = nobody();
      generation = now;
    }
  }

  /**
   * Finds the key of the customer with whom a personal part begins, and a key stream for it.
   *
   * @param bytes holds the personal part
   * @param from where it begins
   * @param to where it ends
   * @param newSalt the salt of the segment that it goes into
   */
  void use(byte[] bytes, int from, int to, long newSalt) {
    forgetDestroyed();
    int end = customerEnd(bytes, from, to);
    if (!current.isOf(bytes, from, end)) {
      current = find(bytes, from, end, to);
    }
    if (newSalt != salt) {
      salt = newSalt;
      streams = 0;
    }
    Ready found = current;
    boolean goesOn = found.salt == newSalt && found.stream >= 0;
    if (!goesOn || found.position > MAX_STREAM_BYTES / 2) {
      beginStream(found);
    }
  }

  /** Finds a customer in its place or the one beside it, of which the one used last stays. */
  private Ready find(byte[] bytes, int from, int end, int to) {
    int hash = 1;
    for (int i = from; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9E3779B9;
    int slot = (hash ^ (hash >>> 16)) & (ready.length - 1);
    Ready found = ready[slot];
    if (found != null && found.isOf(bytes, from, end)) {
      return found;
    }
    int other = slot ^ (ready.length > 1 ? 1 : 0);
    Ready second = ready[other];
    if (second == null || !second.isOf(bytes, from, end)) {
      CustomerKey key = keys.keyOf(customer(bytes, from, to));
      second = new Ready(Arrays.copyOfRange(bytes, from, end), key, second);
    }
    ready[other] = found;
    ready[slot] = second;
    return second;
  }

  private void beginStream(Ready of) {
    if (streams >= MAX_STREAMS) {
      throw new IllegalStateException("a segment must have at most 2^32 key streams");
    }
    start(of, salt, streams++, 0);
  }

  private int customerEnd(byte[] bytes, int from, int to) {
    if (bytes[from] == RecordEncoder.CUSTOMER_LONG) {
      int at = from + 1;
      while (bytes[at] < 0) {
        at++;
      }
      return at + 1;
    }
    reader.of("record", 0, bytes, from, to);
    if (reader.readByte() == RecordEncoder.CUSTOMER_TEXT) {
      reader.skip(reader.readCount(Integer.MAX_VALUE));
    }
    return reader.at();
  }

  private String customer(byte[] bytes, int from, int to) {
    reader.of("record", 0, bytes, from, to);
    return switch (reader.readByte()) {
      case RecordEncoder.CUSTOMER_LONG -> Long.toString(reader.readZigZag());
      case RecordEncoder.CUSTOMER_TEXT -> reader.readText();
      default -> "";
    };
  }

  /** Brings a key to a place in a stream. Encrypting and decrypting are the same. */
  private void start(Ready of, long atSalt, long stream, long position) {
    of.stream = -1; // Until it is done: what has thrown is nowhere.
    ByteSink.longTo(initial, 0, atSalt);
    bigEndian(stream, Long.BYTES);
    bigEndian(position / AES_BLOCK, Long.BYTES + Integer.BYTES);
    try {
      of.cipher.init(Cipher.ENCRYPT_MODE, of.key.secret(), new IvParameterSpec(initial));
      of.cipher.update(ZEROS, 0, AHEAD, of.ahead, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "key %d must be one for AES", of.key.id()), e);
    }
    of.taken = (int) (position % AES_BLOCK);
    of.salt = atSalt;
    of.position = position;
    of.stream = stream;
  }

  /** Adds the key stream, from where it is, to bytes: what was plain is encrypted, and back. */
  private static void addStream(Ready with, byte[] bytes, int from, int length) {
    int at = from;
    int to = from + length;
    while (at < to) {
      if (with.taken == AHEAD) {
        goOn(with);
      }
      int count = Math.min(to - at, AHEAD - with.taken);
      byte[] ahead = with.ahead;
      int taken = with.taken;
      int i = 0;
      for (; i <= count - Long.BYTES; i += Long.BYTES) {
        long sum = ByteSink.longAt(bytes, at + i) ^ ByteSink.longAt(ahead, taken + i);
        ByteSink.longTo(bytes, at + i, sum);
      }
      for (; i < count; i++) {
        bytes[at + i] ^= ahead[taken + i];
      }
      at += count;
      with.taken += count;
    }
    with.position += length;
  }

  private static void goOn(Ready with) {
    long stream = with.stream;
    with.stream = -1; // A cipher that has thrown is not used again.
    try {
      with.cipher.update(ZEROS, 0, AHEAD, with.ahead, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the customer's key must be one for AES", e);
    }
    with.taken = 0;
    with.stream = stream;
  }

  private void bigEndian(long value, int at) {
    for (int i = 0; i < Integer.BYTES; i++) {
      initial[at + i] = (byte) (value >>> (Integer.SIZE - Byte.SIZE * (i + 1)));
    }
  }

  /** Returns the id of the key that {@link #use} found. */
  long keyId() {
    return current.key.id();
  }

  /** Returns the number of the stream that goes on in {@link #seal}. */
  long stream() {
    return current.stream;
  }

  /** Returns where in the stream it goes on, in bytes. */
  long position() {
    return current.position;
  }

  /**
   * Encrypts a personal part and its checksum behind what a buffer holds, with the stream that
   * {@link #use} found.
   *
   * @param bytes holds the personal part
   * @param from where it begins
   * @param to where it ends
   */
  void seal(byte[] bytes, int from, int to, ByteSink out) {
    int start = out.size();
    int length = to - from + CHECK_BYTES;
    checksum.reset();
    checksum.update(bytes, from, to - from);
    out.put(bytes, from, to - from);
    out.putInt((int) checksum.getValue());
    addStream(current, out.bytes(), start, length);
  }

  /**
   * Where a personal part's encrypted bytes are, and in which key stream.
   *
   * @param keyId the key's id
   * @param salt the salt of the segment
   * @param stream the number of the stream in the segment
   * @param position where in the stream the bytes begin
   */
  record Origin(long keyId, long salt, long stream, long position) {}

  /**
   * Decrypts a personal part.
   *
   * @param in positioned behind the personal part, for messages
   * @param origin its key and stream
   * @param from where the encrypted bytes begin
   * @param length their number
   * @return the plain text and {@link #CHECK_BYTES} of checksum; {@code null} if the key was
   *     destroyed
   * @throws LogFormatException if the key is not that of the bytes
   */
  byte @Nullable [] open(ByteSource in, Origin origin, int from, int length) {
    if (length < CHECK_BYTES
        || origin.stream() < 0
        || origin.stream() >= MAX_STREAMS
        || origin.position() < 0
        || origin.position() > MAX_STREAM_BYTES - length) {
      throw in.broken("hold a personal part inside a key stream");
    }
    forgetDestroyed();
    int slot = (int) (origin.keyId() & (ready.length - 1));
    Ready found = ready[slot];
    if (found == null || found.key.id() != origin.keyId()) {
      CustomerKey key = keys.key(origin.keyId());
      if (key == null) {
        return null;
      }
      found = new Ready(new byte[0], key, found);
      ready[slot] = found;
    }
    if (!found.isAt(origin.salt(), origin.stream(), origin.position())) {
      start(found, origin.salt(), origin.stream(), origin.position());
    }
    return decrypt(in, found, from, length);
  }

  private byte[] decrypt(ByteSource in, Ready with, int from, int length) {
    byte[] plain = Arrays.copyOfRange(in.bytes(), from, from + length);
    addStream(with, plain, 0, length);
    checksum.reset();
    checksum.update(plain, 0, length - CHECK_BYTES);
    if ((int) checksum.getValue() != ByteSink.intAt(plain, length - CHECK_BYTES)) {
      throw in.broken("follow a personal part that its customer's key encrypted");
    }
    return plain;
  }
}
