package dev.discount.policy;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded set of idle deciders. Lock-free and safe for concurrent use: a decider is owned by
 * whoever takes it out of its slot. Taking from an empty pool gives nothing, and what does not fit
 * into a full one is left to the garbage collector.
 */
final class SessionPool {

  private final AtomicReferenceArray<@Nullable RequestDecider> slots;

  SessionPool(int size) {
    this.slots = new AtomicReferenceArray<>(size);
  }

  int size() {
    return slots.length();
  }

  @Nullable RequestDecider take() {
    int start = start();
    for (int i = 0; i < slots.length(); i++) {
      int slot = (start + i) % slots.length();
      if (slots.getPlain(slot) != null) {
        RequestDecider decider = slots.getAndSet(slot, null);
        if (decider != null) {
          return decider;
        }
      }
    }
    return null;
  }

  void give(RequestDecider decider) {
    int start = start();
    for (int i = 0; i < slots.length(); i++) {
      int slot = (start + i) % slots.length();
      if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, decider)) {
        return;
      }
    }
  }

  /** Spreads threads over the slots, so that they seldom meet. */
  private int start() {
    return (Thread.currentThread().hashCode() & Integer.MAX_VALUE) % slots.length();
  }
}
