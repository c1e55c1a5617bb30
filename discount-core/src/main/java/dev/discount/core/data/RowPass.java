package dev.discount.core.data;

/** Something whose rows can be visited in order, any number of times. */
interface RowPass {

  /** The rows read from a source at a time. */
  int CHUNK = 4096;

  /** Sees one row. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Sees a row.
     *
     * @param rows holds the row
     * @param row the row's index in {@code rows}
     * @param number the row's number in the log, from 0
     */
    void visit(Rows rows, int row, int number);
  }

  /** Returns the fields of the rows. */
  Schema schema();

  /** Visits all rows in order. */
  void forEach(Visitor visitor);

  /**
   * Rows in memory.
   *
   * @param rows the rows
   */
  record Held(Rows rows) implements RowPass {
    @Override
    public Schema schema() {
      return rows.schema();
    }

    @Override
    public void forEach(Visitor visitor) {
      for (int row = 0; row < rows.size(); row++) {
        visitor.visit(rows, row, row);
      }
    }
  }

  /**
   * Rows that are read piece by piece.
   *
   * @param source where from
   */
  record Read(RowSource source) implements RowPass {
    @Override
    public Schema schema() {
      return source.schema();
    }

    @Override
    public void forEach(Visitor visitor) {
      Rows rows = new Rows(schema(), CHUNK);
      int number = 0;
      try (RowCursor cursor = source.open()) {
        while (cursor.next(rows, CHUNK) > 0) {
          for (int row = 0; row < rows.size(); row++) {
            visitor.visit(rows, row, number);
            number = Math.incrementExact(number);
          }
          rows.clear();
        }
      }
    }
  }
}
