package dev.discount.bench.growth;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** What of the heap is in use. Stateless. */
final class Memory {

  private Memory() {}

  /** Collects garbage and returns the bytes of what is left. */
  static double liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Returns the bytes that were left after the last collection of each part of the heap. */
  static double bytesAfterCollection() {
    double sum = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      sum += usage == null ? 0 : usage.getUsed();
    }
    return sum;
  }
}
