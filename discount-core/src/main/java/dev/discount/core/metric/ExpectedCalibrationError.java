package dev.discount.core.metric;

/**
 * How far predicted probabilities are from observed shares, on average.
 *
 * <p>The rows of each discount level are ordered by probability and cut into 15 bins of equal count
 * [1]; the error is the mean, over all bins and weighted by their rows, of {@code |mean predicted -
 * mean observed|}. With {@code n} rows, bin {@code b} holds the places from {@code floor(b n / 15)}
 * to {@code floor((b + 1) n / 15)}, so that bins differ by at most one row and, below 15 rows, some
 * are empty. Rows of equal probability cannot be told apart: each counts with the mean outcome of
 * its tie, so the order of the rows does not matter.
 *
 * <p>[1] K. Nguyen and B. O'Connor, EMNLP 2015, section 3 (adaptive binning)
 */
public final class ExpectedCalibrationError {

  private static final int BINS = 15;

  private ExpectedCalibrationError() {}

  /**
   * Returns the error with all rows taken as one level. Cost: O(rows log rows).
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @return the error, in [0, 1]; 0 is best
   */
  public static double of(float[] probabilities, float[] outcomes) {
    return of(probabilities, outcomes, new int[outcomes.length]);
  }

  /**
   * Returns the error with bins made within each level. Cost: O(rows log rows).
   *
   * @param probabilities the predicted probabilities, in [0, 1], shape {@code [rows]}
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param levels the offered level's place in its ladder, 0 or more, shape {@code [rows]}
   * @return the error, in [0, 1]; 0 is best
   */
  public static double of(float[] probabilities, float[] outcomes, int[] levels) {
    Checks.probabilities(probabilities, outcomes, null);
    int[][] rowsByLevel = rowsByLevel(levels, outcomes.length);
    double sum = 0;
    for (int[] rows : rowsByLevel) {
      float[] levelProbabilities = new float[rows.length];
      double[] levelOutcomes = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        levelProbabilities[i] = probabilities[rows[i]];
        levelOutcomes[i] = outcomes[rows[i]];
      }
      sum += sumOfDifferences(levelProbabilities, levelOutcomes);
    }
    return sum / outcomes.length;
  }

  private static int[][] rowsByLevel(int[] levels, int rows) {
    Checks.length("levels", levels.length, rows);
    int count = 0;
    for (int i = 0; i < rows; i++) {
      if (levels[i] < 0 || levels[i] == Integer.MAX_VALUE) {
        throw Checks.rule("levels", i, ">= 0", levels[i]);
      }
      count = Math.max(count, levels[i] + 1);
    }
    int[] sizes = new int[count];
    for (int level : levels) {
      sizes[level]++;
    }
    int[][] rowsByLevel = new int[count][];
    for (int level = 0; level < count; level++) {
      rowsByLevel[level] = new int[sizes[level]];
    }
    for (int row = rows - 1; row >= 0; row--) {
      rowsByLevel[levels[row]][--sizes[levels[row]]] = row;
    }
    return rowsByLevel;
  }

  /** Returns the sum over the bins of their rows times their difference of means. */
  private static double sumOfDifferences(float[] probabilities, double[] outcomes) {
    int[] order = Ranking.rising(probabilities);
    int rows = order.length;
    double[] observed = new double[rows];
    for (int from = 0; from < rows; ) {
      int to = Ranking.endOfTie(probabilities, order, from);
      double purchases = 0;
      for (int i = from; i < to; i++) {
        purchases += outcomes[order[i]];
      }
      for (int i = from; i < to; i++) {
        observed[i] = purchases / (to - from);
      }
      from = to;
    }
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      int to = (int) ((bin + 1L) * rows / BINS);
      double difference = 0;
      for (int i = (int) ((long) bin * rows / BINS); i < to; i++) {
        difference += probabilities[order[i]] - observed[i];
      }
      sum += Math.abs(difference);
    }
    return sum;
  }
}
