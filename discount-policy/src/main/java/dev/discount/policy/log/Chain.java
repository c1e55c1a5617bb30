package dev.discount.policy.log;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256 over blocks of bytes. Confined to one thread. */
final class Chain {

  static final int HASH_BYTES = 32;

  private final MessageDigest digest;

  Chain() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime must have SHA-256", e);
    }
  }

  /** Writes the hash of a range of bytes. */
  void hashInto(byte[] bytes, int from, int length, byte[] out, int at) {
    digest.update(bytes, from, length);
    end(out, at);
  }

  /**
   * Writes the hash of a block: of its header up to the hash, and of its payload.
   *
   * @param block the block from its first byte
   * @param length the length of the block
   */
  void blockHashInto(byte[] block, int length, byte[] out, int at) {
    digest.update(block, 0, Block.HASH_AT);
    digest.update(block, Block.HEADER_BYTES, length - Block.HEADER_BYTES);
    end(out, at);
  }

  /** Returns whether a block holds its own hash. */
  boolean holds(byte[] block, int length) {
    byte[] found = new byte[HASH_BYTES];
    blockHashInto(block, length, found, 0);
    int at = Block.HASH_AT;
    return Arrays.equals(found, 0, HASH_BYTES, block, at, at + HASH_BYTES);
  }

  private void end(byte[] out, int at) {
    try {
      digest.digest(out, at, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("out must have room for a hash", e);
    }
  }
}
