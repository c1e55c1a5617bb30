package dev.discount.policy;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded set of idle sessions. Lock-free and safe for concurrent use: a session is owned by
 * whoever takes it out of its slot. Taking from an empty pool gives nothing, and what does not fit
 * into a full one is left to the garbage collector.
 */
final class SessionPool {

  private final AtomicReferenceArray<@Nullable DecisionSession> slots;

  SessionPool(int size) {
    this.slots = new AtomicReferenceArray<>(size);
  }

  int size() {
    return slots.length();
  }

  @Nullable DecisionSession take() {
    int start = start();
    for (int i = 0; i < slots.length(); i++) {
      int slot = (start + i) % slots.length();
      if (slots.getPlain(slot) != null) {
        DecisionSession session = slots.getAndSet(slot, null);
        if (session != null) {
          return session;
        }
      }
    }
    return null;
  }

  void give(DecisionSession session) {
    int start = start();
    for (int i = 0; i < slots.length(); i++) {
      int slot = (start + i) % slots.length();
      if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, session)) {
        return;
      }
    }
  }

  /** Spreads threads over the slots, so that they seldom meet. */
  private int start() {
    return (Thread.currentThread().hashCode() & Integer.MAX_VALUE) % slots.length();
  }
}
