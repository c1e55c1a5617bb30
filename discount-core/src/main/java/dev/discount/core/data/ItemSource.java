package dev.discount.core.data;

import java.util.Iterator;

/**
 * Rows from a host's own objects.
 *
 * @param <T> the type of the objects
 */
record ItemSource<T>(Schema schema, Iterable<? extends T> items, RowWriter<? super T> writer)
    implements RowSource {

  @Override
  public RowCursor open() {
    Iterator<? extends T> iterator = items.iterator();
    return new CheckedCursor(schema, "rows") {
      private long line;

      @Override
      boolean advance() {
        return iterator.hasNext();
      }

      @Override
      void write(Rows out, int row) {
        line++;
        writer.write(iterator.next(), out, row);
      }

      @Override
      long line() {
        return line;
      }

      @Override
      String found(Rows out, int row, int slot) {
        return out.cellText(row, slot);
      }

      @Override
      public void close() {}
    };
  }
}
