package dev.discount.policy.sim;

import dev.discount.core.data.Schema;
import java.io.IOException;
import java.io.Writer;

/** Writes cells as lines of comma-separated values. Confined to one thread. */
final class CsvCells implements Cells {

  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private final StringBuilder line = new StringBuilder();

  /** Writes the header line. */
  static void header(Schema schema, Writer out) throws IOException {
    for (int slot = 0; slot < schema.size(); slot++) {
      out.append(slot == 0 ? "" : ",").append(schema.field(slot).name());
    }
    out.append('\n');
  }

  /** Writes the row's line and begins the next. */
  void end(Writer out) throws IOException {
    line.append('\n');
    out.append(line);
    line.setLength(0);
  }

  private void separate() {
    if (line.length() > 0) {
      line.append(',');
    }
  }

  @Override
  public void key(int slot, long value) {
    separate();
    line.append(value);
  }

  @Override
  public void text(int slot, String value) {
    separate();
    line.append(value);
  }

  @Override
  public void number(int slot, long scaled, int digits) {
    separate();
    long size = Math.abs(scaled);
    if (scaled < 0) {
      line.append('-');
    }
    line.append(size / POWERS[digits]);
    if (digits > 0) {
      line.append('.');
      long rest = size % POWERS[digits];
      for (int digit = digits - 1; digit >= 0; digit--) {
        line.append((char) ('0' + rest / POWERS[digit] % 10));
      }
    }
  }
}
