package dev.discount.core.data;

import dev.discount.core.data.RowParts.Part;
import dev.discount.core.internal.random.CounterRandom;
import java.util.Arrays;
import java.util.BitSet;

/**
 * How each kind of {@link Split} parts rows that pass by one after the other. Stateless; holds of a
 * log what its split needs and no more.
 */
final class SplitParts {

  private SplitParts() {}

  static RowParts of(Split split, RowPass pass, long seed) {
    if (split instanceof Split.ByRatio byRatio) {
      return byRatio(byRatio, pass, seed);
    }
    if (split instanceof Split.ByTime byTime) {
      return byTime(byTime, pass);
    }
    if (split instanceof Split.ByCustomer byCustomer) {
      return byCustomer(byCustomer, pass, seed);
    }
    return byColumn((Split.ByColumn) split, pass, seed);
  }

  private static RowParts byRatio(Split.ByRatio split, RowPass pass, long seed) {
    int[] count = new int[1];
    pass.forEach((rows, row, number) -> count[0]++);
    int[] order = SplitShares.rising(count[0]);
    CounterRandom.permuteInPlace(order, seed, SplitShares.ROW_STREAM);
    double total = split.train() + split.validation() + split.test();
    int validationStart = SplitShares.cut(order.length, split.train(), total);
    int testStart = SplitShares.cut(order.length, split.train() + split.validation(), total);
    BitSet validation = bits(order, validationStart, testStart);
    BitSet test = bits(order, testStart, order.length);
    return (rows, row, number) -> {
      if (test.get(number)) {
        return Part.TEST;
      }
      return validation.get(number) ? Part.VALIDATION : Part.TRAIN;
    };
  }

  private static BitSet bits(int[] order, int from, int to) {
    BitSet bits = new BitSet(order.length);
    for (int i = from; i < to; i++) {
      bits.set(order[i]);
    }
    return bits;
  }

  private static RowParts byTime(Split.ByTime split, RowPass pass) {
    int slot = SplitShares.requireSlot(pass.schema(), Field.Role.TIME);
    double[] sorted = times(pass, slot);
    Arrays.sort(sorted);
    double total = split.train() + split.validation() + split.test();
    int validationStart = apart(sorted, SplitShares.cut(sorted.length, split.train(), total));
    int testStart =
        apart(sorted, SplitShares.cut(sorted.length, split.train() + split.validation(), total));
    double firstValidation = at(sorted, validationStart);
    double firstTest = at(sorted, testStart);
    return (rows, row, number) -> {
      double time = time(rows, row, slot, number);
      if (time >= firstTest) {
        return Part.TEST;
      }
      return time >= firstValidation ? Part.VALIDATION : Part.TRAIN;
    };
  }

  private static double[] times(RowPass pass, int slot) {
    double[][] times = {new double[1024]};
    int[] count = new int[1];
    pass.forEach(
        (rows, row, number) -> {
          if (number == times[0].length) {
            times[0] = Arrays.copyOf(times[0], number + (number >> 1));
          }
          times[0][number] = time(rows, row, slot, number);
          count[0]++;
        });
    return Arrays.copyOf(times[0], count[0]);
  }

  private static double time(Rows rows, int row, int slot, int number) {
    double time = rows.doubleAt(row, slot);
    if (!Double.isFinite(time)) {
      throw new IllegalArgumentException("time of row " + number + " must be finite, got " + time);
    }
    return time;
  }

  /** Returns the first time of a part, infinity where the part is empty. */
  private static double at(double[] sorted, int start) {
    return start < sorted.length ? sorted[start] : Double.POSITIVE_INFINITY;
  }

  /** Moves a cut to where no two rows of one time are parted. */
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

  private static RowParts byCustomer(Split.ByCustomer split, RowPass pass, long seed) {
    int slot = SplitShares.requireSlot(pass.schema(), Field.Role.CUSTOMER);
    double total = split.train() + split.validation() + split.test();
    return (rows, row, number) -> {
      double draw = SplitShares.draw(rows, row, slot, seed, number) * total;
      if (draw < split.train()) {
        return Part.TRAIN;
      }
      return draw < split.train() + split.validation() ? Part.VALIDATION : Part.TEST;
    };
  }

  private static RowParts byColumn(Split.ByColumn split, RowPass pass, long seed) {
    int slot = pass.schema().slot(split.column());
    if (slot == Schema.NONE || pass.schema().field(slot).kind() == Field.Kind.NUMBER) {
      throw new IllegalArgumentException(
          "column must name a field of kind id, category or flag, got " + split.column());
    }
    BitSet validation = new BitSet();
    if (split.validation() > 0) {
      BitSet training = new BitSet();
      pass.forEach(
          (rows, row, number) -> {
            if (isTraining(split, rows.cellText(row, slot), number)) {
              training.set(number);
            }
          });
      int[] order = training.stream().toArray();
      CounterRandom.permuteInPlace(order, seed, SplitShares.ROW_STREAM);
      validation = bits(order, 0, SplitShares.cut(order.length, split.validation(), 1));
    }
    BitSet taken = validation;
    return (rows, row, number) -> {
      if (!isTraining(split, rows.cellText(row, slot), number)) {
        return Part.TEST;
      }
      return taken.get(number) ? Part.VALIDATION : Part.TRAIN;
    };
  }

  private static boolean isTraining(Split.ByColumn split, String value, int number) {
    if (split.trainValues().contains(value)) {
      return true;
    }
    if (split.testValues().isEmpty() || split.testValues().contains(value)) {
      return false;
    }
    throw new IllegalArgumentException(
        split.column()
            + " of row "
            + number
            + " must be one of trainValues or testValues, got "
            + value);
  }
}
