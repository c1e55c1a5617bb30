package dev.discount.policy.log;

import dev.discount.core.data.CsvFormat;
import java.math.BigDecimal;

/** Writes cells of a line of comma-separated values. Confined to one thread. */
final class CsvLine {

  private static final double MAX_WHOLE = 1L << 53;

  private final CsvFormat format;
  private final StringBuilder line = new StringBuilder();
  private boolean first = true;

  CsvLine(CsvFormat format) {
    this.format = format;
  }

  private void separate() {
    if (!first) {
      line.append(format.delimiter());
    }
    first = false;
  }

  /** Adds a cell that needs no quotes. */
  CsvLine plain(String cell) {
    separate();
    line.append(cell);
    return this;
  }

  CsvLine number(long cell) {
    separate();
    line.append(cell);
    return this;
  }

  /** Adds a number so that it is read back to the last bit, whole ones without a point. */
  CsvLine number(double cell) {
    if (cell == (long) cell && Math.abs(cell) < MAX_WHOLE && !isNegativeZero(cell)) {
      return number((long) cell);
    }
    return text(Double.toString(cell));
  }

  private static boolean isNegativeZero(double cell) {
    return Double.doubleToRawLongBits(cell) == Long.MIN_VALUE;
  }

  /** Adds a whole number of small units as a decimal number of large ones. */
  CsvLine decimal(long unscaled, int digits) {
    return text(BigDecimal.valueOf(unscaled, digits).toPlainString());
  }

  CsvLine text(String cell) {
    separate();
    char quote = format.quote();
    boolean quoted = false;
    for (int i = 0; i < cell.length() && !quoted; i++) {
      char c = cell.charAt(i);
      quoted = c == quote || c == format.delimiter() || c == '\n' || c == '\r';
    }
    if (!quoted) {
      line.append(cell);
      return this;
    }
    line.append(quote);
    for (int i = 0; i < cell.length(); i++) {
      line.append(cell.charAt(i) == quote ? String.valueOf(quote) + quote : cell.charAt(i));
    }
    line.append(quote);
    return this;
  }

  /** Returns how long the line is by now. */
  int length() {
    return line.length();
  }

  /** Returns the line with its end and begins the next. */
  String end() {
    String whole = line.append('\n').toString();
    line.setLength(0);
    first = true;
    return whole;
  }
}
