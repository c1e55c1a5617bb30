package dev.discount.core.embedding;

import it.unimi.dsi.fastutil.HashCommon;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The place of each of many texts. Filled once, then thread-safe for reading; looking up allocates
 * nothing.
 */
final class TextPlaces {

  /*
   * An open-addressed table whose slots name a text's hash and where it stands in one array of
   * characters, behind its place and length. So a lookup of a known text touches two places in
   * memory, and one of another text mostly the table alone.
   */
  private static final float FILLED = 0.6f;
  private static final int HEADER = 4;
  private static final long MOST = Integer.MAX_VALUE - 8;

  private final long[] slots;
  private final int mask;
  private char[] pool = new char[16];
  private int end = 1; // no text begins at 0, so that a slot in use is not 0

  /**
   * Makes room.
   *
   * @param count the texts to come
   */
  TextPlaces(int count) {
    this.slots = new long[HashCommon.arraySize(count, FILLED)];
    this.mask = slots.length - 1;
  }

  /**
   * Sets a text's place and returns the one it had, 0 if it had none.
   *
   * @param text one of at most as many texts as there is room for
   * @param place at least 1
   * @throws IllegalArgumentException if the texts are too long in all
   */
  int put(String text, int place) {
    int hash = text.hashCode();
    int at = slot(text, hash);
    if (slots[at] != 0) {
      int start = (int) slots[at];
      int before = number(start);
      setNumber(start, place);
      return before;
    }
    int length = text.length();
    reserve((long) HEADER + length);
    slots[at] = ((long) hash << Integer.SIZE) | end;
    setNumber(end, place);
    setNumber(end + 2, length);
    text.getChars(0, length, pool, end + HEADER);
    end += HEADER + length;
    return 0;
  }

  /** Gives back the room that was not needed. */
  void trim() {
    pool = Arrays.copyOf(pool, end);
  }

  /** Returns a text's place, 0 if it has none. */
  int of(String text) {
    long slot = slots[slot(text, text.hashCode())];
    return slot == 0 ? 0 : number((int) slot);
  }

  /** Sets {@code out[place - 1]} to the text of each place. */
  void copyInto(@Nullable String[] out) {
    int start = 1;
    while (start < end) {
      int length = number(start + 2);
      out[number(start) - 1] = new String(pool, start + HEADER, length);
      start += HEADER + length;
    }
  }

  /** Returns the slot of a text, or the empty one it would take. */
  private int slot(String text, int hash) {
    int at = HashCommon.mix(hash) & mask;
    while (slots[at] != 0 && !(slots[at] >> Integer.SIZE == hash && holds((int) slots[at], text))) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private boolean holds(int start, String text) {
    int length = text.length();
    if (number(start + 2) != length) {
      return false;
    }
    int from = start + HEADER;
    for (int i = 0; i < length; i++) {
      if (pool[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int number(int at) {
    return (pool[at] << Character.SIZE) | pool[at + 1];
  }

  private void setNumber(int at, int number) {
    pool[at] = (char) (number >>> Character.SIZE);
    pool[at + 1] = (char) number;
  }

  private void reserve(long more) {
    long needed = end + more;
    if (needed > MOST) {
      throw new IllegalArgumentException(
          "texts must have at most "
              + MOST
              + " characters in all, "
              + HEADER
              + " more for each, got "
              + needed);
    }
    if (needed > pool.length) {
      pool = Arrays.copyOf(pool, (int) Math.min(MOST, Math.max(needed, 2L * pool.length)));
    }
  }
}
