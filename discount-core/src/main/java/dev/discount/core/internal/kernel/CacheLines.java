package dev.discount.core.internal.kernel;

/**
 * Where the elements of long-lived arrays stand so that vectors and rows do not cross the cache
 * lines of 64 bytes, as far as the heap lets one know. Stateless.
 */
public final class CacheLines {

  /*
   * A vector of 64 bytes that lies in two cache lines is read twice, and a row of 256 bytes touches
   * five of them instead of four. Elements begin 16 bytes after an array's own address (12 bytes
   * with compact object headers), and that address is known for large arrays alone: G1 gives
   * an array of more than half a region regions of its own and never moves it within them, and ZGC
   * gives one of more than 256 KiB a page's granule. There the element LEAD begins a line. Other
   * heaps place arrays at any multiple of 8 bytes; with them, and for small arrays, the lead
   * neither helps nor harms. Nothing but speed depends on it.
   *
   * G1 chooses the power of two of at most 32 MiB that cuts the greatest heap into some 2048
   * regions. So what it takes to make a matrix large is about 1/4096 of the heap.
   */

  /** The first element in use of an array of floats. */
  public static final int LEAD_FLOATS = 12;

  /** The first element in use of an array of shorts. */
  public static final int LEAD_SHORTS = 24;

  /** Arrays below stay in the first cache, of 48 KiB, and gain too little for their garbage. */
  private static final int SMALL_FLOATS = 12_288;

  private static final long LEAST_REGION = 1 << 20;
  private static final long GREATEST_REGION = 32 << 20;
  private static final int REGIONS = 2048;

  /** The floats that fill half a region; with an array's header it is more than half. */
  private static final int LARGE_FLOATS = largeFloats(Runtime.getRuntime().maxMemory());

  private CacheLines() {}

  static int largeFloats(long heapBytes) {
    long share = Math.min(GREATEST_REGION, Math.max(LEAST_REGION, heapBytes / REGIONS));
    long region = Long.highestOneBit(2 * share - 1);
    return (int) (region / 2 / Float.BYTES);
  }

  /**
   * Returns an array of zeros for what is kept and read again and again.
   *
   * @param count the floats in use, from {@link #LEAD_FLOATS} on
   */
  public static float[] newFloats(int count) {
    int length = Math.addExact(count, LEAD_FLOATS);
    return new float[count < SMALL_FLOATS ? length : Math.max(length, LARGE_FLOATS)];
  }
}
