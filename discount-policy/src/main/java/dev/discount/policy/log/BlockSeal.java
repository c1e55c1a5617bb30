package dev.discount.policy.log;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticates blocks with HMAC-SHA-256 [1] under the key of the logs, cut to 128 bits. What is
 * authenticated is a block's digest, which takes in the block's bytes and, by the hash before, all
 * blocks in front of it. Confined to one thread.
 *
 * <p>[1] H. Krawczyk, M. Bellare, R. Canetti, HMAC: Keyed-Hashing for Message Authentication, RFC
 * 2104 (1997), section 5
 */
final class BlockSeal {

  static final int BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final byte[] full = new byte[Chain.HASH_BYTES];

  BlockSeal(SecretKey key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of the logs must be one for HMAC-SHA-256", e);
    }
  }

  /** Returns a key of its bytes. */
  static SecretKey key(byte[] secret) {
    return new SecretKeySpec(secret, ALGORITHM);
  }

  /** Writes the seal of a digest, {@link #BYTES} long. */
  void sealInto(byte[] digest, byte[] out, int at) {
    compute(digest);
    System.arraycopy(full, 0, out, at, BYTES);
  }

  /** Returns whether a seal is that of a digest, in a time that does not depend on where not. */
  boolean holds(byte[] digest, byte[] bytes, int at) {
    compute(digest);
    byte[] expected = new byte[BYTES];
    byte[] found = new byte[BYTES];
    System.arraycopy(full, 0, expected, 0, BYTES);
    System.arraycopy(bytes, at, found, 0, BYTES);
    return MessageDigest.isEqual(expected, found);
  }

  private void compute(byte[] digest) {
    try {
      mac.update(digest, 0, Chain.HASH_BYTES);
      mac.doFinal(full, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("full must have room for a hash", e);
    }
  }
}
