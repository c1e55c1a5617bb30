package dev.discount.policy.log;

import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Keys in memory, each a function of its number. */
final class MemoryKeys implements CustomerKeys {

  private final Map<String, CustomerKey> byCustomer = new HashMap<>();
  private final Map<Long, CustomerKey> byId = new HashMap<>();
  private long next = 1;
  private volatile long generation;

  @Override
  public synchronized CustomerKey keyOf(String customer) {
    return byCustomer.computeIfAbsent(
        customer,
        name -> {
          byte[] secret = new byte[32];
          ByteSink.longTo(secret, 0, next * 77);
          CustomerKey key = CustomerKey.of(next++, secret);
          byId.put(key.id(), key);
          return key;
        });
  }

  @Override
  public synchronized @Nullable CustomerKey key(long id) {
    return byId.get(id);
  }

  @Override
  public synchronized boolean destroy(String customer) {
    CustomerKey key = byCustomer.remove(customer);
    if (key != null) {
      byId.remove(key.id());
      generation = generation + 1;
    }
    return key != null;
  }

  @Override
  public SecretKey logKey() {
    return BlockSeal.key(new byte[] {7, 1, 9});
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public void force() {}
}
