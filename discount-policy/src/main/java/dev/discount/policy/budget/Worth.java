package dev.discount.policy.budget;

/**
 * What levels are worth to the customers of each group at given prices: a weight for each column
 * and an amount for each level.
 *
 * @param levels the number of levels
 * @param columns the number of columns
 * @param columnWorth the weights, shape {@code [groups, columns]}
 * @param levelWorth the amounts, shape {@code [groups, levels]}
 */
record Worth(int levels, int columns, double[] columnWorth, double[] levelWorth) {

  /*
   * However many limits there are, prices only change these few numbers: the loop over customers
   * costs the same with one limit and with twenty.
   */

  /**
   * Returns the best level of a customer, the first of equals.
   *
   * @param numbers the numbers of a block
   * @param at where the customer's begin
   * @param group the customer's group
   */
  int best(float[] numbers, int at, int group) {
    return columns == 2 ? bestOfPairs(numbers, at, group) : bestOfRows(numbers, at, group);
  }

  private int bestOfPairs(float[] numbers, int at, int group) {
    double valueWeight = columnWorth[2 * group];
    double costWeight = columnWorth[2 * group + 1];
    int amounts = group * levels;
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0, p = at; j < levels; j++, p += 2) {
      double worth =
          valueWeight * numbers[p] + costWeight * numbers[p + 1] + levelWorth[amounts + j];
      if (worth > most && numbers[p] != Float.NEGATIVE_INFINITY) {
        most = worth;
        best = j;
      }
    }
    return best;
  }

  private int bestOfRows(float[] numbers, int at, int group) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0, p = at; j < levels; j++, p += columns) {
      double worth = levelWorth[group * levels + j];
      for (int c = 0; c < columns; c++) {
        worth += columnWorth[group * columns + c] * numbers[p + c];
      }
      if (worth > most && numbers[p] != Float.NEGATIVE_INFINITY) {
        most = worth;
        best = j;
      }
    }
    return best;
  }
}
