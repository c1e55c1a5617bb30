package dev.discount.core.data;

import java.util.List;

/**
 * Reads the cells of CSV records into rows. Repeated texts of a column share one string. Confined
 * to one thread.
 */
final class CsvCells {

  private final Schema schema;
  private final Field.Kind[] kinds;
  private final String source;
  private final char[][] missing;
  private final RecentTexts[] texts;

  CsvCells(Schema schema, String source) {
    this.schema = schema;
    this.kinds = schema.fields().stream().map(Field::kind).toArray(Field.Kind[]::new);
    this.source = source;
    List<String> words = schema.csv().missing();
    this.missing = new char[words.size()][];
    for (int i = 0; i < missing.length; i++) {
      missing[i] = words.get(i).toCharArray();
    }
    this.texts = new RecentTexts[kinds.length];
    for (int slot = 0; slot < texts.length; slot++) {
      texts[slot] = new RecentTexts(schema.field(slot).keyed());
    }
  }

  /** Sets the cells of a row, which are all missing. */
  void write(CsvRecordCells record, Rows out, int row) {
    for (int slot = 0; slot < kinds.length; slot++) {
      if (!isMissing(record, slot)) {
        switch (kinds[slot]) {
          case ID, CATEGORY -> writeKey(record, slot, out, row);
          case NUMBER -> out.setDouble(row, slot, number(record, slot));
          case FLAG -> out.setLong(row, slot, flag(record, slot));
        }
      }
    }
  }

  private boolean isMissing(CsvRecordCells record, int slot) {
    if (record.length(slot) == 0) {
      return true;
    }
    for (char[] word : missing) {
      if (equal(record, slot, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(CsvRecordCells record, int slot, char[] word) {
    if (record.length(slot) != word.length) {
      return false;
    }
    char[] chars = record.chars();
    int start = record.start(slot);
    for (int i = 0; i < word.length; i++) {
      if (chars[start + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  private double number(CsvRecordCells record, int slot) {
    double number = Decimals.parse(record.chars(), record.start(slot), record.length(slot));
    if (Double.isFinite(number)) {
      return number;
    }
    boolean tooLarge = Double.isInfinite(number) || Decimals.isNonFiniteWord(record.text(slot));
    throw broken(record, slot, tooLarge ? "be finite" : "be a decimal number");
  }

  private long flag(CsvRecordCells record, int slot) {
    char[] chars = record.chars();
    int start = record.start(slot);
    switch (record.length(slot)) {
      case 1 -> {
        if (chars[start] == '0' || chars[start] == '1') {
          return chars[start] == '1' ? 1 : 0;
        }
      }
      case 2, 3, 4, 5 -> {
        if (isWord(record, slot, "true") || isWord(record, slot, "yes")) {
          return 1;
        }
        if (isWord(record, slot, "false") || isWord(record, slot, "no")) {
          return 0;
        }
      }
      default -> {}
    }
    throw broken(record, slot, "be 0 or 1, true or false, yes or no");
  }

  private static boolean isWord(CsvRecordCells record, int slot, String word) {
    if (record.length(slot) != word.length()) {
      return false;
    }
    char[] chars = record.chars();
    int start = record.start(slot);
    for (int i = 0; i < word.length(); i++) {
      char c = chars[start + i];
      char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
      if (lower != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void writeKey(CsvRecordCells record, int slot, Rows out, int row) {
    char[] chars = record.chars();
    int start = record.start(slot);
    int length = record.length(slot);
    if (length <= 18 && (chars[start] != '0' || length == 1)) {
      long number = 0;
      int i = 0;
      while (i < length && chars[start + i] >= '0' && chars[start + i] <= '9') {
        number = number * 10 + (chars[start + i] - '0');
        i++;
      }
      if (i == length) {
        out.setLong(row, slot, number);
        return;
      }
    }
    out.setText(row, slot, texts[slot].of(chars, start, length));
  }

  private DataFormatException broken(CsvRecordCells record, int slot, String rule) {
    return new DataFormatException(
        source, record.line(), schema.field(slot).name(), record.text(slot), rule);
  }
}
