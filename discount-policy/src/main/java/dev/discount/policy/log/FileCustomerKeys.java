package dev.discount.policy.log;

import dev.discount.core.internal.file.LockedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Customer keys and the key of the logs in one file: random keys of 256 bits, appended as customers
 * come, overwritten with zeros when they are destroyed. All keys are held in memory. Safe for
 * concurrent use.
 *
 * <p>Whoever can read the file can read the personal fields: it belongs on a disk that is encrypted
 * or behind stricter permissions than the log, and backups of it must forget what it forgets. A
 * file system or disk that keeps overwritten blocks (copy-on-write, flash) keeps destroyed keys
 * until it reuses them; a host that needs more puts a key service behind {@link CustomerKeys}.
 */
public final class FileCustomerKeys implements CustomerKeys, AutoCloseable {

  /*
   * The file: 8 bytes of magic, then entries. An entry: u32 length of the customer's id in bytes, u8
   * state (1 live, 0 destroyed), i64 key id, 32 bytes of key, the id in UTF-8, u32 CRC of all before.
   * An entry with length 0, key id = epoch << 40 and state 2 is written and forced at each opening,
   * so that a key id whose entry was lost with the power is never given to another customer. The
   * entry with state 3, also of length 0, has the key of the logs; the first opening writes it.
   */

  private static final byte[] MAGIC = "DDKEYS01".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = Integer.BYTES + 1 + Long.BYTES;
  private static final int KEY_BYTES = 32;
  private static final int FRAME = HEAD + KEY_BYTES + Integer.BYTES;
  private static final int MAX_ID_BYTES = 1 << 28;
  private static final int EPOCH_SHIFT = 40;
  private static final byte LIVE = 1;
  private static final byte DESTROYED = 0;
  private static final byte EPOCH = 2;
  private static final byte LOG = 3;

  private final Path path;
  private final LockedFile file;
  private final FileChannel channel;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Entry> byCustomer = new HashMap<>();
  private final Map<Long, CustomerKey> byId = new HashMap<>();
  private @Nullable SecretKey logKey;
  private long nextId;
  private long end;
  private boolean unforced;
  private volatile long generation;

  private record Entry(CustomerKey key, long offset, int length) {}

  private FileCustomerKeys(Path path, LockedFile file) {
    this.path = path;
    this.file = file;
    this.channel = file.channel();
  }

  /**
   * Opens a file of keys, or makes an empty one.
   *
   * @param path the file
   * @throws LogFormatException if it is no file of keys or was altered
   * @throws LogWriteException if it cannot be written, or another opened it
   */
  public static FileCustomerKeys open(Path path) {
    LockedFile file;
    try {
      file = LockedFile.tryOpen(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException | RuntimeException e) {
      throw LogWriteException.of(path, e);
    }
    if (file == null) {
      throw new LogWriteException(LogWriteException.Problem.IN_USE, path, null);
    }
    try {
      FileCustomerKeys keys = new FileCustomerKeys(path, file);
      keys.load(keys.readAll());
      return keys;
    } catch (IOException | RuntimeException e) {
      file.close();
      if (e instanceof LogFormatException || e instanceof LogWriteException) {
        throw (RuntimeException) e;
      }
      throw LogWriteException.of(path, e);
    }
  }

  /** Reads the file through the one channel on it: closing another would end the lock. */
  private byte[] readAll() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private void load(byte[] bytes) throws IOException {
    if (bytes.length < MAGIC.length) {
      if (!Arrays.equals(bytes, 0, bytes.length, MAGIC, 0, bytes.length)) {
        throw new LogFormatException(path.toString(), 0, "begin a file of keys");
      }
      channel.truncate(0);
      write(ByteBuffer.wrap(MAGIC), 0);
      end = MAGIC.length;
    } else {
      if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new LogFormatException(path.toString(), 0, "begin a file of keys");
      }
      end = readEntries(bytes);
      channel.truncate(end);
    }
    nextId = ((nextId >>> EPOCH_SHIFT) + 1) << EPOCH_SHIFT;
    append(EPOCH, nextId++, new byte[KEY_BYTES], new byte[0]);
    if (logKey == null) {
      byte[] secret = new byte[KEY_BYTES];
      random.nextBytes(secret);
      append(LOG, nextId++, secret, new byte[0]);
      logKey = BlockSeal.key(secret);
    }
    channel.force(true);
    unforced = false;
  }

