package dev.discount.policy.log;

import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the personal fields, one for each customer, and the key that seals the logs.
 * Destroying a customer's key erases the customer's personal fields from every log, while the logs'
 * bytes, chains and seals stay. A host keeps them in {@link FileCustomerKeys} or behind its own key
 * service. Safe for concurrent use.
 */
public interface CustomerKeys {

  /**
   * Returns the key of a customer, and makes a new one for a customer that has none.
   *
   * @param customer the customer's id as text; empty for requests without a customer
   */
  CustomerKey keyOf(String customer);

  /** Returns the key that records name by an id, {@code null} if it was destroyed. */
  @Nullable CustomerKey key(long id);

  /**
   * Destroys a customer's key, for good. If the customer comes back, a new key is made.
   *
   * @return whether there was one
   */
  boolean destroy(String customer);

  /** Returns a number that changes whenever a key was destroyed. */
  long generation();

  /**
   * Returns the key with which the blocks of logs are authenticated, for HMAC-SHA-256. It is made
   * once, is the same ever after, and encrypts nothing: whoever has no access to it cannot write or
   * alter a block that a reader with keys believes.
   */
  SecretKey logKey();

  /** Makes the keys that were handed out durable; a log calls it before it forces its records. */
  void force();
}
