package dev.discount.core.embedding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The ids of an {@link IdIndex} as flat arrays, as they stand in a model file. Numbers and texts
 * are kept apart, each in the order of their indexes; {@code kinds} says which comes next. Holds
 * its arrays without copying them, so they must not be changed.
 *
 * @param kinds for each id 0 for a number, 1 for a text
 * @param numbers the ids that are numbers
 * @param offsets where each text starts in {@code utf8}, and the end of the last; one more than
 *     there are texts, the first 0, never falling
 * @param utf8 the texts, UTF-8, one after the other
 */
@SuppressWarnings("ArrayRecordComponent")
public record IdKeys(byte[] kinds, long[] numbers, long[] offsets, byte[] utf8) {

  private static final byte NUMBER = 0;
  private static final byte TEXT = 1;

  /** Checks that the arrays fit together. */
  public IdKeys {
    int textCount = 0;
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] != NUMBER && kinds[i] != TEXT) {
        throw new IllegalArgumentException("kinds[" + i + "] must be 0 or 1, got " + kinds[i]);
      }
      textCount += kinds[i];
    }
    if (numbers.length != kinds.length - textCount) {
      throw new IllegalArgumentException(
          "numbers must number " + (kinds.length - textCount) + ", got " + numbers.length);
    }
    if (offsets.length != textCount + 1) {
      throw new IllegalArgumentException(
          "offsets must number " + (textCount + 1) + ", got " + offsets.length);
    }
    long end = 0;
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] < end || (i == 0 && offsets[i] != 0)) {
        throw new IllegalArgumentException(
            "offsets[" + i + "] must start at 0 and never fall, got " + offsets[i]);
      }
      end = offsets[i];
    }
    if (end != utf8.length) {
      throw new IllegalArgumentException(
          "offsets[" + textCount + "] must be the length of utf8=" + utf8.length + ", got " + end);
    }
  }

  /** Packs ids; where a word is null the id is the number. */
  static IdKeys pack(long[] numbersByIndex, @Nullable String[] wordsByIndex) {
    int count = numbersByIndex.length;
    int texts = 0;
    for (String word : wordsByIndex) {
      texts += word == null ? 0 : 1;
    }
    byte[] kinds = new byte[count];
    long[] numbers = new long[count - texts];
    long[] offsets = new long[texts + 1];
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    int number = 0;
    int text = 0;
    for (int i = 0; i < count; i++) {
      String word = wordsByIndex[i];
      if (word == null) {
        numbers[number++] = numbersByIndex[i];
      } else {
        kinds[i] = TEXT;
        utf8.writeBytes(word.getBytes(StandardCharsets.UTF_8));
        offsets[++text] = utf8.size();
      }
    }
    return new IdKeys(kinds, numbers, offsets, utf8.toByteArray());
  }

  /** Returns the number of ids. */
  public int size() {
    return kinds.length;
  }

  /** Returns whether an id is a text. */
  boolean isText(int id) {
    return kinds[id] == TEXT;
  }

  /** Returns one of the ids that are numbers. */
  long number(int place) {
    return numbers[place];
  }

  /** Returns one of the ids that are texts. */
  String text(int place) {
    int start = (int) offsets[place];
    ByteBuffer bytes = ByteBuffer.wrap(utf8, start, (int) offsets[place + 1] - start);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(bytes)
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("utf8 of text " + place + " must be UTF-8", e);
    }
  }
}
