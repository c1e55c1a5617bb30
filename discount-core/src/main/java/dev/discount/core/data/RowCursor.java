package dev.discount.core.data;

/** One pass over the rows of a {@link RowSource}. Confined to one thread. */
public interface RowCursor extends AutoCloseable {

  /**
   * Appends the next rows.
   *
   * @param out receives the rows behind those it holds; must be of the source's fields
   * @param maxRows the most rows to append, at least 1
   * @return the number of rows appended, 0 only at the end
   * @throws DataFormatException if a row breaks a rule, or the source ends without one; {@code out}
   *     is as it was before the call, and the cursor must not be used again
   * @throws java.io.UncheckedIOException if reading fails, with the same effect
   */
  int next(Rows out, int maxRows);

  /** Releases what the cursor holds. */
  @Override
  void close();
}
