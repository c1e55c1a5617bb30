package dev.discount.core.data;

/**
 * A cursor that appends row by row, checks each, and takes back what it appended when one fails.
 * Confined to one thread.
 */
abstract class CheckedCursor implements RowCursor {

  private final Schema schema;
  private final String source;
  private boolean started;
  private boolean broken;

  CheckedCursor(Schema schema, String source) {
    this.schema = schema;
    this.source = source;
  }

  /** Moves to the next row and returns whether there is one. */
  abstract boolean advance();

  /** Sets the cells of the row moved to. */
  abstract void write(Rows out, int row);

  /** Returns the line of the row moved to. */
  abstract long line();

  /** Returns what was found in a cell of the row moved to. */
  abstract String found(Rows out, int row, int slot);

  @Override
  public final int next(Rows out, int maxRows) {
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows must be >= 1, got " + maxRows);
    }
    if (!schema.sameFields(out.schema())) {
      throw new IllegalArgumentException(
          "out must be of the source's fields " + schema + ", got " + out.schema());
    }
    if (broken) {
      throw new IllegalStateException("a cursor must not be used after it has thrown");
    }
    int before = out.size();
    broken = true;
    try {
      while (out.size() - before < maxRows && advance()) {
        append(out);
      }
      if (!started) {
        throw new DataFormatException(source, 0, null, null, "have at least one row");
      }
      broken = false;
      return out.size() - before;
    } finally {
      if (broken) {
        out.truncate(before);
      }
    }
  }

  private void append(Rows out) {
    started = true;
    int row = out.add();
    write(out, row);
    RowRules.Violation violation = schema.rules().firstViolation(out, row);
    if (violation != null) {
      throw new DataFormatException(
          source,
          line(),
          schema.field(violation.slot()).name(),
          found(out, row, violation.slot()),
          violation.rule());
    }
  }
}
