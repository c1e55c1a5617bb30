package dev.discount.core.data;

/**
 * Sets the cells of a row from an object of the host.
 *
 * @param <T> the type of the objects
 */
@FunctionalInterface
public interface RowWriter<T> {

  /**
   * Sets the cells of one row; those it leaves alone are missing.
   *
   * @param item the object
   * @param rows receives the cells
   * @param row the index of the row, which has been added already
   */
  void write(T item, Rows rows, int row);
}
