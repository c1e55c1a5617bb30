package dev.discount.core.data;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when data from outside breaks a rule: a purchase log, a schema file, rows of a host. Says
 * where, what was found and what the rule is. Whoever threw it has changed nothing.
 */
public final class DataFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The longest part of a bad value that a message repeats. */
  private static final int SHOWN_CHARS = 60;

  private final String source;
  private final long line;
  private final @Nullable String column;
  private final @Nullable String value;
  private final String rule;

  /**
   * Makes an exception whose message is {@code source:line: column must be rule, got value}, with
   * the parts that are known.
   *
   * @param source the file, or what else the data came from
   * @param line the line, the first being 1, or 0 where there is none
   * @param column the column or key, or null if the rule is about the whole
   * @param value what was found, or null if it cannot be shown
   * @param rule what it must be, to be read after "must"
   */
  public DataFormatException(
      String source, long line, @Nullable String column, @Nullable String value, String rule) {
    this(source, line, column, value, rule, null);
  }

  /**
   * Makes an exception with what caused it; the parts are those of the other constructor.
   *
   * @param cause what was thrown below, or null
   */
  public DataFormatException(
      String source,
      long line,
      @Nullable String column,
      @Nullable String value,
      String rule,
      @Nullable Throwable cause) {
    super(message(source, line, column, value, rule), cause);
    this.source = source;
    this.line = line;
    this.column = column;
    this.value = value;
    this.rule = rule;
  }

  /**
   * Makes the exception for what a type of ours refuses, in its words.
   *
   * @param source the file, or what else the data came from
   * @param column the column or key
   * @param refused what the type threw
   */
  public DataFormatException(String source, String column, IllegalArgumentException refused) {
    super(source + ": " + column + ": " + refused.getMessage(), refused);
    this.source = source;
    this.line = 0;
    this.column = column;
    this.value = null;
    this.rule = String.valueOf(refused.getMessage());
  }

  private static String message(
      String source, long line, @Nullable String column, @Nullable String value, String rule) {
    StringBuilder text = new StringBuilder(source);
    if (line > 0) {
      text.append(':').append(line);
    }
    text.append(": ");
    text.append(
        column == null ? (line > 0 ? "line" : "data") : line > 0 ? "column " + column : column);
    text.append(" must ").append(rule);
    if (value != null) {
      text.append(", got ").append(value.isEmpty() ? "an empty cell" : quoted(value));
    }
    return text.toString();
  }

  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    int shown = Math.min(value.length(), SHOWN_CHARS);
    for (int i = 0; i < shown; i++) {
      char c = value.charAt(i);
      text.append(Character.isISOControl(c) ? '\uFFFD' : c);
    }
    return text.append(shown < value.length() ? "…\"" : "\"").toString();
  }

  /** Returns the file, or what else the data came from. */
  public String source() {
    return source;
  }

  /** Returns the line, the first being 1, or 0 where there is none. */
  public long line() {
    return line;
  }

  /** Returns the column or key, or null if the rule is about the whole. */
  public @Nullable String column() {
    return column;
  }

  /** Returns what was found, or null if it cannot be shown. */
  public @Nullable String value() {
    return value;
  }

  /** Returns the rule, to be read after "must". */
  public String rule() {
    return rule;
  }
}
