package dev.discount.policy.log;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one customer's personal fields. Immutable.
 *
 * @param id the number by which records name the key; it says nothing about the customer
 * @param secret the AES key
 */
public record CustomerKey(long id, SecretKey secret) {

  /**
   * Returns a key of its bytes.
   *
   * @param id the number by which records name the key
   * @param bytes 16, 24 or 32 bytes; copied
   */
  public static CustomerKey of(long id, byte[] bytes) {
    if (bytes.length != 16 && bytes.length != 24 && bytes.length != 32) {
      throw new IllegalArgumentException(
          "bytes must have length 16, 24 or 32, got " + bytes.length);
    }
    return new CustomerKey(id, new SecretKeySpec(bytes, "AES"));
  }

  /** Returns the id alone. */
  @Override
  public String toString() {
    return "CustomerKey[" + id + "]";
  }
}
