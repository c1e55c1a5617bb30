package dev.discount.policy.log;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256 over blocks of bytes. Confined to one thread. */
final class Chain {

  static final int HASH_BYTES = 32;

  private final MessageDigest digest;
  private final byte[] blockDigest = new byte[HASH_BYTES];

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
   * Writes the seal and the hash of a block.
   *
   * @param block the block from its first byte
   * @param length the length of the block
   * @param seal makes the seal
   */
  void closeBlock(byte[] block, int length, BlockSeal seal) {
    digest(block, length);
    seal.sealInto(blockDigest, block, Block.SEAL_AT);
    hash(block, block, Block.HASH_AT);
  }

  /** Returns whether a block holds its own hash; {@link #isSealedBy} can then be asked of it. */
  boolean holds(byte[] block, int length) {
    digest(block, length);
    byte[] found = new byte[HASH_BYTES];
    hash(block, found, 0);
    int at = Block.HASH_AT;
    return Arrays.equals(found, 0, HASH_BYTES, block, at, at + HASH_BYTES);
  }

  /** Returns whether the block that {@link #holds} saw last has the seal of a key. */
  boolean isSealedBy(BlockSeal seal, byte[] block) {
    return seal.holds(blockDigest, block, Block.SEAL_AT);
  }

  private void digest(byte[] block, int length) {
    digest.update(block, 0, Block.SEAL_AT);
    digest.update(block, Block.HEADER_BYTES, length - Block.HEADER_BYTES);
    end(blockDigest, 0);
  }

  private void hash(byte[] block, byte[] out, int at) {
    digest.update(blockDigest, 0, HASH_BYTES);
    digest.update(block, Block.SEAL_AT, BlockSeal.BYTES);
    end(out, at);
  }

  private void end(byte[] out, int at) {
    try {
      digest.digest(out, at, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("out must have room for a hash", e);
    }
  }
}
