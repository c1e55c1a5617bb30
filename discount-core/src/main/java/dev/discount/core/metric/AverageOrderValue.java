package dev.discount.core.metric;

/**
 * What a purchase is worth, on average.
 *
 * <p>The sum of the values of the rows that ended in a purchase over their number; what stands
 * beside the other rows is ignored.
 */
public final class AverageOrderValue {

  private AverageOrderValue() {}

  /**
   * Returns the average, in the unit of the values.
   *
   * @param outcomes what happened, 0 or 1, shape {@code [rows]}, not empty
   * @param values the value of each purchase, finite where the outcome is 1, shape {@code [rows]}
   * @return the average, or NaN if there was no purchase
   */
  public static double of(float[] outcomes, double[] values) {
    Checks.outcomes(outcomes, null);
    Checks.length("values", values.length, outcomes.length);
    double sum = 0;
    long orders = 0;
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == 1) {
        if (!Double.isFinite(values[i])) {
          throw Checks.rule("values", i, "finite", values[i]);
        }
        sum += values[i];
        orders++;
      }
    }
    return sum / orders;
  }
}
