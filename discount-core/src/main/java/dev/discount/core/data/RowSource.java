package dev.discount.core.data;

/**
 * Where the rows of a log come from, piece by piece, so that a log may be larger than memory. A
 * source can be read any number of times; whether by several threads at once is up to what is
 * behind it.
 */
public interface RowSource {

  /** Returns the fields of the rows. */
  Schema schema();

  /**
   * Returns a cursor before the first row, to be closed by the caller.
   *
   * @throws DataFormatException if what is there cannot hold rows of the schema
   * @throws java.io.UncheckedIOException if reading fails
   */
  RowCursor open();

  /**
   * Reads all rows into memory.
   *
   * @throws DataFormatException if a row breaks a rule, or there is none
   * @throws java.io.UncheckedIOException if reading fails
   */
  default Rows readAll() {
    Rows rows = new Rows(schema(), 1024);
    try (RowCursor cursor = open()) {
      int read;
      do {
        read = cursor.next(rows, 1 << 16);
      } while (read > 0);
    }
    return rows;
  }

  /**
   * Returns a source of a host's own objects. Each row is checked as {@link Schema#check} does; the
   * object's number, the first being 1, stands for the line in messages.
   *
   * @param <T> the type of the objects
   * @param schema the fields of the rows
   * @param items the objects; iterated once for each cursor
   * @param writer sets the cells of one row
   */
  static <T> RowSource of(Schema schema, Iterable<? extends T> items, RowWriter<? super T> writer) {
    return new ItemSource<T>(schema, items, writer);
  }
}
