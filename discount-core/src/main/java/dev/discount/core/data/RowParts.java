package dev.discount.core.data;

/**
 * Says of each row of a log to which part it belongs, as the rows pass by. Immutable and
 * thread-safe.
 */
@FunctionalInterface
public interface RowParts {

  /** What a row is for. */
  enum Part {
    /** To learn from. */
    TRAIN,
    /** To tune and stop on. */
    VALIDATION,
    /** To judge by. */
    TEST
  }

  /**
   * Returns the part of a row.
   *
   * @param rows holds the row
   * @param row the row's index in {@code rows}
   * @param number the row's number in the log, from 0
   * @throws IllegalArgumentException if the row lacks what the split goes by
   */
  Part part(Rows rows, int row, int number);
}
