package dev.discount.policy.budget;

import java.util.List;

/** A pass that checks every number and counts the customers of each group. */
final class Census implements Sweep.Work<long[]> {

  /** Returns the number of customers of each group. */
  static long[] of(Sweep sweep) {
    List<long[]> partials = sweep.run(new Census());
    long[] sizes = new long[sweep.population().groups()];
    for (long[] partial : partials) {
      for (int g = 0; g < sizes.length; g++) {
        sizes[g] += partial[g];
      }
    }
    return sizes;
  }

  @Override
  public long[] over(Sweep.Part part) {
    long[] sizes = new long[part.population().groups()];
    while (part.next()) {
      byte[] groups = part.groups();
      for (int i = 0; i < part.count(); i++) {
        int group = groups[i] & 0xFF;
        if (group >= sizes.length) {
          throw new IllegalArgumentException(
              "group of customer "
                  + (part.first() + i)
                  + " must be in [0, "
                  + sizes.length
                  + "), got "
                  + group);
        }
        sizes[group]++;
        check(part, i);
      }
    }
    return sizes;
  }

  private static void check(Sweep.Part part, int i) {
    int levels = part.population().levels();
    int columns = part.population().columns();
    float[] numbers = part.numbers();
    boolean open = false;
    for (int j = 0; j < levels; j++) {
      int at = part.numbersFrom() + (i * levels + j) * columns;
      for (int c = 0; c < columns; c++) {
        float number = numbers[at + c];
        boolean closed = c == Population.VALUE && number == Float.NEGATIVE_INFINITY;
        if (!(Math.abs(number) < Float.POSITIVE_INFINITY) && !closed) {
          throw Requirements.badNumber(part.population(), part.first() + i, j, c, number);
        }
        open |= c == Population.VALUE && !closed;
      }
    }
    if (!open) {
      throw new IllegalArgumentException(
          "customer " + (part.first() + i) + " must have an open level");
    }
  }
}
