package dev.discount.policy.ope;

/**
 * The value of a policy from a log of another policy's decisions, each row weighted by the
 * probability of its level under the one over that under the other. Stateless and safe for
 * concurrent use.
 */
public final class InversePropensity {

  /*
   * With w_i = pi(a_i | x_i) / p_i the weight and r_i the reward of row i [1, 2]:
   *
   *   value           = mean of w_i r_i,              standard error = sd(w r) / sqrt(n)
   *   self-normalised = v = sum w_i r_i / sum w_i,    standard error = sqrt(sum (w_i (r_i - v))^2) / sum w_i
   *   effective size  = (sum w_i)^2 / sum w_i^2
   *
   * The first is unbiased if every level that the policy chooses had a chance in the log; the second
   * is consistent, and unmoved by a constant added to the rewards. Its standard error is that of the
   * delta method [2, section 9.2].
   *
   * [1] D. G. Horvitz and D. J. Thompson, JASA 47 (1952)
   * [2] A. B. Owen, Monte Carlo theory, methods and examples (2013), chapter 9
   */

  private InversePropensity() {}

  /**
   * The value of a policy on a log.
   *
   * @param value the unbiased estimate, per row
   * @param selfNormalised the estimate divided by the mean weight, per row
   * @param effectiveSampleSize the number of equally weighted rows that would be as informative
   * @param matchedShare the share of rows whose level the policy chooses with some probability
   * @param unsupportedMass the mean probability the policy gives to levels that the log has no row
   *     of; where it is above 0 both values miss what those levels earn
   * @param largestWeight the largest weight
   */
  public record Value(
      Estimate value,
      Estimate selfNormalised,
      double effectiveSampleSize,
      double matchedShare,
      double unsupportedMass,
      double largestWeight) {}

  /**
   * Estimates the value of a policy.
   *
   * @param log the logged choices
   * @param distribution the policy's probability of every level in every row, shape {@code [rows,
   *     levelCount]}, row-major
   * @throws IllegalArgumentException if {@code distribution} is too short or has an element that is
   *     not in [0, 1]
   */
  public static Value evaluate(LoggedChoices log, double[] distribution) {
    double[] weights = weights(log, distribution);
    int rows = weights.length;
    double[] products = new double[rows];
    double sum = 0;
    double squares = 0;
    double earned = 0;
    double largest = 0;
    int matched = 0;
    for (int row = 0; row < rows; row++) {
      double weight = weights[row];
      products[row] = weight * log.reward(row);
      sum += weight;
      squares += weight * weight;
      earned += products[row];
      largest = Math.max(largest, weight);
      matched += weight > 0 ? 1 : 0;
    }
    return new Value(
        Estimate.ofMean(products),
        selfNormalised(log, weights, earned / sum, sum),
        sum * sum / squares,
        matched / (double) rows,
        unsupportedMass(log, distribution),
        largest);
  }

  /**
   * Estimates how much more one policy earns per row than another, on the same rows, so that what
   * both share does not add to the error.
   *
   * @param log the logged choices
   * @param distribution the policy, shape {@code [rows, levelCount]}
   * @param baseline the policy it is compared with, of the same shape
   * @throws IllegalArgumentException if a distribution is too short or has an element that is not
   *     in [0, 1]
   */
  public static Estimate difference(LoggedChoices log, double[] distribution, double[] baseline) {
    double[] weights = weights(log, distribution);
    double[] others = weights(log, baseline);
    double[] differences = new double[weights.length];
    for (int row = 0; row < differences.length; row++) {
      differences[row] = (weights[row] - others[row]) * log.reward(row);
    }
    return Estimate.ofMean(differences);
  }

  /**
   * Returns the distribution of a policy that offers everybody the same level.
   *
   * @param log the logged choices
   * @param level the level, in [0, levelCount)
   * @return shape {@code [rows, levelCount]}
   */
  public static double[] flat(LoggedChoices log, int level) {
    if (level < 0 || level >= log.levelCount()) {
      throw new IllegalArgumentException(
          "level must be in [0, " + log.levelCount() + "), got " + level);
    }
    double[] distribution = new double[log.size() * log.levelCount()];
    for (int row = 0; row < log.size(); row++) {
      distribution[row * log.levelCount() + level] = 1;
    }
    return distribution;
  }

  private static double[] weights(LoggedChoices log, double[] distribution) {
    int levels = log.levelCount();
    if (distribution.length < (long) log.size() * levels) {
      throw new IllegalArgumentException(
          "distribution must have length >= "
              + (long) log.size() * levels
              + ", got "
              + distribution.length);
    }
    double[] weights = new double[log.size()];
    for (int row = 0; row < weights.length; row++) {
      double p = distribution[row * levels + log.level(row)];
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "distribution[" + (row * levels + log.level(row)) + "] must be in [0, 1], got " + p);
      }
      weights[row] = p / log.propensity(row);
    }
    return weights;
  }

  private static Estimate selfNormalised(
      LoggedChoices log, double[] weights, double value, double sum) {
    double squares = 0;
    for (int row = 0; row < weights.length; row++) {
      double residual = weights[row] * (log.reward(row) - value);
      squares += residual * residual;
    }
    return new Estimate(value, Math.sqrt(squares) / sum, weights.length);
  }

  private static double unsupportedMass(LoggedChoices log, double[] distribution) {
    long supported = log.supportedLevels(1);
    int levels = log.levelCount();
    double mass = 0;
    for (int row = 0; row < log.size(); row++) {
      for (int level = 0; level < levels; level++) {
        mass += (supported >>> level & 1) == 0 ? distribution[row * levels + level] : 0;
      }
    }
    return mass / log.size();
  }
}
