package dev.discount.core.data;

/**
 * How the cells of a CSV file are parted. Immutable; every instance is valid.
 *
 * @param delimiter the character between two cells
 * @param quote the character around a cell that holds delimiters, line breaks or quotes, these
 *     doubled
 */
public record CsvFormat(char delimiter, char quote) {

  /** Checks that the two characters differ and end no line. */
  public CsvFormat {
    check("delimiter", delimiter);
    check("quote", quote);
    if (delimiter == quote) {
      throw new IllegalArgumentException("quote must differ from delimiter, got " + quote);
    }
  }

  /** Returns the comma and the double quote. */
  public static CsvFormat ofDefaults() {
    return new CsvFormat(',', '"');
  }

  private static void check(String what, char c) {
    if (c == '\n' || c == '\r' || c == '\0' || c == '\uFEFF' || Character.isSurrogate(c)) {
      throw new IllegalArgumentException(
          what + " must be one character that ends no line, got code " + (int) c);
    }
  }
}
