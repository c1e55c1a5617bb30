package dev.discount.nn.optim;

/**
 * Clipping of the gradient of all weights together by its Euclidean norm [R. Pascanu, T. Mikolov,
 * Y. Bengio, ICML 2013, algorithm 1]. Immutable.
 *
 * @param maxNorm the largest norm, above 0; infinity for no clipping
 */
public record GradientClip(double maxNorm) {

  /** Returns whether anything is ever clipped. */
  public boolean active() {
    return maxNorm < Double.POSITIVE_INFINITY;
  }

  /**
   * Returns what a gradient must be multiplied by: 1, or less if it is too long.
   *
   * @param squaredNorm the squared norm of the gradient, not negative
   */
  public float scale(double squaredNorm) {
    double norm = Math.sqrt(squaredNorm);
    return norm > maxNorm ? (float) (maxNorm / norm) : 1;
  }
}
