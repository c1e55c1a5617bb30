package dev.discount.core.data;

import java.nio.file.Path;

/**
 * Rows of a CSV file, gzip-compressed or not, whose first line names the columns. Stateless.
 *
 * <p>Columns are found by their names; those the schema does not name are ignored. The file is
 * UTF-8, with or without a byte order mark; line ends and quoting are those of RFC 4180, delimiter
 * and quote those of {@link Schema#csv}. Blank lines are skipped. Cells are taken as they are
 * written, spaces included.
 *
 * <ul>
 *   <li>An empty cell is missing. Features and ids may be; what a log cannot be learnt from without
 *       may not: outcome, discount, price, cost, propensity, weight and time, where there are such
 *       columns, and the value of a purchase. An empty discount is not taken for no discount, which
 *       is written as 0, or as {@code none} among names.
 *   <li>A number is a decimal number: an optional sign, digits with at most one point, and an
 *       optional exponent.
 *   <li>A flag is {@code 0/1}, {@code true/false} or {@code yes/no}, in any case.
 *   <li>Prices and costs are in major units and are rounded half up to minor units when they are
 *       asked for.
 * </ul>
 */
public final class CsvRows {

  private CsvRows() {}

  /**
   * Reads a whole file into memory.
   *
   * @param path the file
   * @param schema what its columns are
   * @throws DataFormatException if anything in it breaks a rule, with file, line, column and value
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Rows read(Path path, Schema schema) {
    return source(path, schema).readAll();
  }

  /**
   * Returns a source that reads a file piece by piece. It may be opened by several threads at once.
   *
   * @param path the file
   * @param schema what its columns are
   */
  public static RowSource source(Path path, Schema schema) {
    return new CsvSource(path, schema);
  }

  private record CsvSource(Path path, Schema schema) implements RowSource {
    @Override
    public RowCursor open() {
      return CsvCursor.open(schema, path);
    }
  }
}
