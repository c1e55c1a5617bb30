package dev.discount.nn;

/** A weighted mean of losses, added up batch by batch. Confined to one thread. */
final class MeanLoss {

  private double sum;
  private double weight;

  /**
   * Adds a batch.
   *
   * @param batchSum the sum of its weighted losses
   * @param batchWeight the sum of its weights
   */
  void add(double batchSum, double batchWeight) {
    sum += batchSum;
    weight += batchWeight;
  }

  /** Returns the mean, or the sum where no row has a weight. */
  double value() {
    return weight > 0 ? sum / weight : sum;
  }
}
