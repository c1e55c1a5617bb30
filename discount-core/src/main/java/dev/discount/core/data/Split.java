package dev.discount.core.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the rows of a log are parted into those to train on, to validate on and to test on.
 * Immutable. Equal rows and equal seeds give equal parts.
 */
public sealed interface Split {

  /**
   * Parts the rows.
   *
   * @param rows the log
   * @param seed chooses among the splits that are as good; not used where nothing is drawn
   * @return every row, in one part each
   * @throws IllegalArgumentException if the rows lack what this split goes by
   */
  default SplitRows assign(Rows rows, long seed) {
    RowPass pass = new RowPass.Held(rows);
    RowParts parts = SplitParts.of(this, pass, seed);
    byte[] assigned = new byte[rows.size()];
    pass.forEach(
        (in, row, number) -> assigned[number] = (byte) parts.part(in, row, number).ordinal());
    return SplitRows.of(assigned);
  }

  /**
   * Parts the rows of a source that is not held in memory, each as {@link #assign} would if all
   * were.
   *
   * <p>By customer, and by column without validation, nothing is read and nothing held. Else the
   * source is read once: by ratio and by column 4 to 12 bytes a row are held while the parts are
   * drawn, 1 or 2 bits a row after; by time 8 to 20 bytes a row until the cuts are found, none
   * after.
   *
   * @param source the log; must give the same rows each time it is opened
   * @param seed chooses among the splits that are as good; not used where nothing is drawn
   * @return the part of each row, to be asked in the order of the source or any other
   * @throws IllegalArgumentException if the rows lack what this split goes by
   * @throws DataFormatException if a row breaks a rule
   * @throws java.io.UncheckedIOException if reading fails
   */
  default RowParts parts(RowSource source, long seed) {
    return SplitParts.of(this, new RowPass.Read(source), seed);
  }

  /**
   * Parts rows at random into shares that hold to the row.
   *
   * @param train the weight of the part to train on, above 0
   * @param validation the weight of the part to validate on, 0 or more
   * @param test the weight of the part to test on, 0 or more
   */
  record ByRatio(double train, double validation, double test) implements Split {

    /** Checks the weights. */
    public ByRatio {
      SplitShares.check(train, validation, test);
    }
  }

  /**
   * Parts rows by time: the earliest to train on, the next to validate on, the latest to test on.
   * Rows of one time are never parted; a cut that falls among them moves to before the first of
   * them, or to behind the last where there is nothing before. So a part may be smaller or larger
   * than its share, and no row is later than one of the next part.
   *
   * @param train the weight of the part to train on, above 0
   * @param validation the weight of the part to validate on, 0 or more
   * @param test the weight of the part to test on, 0 or more
   */
  record ByTime(double train, double validation, double test) implements Split {

    /** Checks the weights. */
    public ByTime {
      SplitShares.check(train, validation, test);
    }
  }

  /**
   * Parts customers at random, and each row with its customer, so that no customer is in two parts.
   * The shares hold in expectation, for customers. A customer's part depends on the seed and the id
   * alone, so it stays when rows are added. A row without a customer is a customer of its own.
   *
   * @param train the weight of the part to train on, above 0
   * @param validation the weight of the part to validate on, 0 or more
   * @param test the weight of the part to test on, 0 or more
   */
  record ByCustomer(double train, double validation, double test) implements Split {

    /** Checks the weights. */
    public ByCustomer {
      SplitShares.check(train, validation, test);
    }
  }

  /**
   * Parts rows by the value of a column, and takes a random share of those to train on for
   * validation.
   *
   * @param column the name of a field of kind id, category or flag; a flag's values are {@code "0"}
   *     and {@code "1"}
   * @param trainValues the values of rows to train and validate on, at least one
   * @param testValues the values of rows to test on; empty for all others
   * @param validation the share of the rows to train on that is taken for validation, in [0, 1)
   */
  record ByColumn(
      String column, List<String> trainValues, List<String> testValues, double validation)
      implements Split {

    /** Checks and copies the values. */
    public ByColumn {
      trainValues = List.copyOf(trainValues);
      testValues = List.copyOf(testValues);
      if (trainValues.isEmpty()) {
        throw new IllegalArgumentException("trainValues must hold a value, got none");
      }
      Set<String> seen = new HashSet<>();
      for (List<String> values : List.of(trainValues, testValues)) {
        for (String value : values) {
          if (!seen.add(value)) {
            throw new IllegalArgumentException(
                "trainValues and testValues must be distinct, got two \"" + value + "\"");
          }
        }
      }
      if (!(validation >= 0 && validation < 1)) {
        throw new IllegalArgumentException("validation must be in [0, 1), got " + validation);
      }
    }
  }
}
