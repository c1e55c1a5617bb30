package dev.discount.policy.sim;

import dev.discount.core.internal.random.CounterRandom;

/** The purchase behaviour of a {@link Shop} as a function of a row's twelve traits. Immutable. */
final class CouponRecipe {

  /*
   * With x the traits of customer and item, standardised, and dose = depth / 14 % in [0, 1] [1]:
   *
   *   logit P(buy)  = (-2.4 + 0.6 alpha.x) + (0.6   + 0.4  beta.x)  dose
   *   log E(basket) = ( 6.0 + 0.3 gamma.x) + (-0.05 + 0.25 delta.x) dose + 0.8^2 / 2
   *   basket        = exp(its log mean + 0.8 z),  z standard normal
   *
   * alpha, beta, gamma are independent random directions of length 1; delta = -0.6 beta + 0.8 rho,
   * with rho a random direction orthogonal to beta, so that who is drawn to buy by a discount tends
   * to fill a smaller basket under it.
   *
   * [1] FunnelCausalNet, arXiv 2608.11675 (2026), section 5.1: the semi-synthetic "Criteo-MT7" data,
   *     realistic setting
   */

  static final int TRAITS = 12;
  static final double DEEPEST = 0.14;
  static final double LOG_BASKET_SD = 0.8;

  private static final double LOGIT_MEAN = -2.4;
  private static final double MAIN_EFFECT = 0.6;
  private static final double DOSE_EFFECT = 0.4;
  private static final double DOSE_MEAN = 0.6;
  private static final double LOG_BASKET_MEAN = 6.0;
  private static final double BASKET_EFFECT = 0.3;
  private static final double BASKET_DOSE_EFFECT = 0.25;
  private static final double BASKET_DOSE_MEAN = -0.05;
  private static final double ANTICORRELATION = 0.6;

  private final double[] alpha;
  private final double[] beta;
  private final double[] gamma;
  private final double[] delta;

  CouponRecipe(long seed) {
    this.alpha = direction(seed, 0);
    this.beta = direction(seed, 1);
    this.gamma = direction(seed, 2);
    double[] rho = direction(seed, 3);
    double along = dot(rho, beta);
    for (int i = 0; i < TRAITS; i++) {
      rho[i] -= along * beta[i];
    }
    normaliseInPlace(rho);
    this.delta = new double[TRAITS];
    double rest = StrictMath.sqrt(1 - ANTICORRELATION * ANTICORRELATION);
    for (int i = 0; i < TRAITS; i++) {
      delta[i] = -ANTICORRELATION * beta[i] + rest * rho[i];
    }
  }

  private static double[] direction(long seed, int which) {
    double[] direction = new double[TRAITS];
    for (int i = 0; i < TRAITS; i++) {
      direction[i] = CounterRandom.gaussian(seed, Streams.DIRECTION, which * TRAITS + i);
    }
    normaliseInPlace(direction);
    return direction;
  }

  private static void normaliseInPlace(double[] vector) {
    double length = StrictMath.sqrt(dot(vector, vector));
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The logit of a purchase without a discount. */
  double logit(double[] traits) {
    return LOGIT_MEAN + MAIN_EFFECT * dot(alpha, traits);
  }

  /** What the deepest discount adds to the logit. */
  double logitDose(double[] traits) {
    return DOSE_MEAN + DOSE_EFFECT * dot(beta, traits);
  }

  /** The mean of the log basket without a discount. */
  double logBasket(double[] traits) {
    return LOG_BASKET_MEAN + BASKET_EFFECT * dot(gamma, traits);
  }

  /** What the deepest discount adds to the mean of the log basket. */
  double logBasketDose(double[] traits) {
    return BASKET_DOSE_MEAN + BASKET_DOSE_EFFECT * dot(delta, traits);
  }

  /** What one trait adds to the logit for each unit of it. */
  double logitOfTrait(int trait) {
    return MAIN_EFFECT * alpha[trait];
  }

  /** What one trait adds to {@link #logitDose} for each unit of it. */
  double logitDoseOfTrait(int trait) {
    return DOSE_EFFECT * beta[trait];
  }

  static double probability(double logit, double logitDose, double dose) {
    return 1 / (1 + StrictMath.exp(-(logit + logitDose * dose)));
  }
}
