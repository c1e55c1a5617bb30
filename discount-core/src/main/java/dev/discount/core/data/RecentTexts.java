package dev.discount.core.data;

import org.jspecify.annotations.Nullable;

/** Gives texts that repeat as one string. Confined to one thread. */
final class RecentTexts {

  private static final int REMEMBERED = 1 << 12;

  private final @Nullable String[] texts;

  /** The hash of each text: most texts that were not remembered need no look at another. */
  private final int[] hashes;

  /**
   * Remembers nothing yet.
   *
   * @param used whether there will be any text
   */
  RecentTexts(boolean used) {
    this.texts = new @Nullable String[used ? REMEMBERED : 0];
    this.hashes = new int[texts.length];
  }

  /** Returns a string of some characters. */
  String of(char[] chars, int start, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = hash * 31 + chars[start + i];
    }
    int place = (hash ^ (hash >>> 16)) & (REMEMBERED - 1);
    String text = texts[place];
    if (text == null || hashes[place] != hash || !equal(text, chars, start, length)) {
      text = new String(chars, start, length);
      texts[place] = text;
      hashes[place] = hash;
    }
    return text;
  }

  private static boolean equal(String text, char[] chars, int start, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != chars[start + i]) {
        return false;
      }
    }
    return true;
  }
}
