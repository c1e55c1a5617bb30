package dev.discount.policy.rule;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.Inputs;

/**
 * Bands of the undiscounted purchase probability, each with a level: who buys anyway gets no
 * discount, who hesitates gets one. The simplest rule that asks a model. Immutable.
 *
 * <p>It looks at the probability at level 0 alone, even where level 0 is closed. Where the wanted
 * level is closed it takes the nearest open one.
 */
public final class ThresholdLadder implements DiscountPolicy {

  private final Bands bands;

  private ThresholdLadder(Bands bands) {
    this.bands = bands;
  }

  /**
   * Returns a threshold ladder.
   *
   * @param bounds the probabilities at which one band ends and the next begins, rising, each
   *     finite; a probability on a bound belongs to the upper band
   * @param levels the level's place in the ladder for each band, from the smallest probability; one
   *     more than there are bounds
   */
  public static ThresholdLadder of(double[] bounds, int[] levels) {
    return new ThresholdLadder(new Bands(bounds, levels));
  }

  @Override
  public void distributeInto(DecisionContext context, double[] out) {
    out[context.nearestOpen(bands.level(context.purchaseProbability(0)))] = 1;
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofCurve();
  }

  @Override
  public String code() {
    return "threshold";
  }

  @Override
  public String version() {
    return code() + bands.version();
  }

  @Override
  public String reason() {
    return "The level belongs to the band of the purchase probability without a discount.";
  }

  @Override
  public void checkLadder(DiscountLadder ladder) {
    bands.checkLadder(ladder);
  }
}
