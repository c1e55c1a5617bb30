package dev.discount.policy.log;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts the personal parts of records with AES-GCM [1] under their customers' keys.
 * Ciphers are kept ready for some customers. Confined to one thread.
 *
 * <p>The nonce is the segment's random salt of 64 bits and the record's number in the segment, so
 * none is used twice with a key; the open part of the record is authenticated with it, so that a
 * personal part cannot be moved to another record.
 *
 * <p>[1] M. Dworkin, Recommendation for Block Cipher Modes of Operation: Galois/Counter Mode, NIST
 * SP 800-38D (2007), section 8.2.1
 */
final class PersonalSeal {

  static final int TAG_BYTES = 16;

  private static final CustomerKey NO_KEY = CustomerKey.of(-1, new byte[16]);
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 8 * TAG_BYTES;

  private final CustomerKeys keys;
  private final @Nullable Ready[] ready;
  private final ByteSource reader = new ByteSource();
  private final byte[] nonce = new byte[NONCE_BYTES];
  private long generation;
  private Ready current = new Ready(new byte[0], NO_KEY, newCipher());

  /** A key with a cipher that has its schedule; the customer's bytes where it was found by them. */
  private record Ready(byte[] customer, CustomerKey key, Cipher cipher) {}

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
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime must have AES/GCM/NoPadding", e);
    }
  }

  /** Returns the cipher of what makes room: asking the providers for another costs more. */
  private static Cipher cipherOf(@Nullable Ready evicted) {
    return evicted == null ? newCipher() : evicted.cipher;
  }

  private void forgetDestroyed() {
    long now = keys.generation();
    if (now != generation) {
      Arrays.fill(ready, null);
      generation = now;
    }
  }

  /**
   * Finds the key of the customer with whom a personal part begins, and returns its id.
   *
   * @param bytes holds the personal part
   * @param from where it begins
   * @param to where it ends
   */
  long use(byte[] bytes, int from, int to) {
    forgetDestroyed();
    int end = customerEnd(bytes, from, to);
    int hash = 1;
    for (int i = from; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9E3779B9;
    int slot = (hash ^ (hash >>> 16)) & (ready.length - 1);
    Ready found = ready[slot];
    if (found == null
        || !Arrays.equals(found.customer, 0, found.customer.length, bytes, from, end)) {
      CustomerKey key = keys.keyOf(customer(bytes, from, to));
      found = new Ready(Arrays.copyOfRange(bytes, from, end), key, cipherOf(found));
      ready[slot] = found;
    }
    current = found;
    return found.key.id();
  }

  private int customerEnd(byte[] bytes, int from, int to) {
    reader.of("record", 0, bytes, from, to);
    switch (reader.readByte()) {
      case RecordEncoder.CUSTOMER_LONG -> reader.readVar();
      case RecordEncoder.CUSTOMER_TEXT -> reader.skip(reader.readCount(Integer.MAX_VALUE));
      default -> {}
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

  /** Where a record stands, which its nonce follows from. */
  private void nonce(long salt, long inSegment) {
    ByteSink.longTo(nonce, 0, salt);
    for (int i = 0; i < Integer.BYTES; i++) {
      nonce[Long.BYTES + i] = (byte) (inSegment >>> (8 * i));
    }
  }

  /**
   * Encrypts a personal part under the key that {@link #use} found, behind what a buffer holds.
   *
   * @param bytes holds the open part, then the personal part
   * @param open where the open part begins
   * @param from where it ends and the personal part begins
   * @param to where that ends
   */
  void seal(byte[] bytes, int open, int from, int to, long salt, long inSegment, ByteSink out) {
    nonce(salt, inSegment);
    out.ensure(to - from + TAG_BYTES);
    try {
      Cipher cipher = current.cipher;
      GCMParameterSpec spec = new GCMParameterSpec(TAG_BITS, nonce);
      cipher.init(Cipher.ENCRYPT_MODE, current.key.secret(), spec);
      cipher.updateAAD(bytes, open, from - open);
      int written = cipher.doFinal(bytes, from, to - from, out.bytes(), out.size());
      out.size(out.size() + written);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the customer's key must be one for AES", e);
    }
  }

  /**
   * Decrypts a personal part.
   *
   * @param in positioned behind the personal part, for messages
   * @param keyId the key's id
   * @param open where the open part begins and ends, shape {@code [2]}
   * @param from where the encrypted bytes begin
   * @param length their number
   * @return the plain text, valid until the next call; {@code null} if the key was destroyed
   * @throws LogFormatException if the bytes were altered
   */
  byte @Nullable [] open(
      ByteSource in, long keyId, int[] open, int from, int length, long salt, long inSegment) {
    forgetDestroyed();
    int slot = (int) (keyId & (ready.length - 1));
    Ready found = ready[slot];
    if (found == null || found.key.id() != keyId) {
      CustomerKey key = keys.key(keyId);
      if (key == null) {
        return null;
      }
      found = new Ready(new byte[0], key, cipherOf(found));
      ready[slot] = found;
    }
    nonce(salt, inSegment);
    try {
      GCMParameterSpec spec = new GCMParameterSpec(TAG_BITS, nonce);
      found.cipher.init(Cipher.DECRYPT_MODE, found.key.secret(), spec);
      found.cipher.updateAAD(in.bytes(), open[0], open[1] - open[0]);
      return found.cipher.doFinal(in.bytes(), from, length);
    } catch (AEADBadTagException e) {
      throw in.broken("follow a personal part that its customer's key sealed");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "key %d must be one for AES", keyId), e);
    }
  }
}
