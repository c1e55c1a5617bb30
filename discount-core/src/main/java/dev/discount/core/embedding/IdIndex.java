package dev.discount.core.embedding;

import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The place of each known id in a table: ids, numbers or texts, to 1, 2, … in order of first
 * appearance, and 0 for every other id. Immutable and thread-safe; looking up allocates nothing.
 *
 * <p>A text that is the canonical decimal form of a {@code long} is the same id as that number, so
 * {@code index("42") == index(42)}, while {@code "042"} is an id of its own.
 */
public final class IdIndex {

  /** The index of every id that is not known. */
  public static final int UNKNOWN = 0;

  private static final String MIN_DIGITS = "9223372036854775808";
  private static final String MAX_DIGITS = "9223372036854775807";

  private final NumberPlaces numbers;
  private final TextPlaces texts;
  private final int size;

  private IdIndex(NumberPlaces numbers, TextPlaces texts, int size) {
    this.numbers = numbers;
    this.texts = texts;
    this.size = size;
  }

  /** Returns a builder that has seen no id. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the index of a number, {@link #UNKNOWN} if it is not known. */
  public int index(long id) {
    return numbers.of(id);
  }

  /** Returns the index of a text, {@link #UNKNOWN} if it is not known. */
  public int index(String id) {
    return isLong(id) ? index(Long.parseLong(id)) : texts.of(id);
  }

  /** Returns the number of indexes in use, that of unknown ids included: at least 1. */
  public int size() {
    return size;
  }

  /**
   * Returns whether a text is the canonical decimal form of a {@code long}: digits without leading
   * zeros or plus sign, within its range.
   */
  public static boolean isLong(String text) {
    int length = text.length();
    if (length == 0 || length > 20) {
      return false;
    }
    int start = text.charAt(0) == '-' ? 1 : 0;
    int digits = length - start;
    if (digits < 1 || digits > 19 || (text.charAt(start) == '0' && length > 1)) {
      return false;
    }
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return digits < 19 || fitsLong(text, start);
  }

  private static boolean fitsLong(String text, int start) {
    String limit = start == 1 ? MIN_DIGITS : MAX_DIGITS;
    for (int i = 0; i < limit.length(); i++) {
      int difference = text.charAt(start + i) - limit.charAt(i);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return true;
  }

  /** Returns the known ids, in the order of their indexes. */
  public IdKeys keys() {
    int count = size() - 1;
    long[] all = new long[count];
    numbers.copyInto(all);
    @Nullable String[] words = new @Nullable String[count];
    texts.copyInto(words);
    return IdKeys.pack(all, words);
  }

  /**
   * Rebuilds an index from its ids.
   *
   * @param keys the ids in the order of their indexes
   * @throws IllegalArgumentException if an id appears twice, or a text should be a number
   */
  public static IdIndex of(IdKeys keys) {
    NumberPlaces numbers = places(keys.numbers());
    TextPlaces texts = new TextPlaces(keys.size() - keys.numbers().length);
    int number = 0;
    int text = 0;
    for (int i = 0; i < keys.size(); i++) {
      int before =
          keys.isText(i)
              ? texts.put(text(keys, i, text++), i + 1)
              : numbers.put(keys.number(number++), i + 1);
      if (before != UNKNOWN) {
        throw new IllegalArgumentException("keys[" + i + "] must differ from those before it");
      }
    }
    texts.trim();
    return new IdIndex(numbers, texts, keys.size() + 1);
  }

  private static String text(IdKeys keys, int i, int place) {
    String word = keys.text(place);
    if (isLong(word)) {
      throw new IllegalArgumentException(
          "keys[" + i + "] must be stored as a number, got the text \"" + word + "\"");
    }
    return word;
  }

  private static NumberPlaces places(long[] numbers) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (long number : numbers) {
      least = Math.min(least, number);
      greatest = Math.max(greatest, number);
    }
    return new NumberPlaces(numbers.length, least, greatest);
  }

  /** Counts ids and builds an {@link IdIndex} of them. Confined to one thread. */
  public static final class Builder {

    private final Long2IntOpenHashMap longs = new Long2IntOpenHashMap();
    private final Object2IntOpenHashMap<String> texts = new Object2IntOpenHashMap<>();
    private int[] counts = new int[16];
    private int size;

    private Builder() {}

    /** Counts a number once. */
    public void add(long id) {
      int place = longs.get(id);
      if (place == 0) {
        longs.put(id, appended());
      } else {
        count(place);
      }
    }

    /**
     * Counts a text once.
     *
     * @throws IllegalArgumentException if the text is not well-formed Unicode
     */
    public void add(String id) {
      if (isLong(id)) {
        add(Long.parseLong(id));
        return;
      }
      int place = texts.getInt(id);
      if (place == 0) {
        checkWellFormed(id);
        texts.put(id, appended());
      } else {
        count(place);
      }
    }

    /**
     * Returns an index of the ids counted often enough, in order of first appearance.
     *
     * @param minCount the smallest count of an id that is kept, at least 1
     */
    public IdIndex build(int minCount) {
      if (minCount < 1) {
        throw new IllegalArgumentException("minCount must be >= 1, got " + minCount);
      }
      int[] indexes = new int[size];
      int kept = 0;
      for (int i = 0; i < size; i++) {
        indexes[i] = counts[i] >= minCount ? ++kept : UNKNOWN;
      }
      int keptTexts =
          (int) texts.values().intStream().filter(p -> indexes[p - 1] != UNKNOWN).count();
      return new IdIndex(
          keptNumbers(indexes, kept - keptTexts), keptTexts(indexes, keptTexts), kept + 1);
    }

    private TextPlaces keptTexts(int[] indexes, int kept) {
      TextPlaces result = new TextPlaces(kept);
      for (Object2IntMap.Entry<String> entry : texts.object2IntEntrySet()) {
        int index = indexes[entry.getIntValue() - 1];
        if (index != UNKNOWN) {
          result.put(entry.getKey(), index);
        }
      }
      result.trim();
      return result;
    }

    private NumberPlaces keptNumbers(int[] indexes, int kept) {
      long[] numbers = new long[kept];
      int[] places = new int[kept];
      int count = 0;
      for (Long2IntMap.Entry entry : longs.long2IntEntrySet()) {
        int index = indexes[entry.getIntValue() - 1];
        if (index != UNKNOWN) {
          numbers[count] = entry.getLongKey();
          places[count++] = index;
        }
      }
      NumberPlaces result = places(numbers);
      for (int i = 0; i < count; i++) {
        result.put(numbers[i], places[i]);
      }
      return result;
    }

    private int appended() {
      if (size == counts.length) {
        if (size > Integer.MAX_VALUE / 2) {
          throw new IllegalStateException("ids must number fewer than 2^30, got more");
        }
        counts = Arrays.copyOf(counts, size * 2);
      }
      counts[size++] = 1;
      return size;
    }

    private void count(int place) {
      if (counts[place - 1] < Integer.MAX_VALUE) {
        counts[place - 1]++;
      }
    }

    private static void checkWellFormed(String id) {
      for (int i = 0; i < id.length(); i++) {
        char c = id.charAt(i);
        if (Character.isHighSurrogate(c)
            && i + 1 < id.length()
            && Character.isLowSurrogate(id.charAt(i + 1))) {
          i++;
        } else if (Character.isSurrogate(c)) {
          throw new IllegalArgumentException(
              "id must be well-formed Unicode, got an unpaired surrogate at " + i);
        }
      }
    }
  }
}
