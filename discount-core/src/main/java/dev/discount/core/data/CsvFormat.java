package dev.discount.core.data;

import java.util.List;

/**
 * How the cells of a CSV file are written. Immutable; every instance is valid.
 *
 * @param delimiter the character between two cells
 * @param quote the character around a cell that holds delimiters, line breaks or quotes, these
 *     doubled
 * @param missing texts that stand for a missing cell besides the empty one, such as {@code NA};
 *     copied
 */
public record CsvFormat(char delimiter, char quote, List<String> missing) {

  /** Checks that the two characters differ and end no line. */
  public CsvFormat {
    missing = List.copyOf(missing);
    check("delimiter", delimiter);
    check("quote", quote);
    if (delimiter == quote) {
      throw new IllegalArgumentException("quote must differ from delimiter, got " + quote);
    }
  }

  /** Returns the comma, the double quote, and the empty cell alone as missing. */
  public static CsvFormat ofDefaults() {
    return new CsvFormat(',', '"', List.of());
  }

  /** Returns this format with another delimiter. */
  public CsvFormat withDelimiter(char newDelimiter) {
    return new CsvFormat(newDelimiter, quote, missing);
  }

  private static void check(String what, char c) {
    if (c == '\n' || c == '\r' || c == '\0' || c == '\uFEFF' || Character.isSurrogate(c)) {
      throw new IllegalArgumentException(
          what + " must be one character that ends no line, got code " + (int) c);
    }
  }
}
