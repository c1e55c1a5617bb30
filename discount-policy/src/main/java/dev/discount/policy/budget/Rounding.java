package dev.discount.policy.budget;

import java.util.Arrays;

/**
 * A pass that turns a mixture of choices into one: customers for whom the mixed choices agree get
 * that level; the others get one of their levels, chosen so that all sums stay as near to the
 * mixture's as the customers before them allow.
 *
 * @param matrix the limits
 * @param worths what levels are worth in each choice of the mixture
 * @param shares the choices' shares, which sum to 1
 * @param units the unit of each limit and then of the value
 * @param levels the level of each customer, filled by the pass, shape {@code [customers]}
 */
record Rounding(LimitMatrix matrix, Worth[] worths, double[] shares, double[] units, byte[] levels)
    implements Sweep.Work<LevelTotals> {

  /*
   * Drawing levels at random would leave sums off by the root of the number of undecided customers;
   * carrying the difference along, as in error diffusion, keeps each partition's within a few
   * customers' worth.
   */

  /** The differences so far and what the next customer would add. */
  private static final class Drift {
    final double[] sums;
    final double[] mixed;
    final double[] use;
    final int[] choices;

    Drift(int sums, int choices) {
      this.sums = new double[sums];
      this.mixed = new double[sums];
      this.use = new double[sums];
      this.choices = new int[choices];
    }
  }

  @Override
  public LevelTotals over(Sweep.Part part) {
    LevelTotals totals = new LevelTotals(part.population());
    Drift drift = new Drift(units.length, shares.length);
    int columns = matrix.columns();
    int width = matrix.levels() * columns;
    while (part.next()) {
      float[] numbers = part.numbers();
      byte[] groups = part.groups();
      for (int i = 0, at = part.numbersFrom(); i < part.count(); i++, at += width) {
        int group = groups[i] & 0xFF;
        int level = agreed(numbers, at, group, drift.choices);
        if (level < 0) {
          level = nearest(numbers, at, group, drift);
        }
        levels[part.first() + i] = (byte) level;
        totals.add(group, level, numbers, at + level * columns);
      }
    }
    return totals;
  }

  /** Fills each choice's level and returns it if all are the same, else -1. */
  private int agreed(float[] numbers, int at, int group, int[] choices) {
    boolean same = true;
    for (int t = 0; t < choices.length; t++) {
      choices[t] = worths[t].best(numbers, at, group);
      same &= choices[t] == choices[0];
    }
    return same ? choices[0] : -1;
  }

  private int nearest(float[] numbers, int at, int group, Drift drift) {
    Arrays.fill(drift.mixed, 0);
    for (int t = 0; t < shares.length; t++) {
      use(numbers, at, group, drift.choices[t], drift.use);
      for (int k = 0; k < units.length; k++) {
        drift.mixed[k] += shares[t] * drift.use[k];
      }
    }
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int t = 0; t < shares.length; t++) {
      use(numbers, at, group, drift.choices[t], drift.use);
      double distance = 0;
      for (int k = 0; k < units.length; k++) {
        double off = drift.sums[k] + drift.use[k] - drift.mixed[k];
        distance += off * off;
      }
      if (distance < least) {
        least = distance;
        best = drift.choices[t];
      }
    }
    use(numbers, at, group, best, drift.use);
    for (int k = 0; k < units.length; k++) {
      drift.sums[k] += drift.use[k] - drift.mixed[k];
    }
    return best;
  }

  private void use(float[] numbers, int at, int group, int level, double[] out) {
    int place = at + level * matrix.columns();
    int limits = matrix.size();
    for (int k = 0; k < limits; k++) {
      out[k] = matrix.use(k, group, level, numbers, place) / units[k];
    }
    out[limits] = numbers[place + Population.VALUE] / units[limits];
  }
}