  /** Reads entries and returns the end of the last whole one. */
  private long readEntries(byte[] bytes) throws IOException {
    int at = MAGIC.length;
    while (bytes.length - at >= FRAME) {
      int length = ByteSink.intAt(bytes, at);
      if (length < 0 || length > MAX_ID_BYTES) {
        throw new LogFormatException(path.toString(), at, "hold a length, got " + length);
      }
      int size = FRAME + length;
      if (bytes.length - at < size) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, at, size - Integer.BYTES);
      if ((int) crc.getValue() != ByteSink.intAt(bytes, at + size - Integer.BYTES)) {
        if (bytes[at + Integer.BYTES] != DESTROYED) {
          if (at + size == bytes.length) {
            break;
          }
          throw new LogFormatException(path.toString(), at, "hold an entry with its checksum");
        }
        overwrite(ByteSink.longAt(bytes, at + Integer.BYTES + 1), at, length);
      }
      take(bytes, at, length, size);
      at += size;
    }
    return at;
  }

  private void take(byte[] bytes, int at, int length, int size) {
    byte state = bytes[at + Integer.BYTES];
    long id = ByteSink.longAt(bytes, at + Integer.BYTES + 1);
    nextId = Math.max(nextId, id + 1);
    byte[] secret = Arrays.copyOfRange(bytes, at + HEAD, at + HEAD + KEY_BYTES);
    if (state == LOG) {
      logKey = BlockSeal.key(secret);
    } else if (state == LIVE) {
      int from = at + HEAD + KEY_BYTES;
      String customer = new String(bytes, from, length, StandardCharsets.UTF_8);
      remember(customer, new Entry(CustomerKey.of(id, secret), at, size));
    }
  }

  private void remember(String customer, Entry entry) {
    byCustomer.put(customer, entry);
    byId.put(entry.key().id(), entry.key());
  }

  @Override
  public synchronized CustomerKey keyOf(String customer) {
    Entry known = byCustomer.get(customer);
    if (known != null) {
      return known.key();
    }
    byte[] id = customer.getBytes(StandardCharsets.UTF_8);
    if (id.length > MAX_ID_BYTES) {
      throw new IllegalArgumentException(
          "customer must have at most " + MAX_ID_BYTES + " bytes, got " + id.length);
    }
    byte[] secret = new byte[KEY_BYTES];
    random.nextBytes(secret);
    long offset = end;
    try {
      append(LIVE, nextId, secret, id);
    } catch (IOException e) {
      throw LogWriteException.of(path, e);
    }
    CustomerKey key = CustomerKey.of(nextId++, secret);
    remember(customer, new Entry(key, offset, (int) (end - offset)));
    return key;
  }

  private void append(byte state, long id, byte[] secret, byte[] customer) throws IOException {
    write(entry(state, id, secret, customer), end);
    end += FRAME + customer.length;
    unforced = true;
  }

  private static ByteBuffer entry(byte state, long id, byte[] secret, byte[] customer) {
    ByteSink sink = new ByteSink(FRAME + customer.length);
    sink.putInt(customer.length);
    sink.putByte(state);
    sink.putLong(id);
    sink.put(secret);
    sink.put(customer);
    CRC32 crc = new CRC32();
    crc.update(sink.bytes(), 0, sink.size());
    sink.putInt((int) crc.getValue());
    return ByteBuffer.wrap(sink.bytes(), 0, sink.size());
  }

  private void write(ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public synchronized @Nullable CustomerKey key(long id) {
    return byId.get(id);
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // written under the lock alone
  public synchronized boolean destroy(String customer) {
    Entry entry = byCustomer.get(customer);
    if (entry == null) {
      return false;
    }
    try {
      overwrite(entry.key().id(), entry.offset(), entry.length() - FRAME);
    } catch (IOException e) {
      throw LogWriteException.of(path, e);
    }
    byCustomer.remove(customer);
    byId.remove(entry.key().id());
    generation++;
    return true;
  }

  /** Marks an entry, so that opening the file ends what the loss of power interrupts; zeros it. */
  private void overwrite(long id, long offset, int idBytes) throws IOException {
    write(ByteBuffer.wrap(new byte[] {DESTROYED}), offset + Integer.BYTES);
    channel.force(true);
    write(entry(DESTROYED, id, new byte[KEY_BYTES], new byte[idBytes]), offset);
    channel.force(true);
  }

  @Override
  public SecretKey logKey() {
    return Objects.requireNonNull(logKey, "opening must have read or made the key of the logs");
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public synchronized void force() {
    if (unforced) {
      try {
        channel.force(true);
      } catch (IOException e) {
        throw LogWriteException.of(path, e);
      }
      unforced = false;
    }
  }

  /** Forces and closes the file; the keys are not to be used any more. */
  @Override
  public synchronized void close() {
    if (channel.isOpen()) {
      force();
    }
    file.close();
  }

  /** Returns the number of customers that have a key. */
  public synchronized int size() {
    return byCustomer.size();
  }
}
