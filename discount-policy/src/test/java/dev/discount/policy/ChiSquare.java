package dev.discount.policy;

/** Pearson's chi-square test of counts against probabilities. */
public final class ChiSquare {

  /*
   * Upper 1e-6 points of the chi-square distribution, scipy.stats.chi2.isf(1e-6, df) for df 1 to 9,
   * SciPy 1.10.1: a correct sampler fails one test in a million seeds, and seeds here are fixed.
   */
  private static final double[] LIMITS = {
    23.928127, 27.631021, 30.66485, 33.376842, 35.888187, 38.258336, 40.521831, 42.700914, 44.810938
  };

  private ChiSquare() {}

  /**
   * Throws unless the counts fit the probabilities; levels of probability 0 must have count 0.
   *
   * @param counts how often each level occurred
   * @param expected the sum of each level's probabilities over the draws
   */
  public static void assertFits(long[] counts, double[] expected) {
    double statistic = 0;
    int classes = 0;
    for (int level = 0; level < counts.length; level++) {
      if (expected[level] == 0) {
        if (counts[level] != 0) {
          throw new AssertionError("level " + level + " has probability 0, drawn " + counts[level]);
        }
      } else {
        double difference = counts[level] - expected[level];
        statistic += difference * difference / expected[level];
        classes++;
      }
    }
    if (!(statistic <= LIMITS[classes - 2])) {
      throw new AssertionError("chi-square " + statistic + " with " + classes + " classes");
    }
  }
}
