package dev.discount.core.data;

import dev.discount.core.internal.random.CounterRandom;
import java.util.Arrays;
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
  SplitRows assign(Rows rows, long seed);

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

    @Override
    public SplitRows assign(Rows rows, long seed) {
      int[] order = SplitShares.rising(rows.size());
      CounterRandom.permuteInPlace(order, seed, SplitShares.ROW_STREAM);
      int validationStart = SplitShares.cut(order.length, train, train + validation + test);
      int testStart = SplitShares.cut(order.length, train + validation, train + validation + test);
      return SplitShares.cut(order, validationStart, testStart);
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

    @Override
    public SplitRows assign(Rows rows, long seed) {
      int slot = SplitShares.requireSlot(rows.schema(), Field.Role.TIME);
      double[] times = new double[rows.size()];
      for (int row = 0; row < times.length; row++) {
        times[row] = rows.doubleAt(row, slot);
        if (!Double.isFinite(times[row])) {
          throw new IllegalArgumentException(
              "time of row " + row + " must be finite, got " + times[row]);
        }
      }
      double[] sorted = times.clone();
      Arrays.sort(sorted);
      double total = train + validation + test;
      int validationStart = apart(sorted, SplitShares.cut(sorted.length, train, total));
      int testStart = apart(sorted, SplitShares.cut(sorted.length, train + validation, total));
      byte[] parts = new byte[times.length];
      for (int row = 0; row < parts.length; row++) {
        if (testStart < sorted.length && times[row] >= sorted[testStart]) {
          parts[row] = SplitRows.TEST;
        } else if (validationStart < sorted.length && times[row] >= sorted[validationStart]) {
          parts[row] = SplitRows.VALIDATION;
        }
      }
      return SplitRows.of(parts);
    }

    private static int apart(double[] sorted, int cut) {
      if (cut == 0 || cut == sorted.length) {
        return cut;
      }
      int first = cut;
      while (first > 0 && sorted[first - 1] == sorted[cut]) {
        first--;
      }
      if (first > 0) {
        return first;
      }
      int last = cut;
      while (last < sorted.length && sorted[last] == sorted[cut]) {
        last++;
      }
      return last;
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

    @Override
    public SplitRows assign(Rows rows, long seed) {
      int slot = SplitShares.requireSlot(rows.schema(), Field.Role.CUSTOMER);
      double total = train + validation + test;
      byte[] parts = new byte[rows.size()];
      for (int row = 0; row < parts.length; row++) {
        double draw = SplitShares.draw(rows, row, slot, seed) * total;
        if (draw >= train) {
          parts[row] = draw < train + validation ? SplitRows.VALIDATION : SplitRows.TEST;
        }
      }
      return SplitRows.of(parts);
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

    @Override
    public SplitRows assign(Rows rows, long seed) {
      int slot = rows.schema().slot(column);
      if (slot == Schema.NONE || rows.schema().field(slot).kind() == Field.Kind.NUMBER) {
        throw new IllegalArgumentException(
            "column must name a field of kind id, category or flag, got " + column);
      }
      byte[] parts = new byte[rows.size()];
      int[] training = new int[parts.length];
      int count = 0;
      for (int row = 0; row < parts.length; row++) {
        String value = rows.cellText(row, slot);
        if (trainValues.contains(value)) {
          training[count++] = row;
        } else if (testValues.isEmpty() || testValues.contains(value)) {
          parts[row] = SplitRows.TEST;
        } else {
          throw new IllegalArgumentException(
              column
                  + " of row "
                  + row
                  + " must be one of trainValues or testValues, got "
                  + value);
        }
      }
      int[] order = Arrays.copyOf(training, count);
      CounterRandom.permuteInPlace(order, seed, SplitShares.ROW_STREAM);
      int taken = SplitShares.cut(count, validation, 1);
      for (int i = 0; i < taken; i++) {
        parts[order[i]] = SplitRows.VALIDATION;
      }
      return SplitRows.of(parts);
    }
  }
}
