package dev.discount.core.embedding;

import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/**
 * The places, 1, 2, …, of known numbers, and 0 for every other number. Where numbers lie close
 * together they are an array, which takes no more room than a map and one read. Filled by one
 * thread before it is shared; reading is thread-safe then and allocates nothing.
 */
final class NumberPlaces {

  private static final int DIRECT_SPREAD = 3;
  private static final long MOST_DIRECT = Integer.MAX_VALUE - 8;

  private final Long2IntOpenHashMap map;
  private final int[] direct;
  private final long first;

  /**
   * Makes room.
   *
   * @param count the numbers to come
   * @param least the smallest of them, any value if there are none
   * @param greatest the greatest of them
   */
  NumberPlaces(int count, long least, long greatest) {
    long span = greatest - least; // negative if it overflows
    boolean close = span >= 0 && span < Math.min(DIRECT_SPREAD * (long) count, MOST_DIRECT);
    this.direct = new int[close ? (int) span + 1 : 0];
    this.map = new Long2IntOpenHashMap(close ? 0 : count);
    this.first = least;
  }

  /**
   * Sets a number's place and returns the one it had, 0 if it had none.
   *
   * @param number between the least and the greatest
   * @param place at least 1
   */
  int put(long number, int place) {
    if (direct.length == 0) {
      return map.put(number, place);
    }
    int at = (int) (number - first);
    int before = direct[at];
    direct[at] = place;
    return before;
  }

  /** Returns a number's place, 0 if it has none. */
  int of(long number) {
    long at = number - first; // wraps around to a place beyond the array, if at all
    if (at >= 0 && at < direct.length) {
      return direct[(int) at];
    }
    return map.isEmpty() ? 0 : map.get(number);
  }

  /** Sets {@code out[place - 1]} to the number of each place. */
  void copyInto(long[] out) {
    for (Long2IntMap.Entry entry : map.long2IntEntrySet()) {
      out[entry.getIntValue() - 1] = entry.getLongKey();
    }
    for (int i = 0; i < direct.length; i++) {
      if (direct[i] != 0) {
        out[direct[i] - 1] = first + i;
      }
    }
  }
}
