package dev.discount.policy.rule;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.Inputs;

/**
 * Bands of the similarity between customer and item, each with a level: the farther the item from
 * the customer's taste, the more it takes to have it tried, or the other way round. Immutable.
 *
 * <p>An unknown similarity gets level 0. Where the wanted level is closed it takes the nearest open
 * one.
 */
public final class SimilarityDiscount implements DiscountPolicy {

  private final Similarity similarity;
  private final Bands bands;

  private SimilarityDiscount(Similarity similarity, Bands bands) {
    this.similarity = similarity;
    this.bands = bands;
  }

  /**
   * Returns a similarity rule.
   *
   * @param similarity the cosine of customer and item
   * @param bounds the cosines at which one band ends and the next begins, rising, each finite; a
   *     cosine on a bound belongs to the upper band
   * @param levels the level's place in the ladder for each band, from the smallest cosine; one more
   *     than there are bounds
   */
  public static SimilarityDiscount of(Similarity similarity, double[] bounds, int[] levels) {
    return new SimilarityDiscount(similarity, new Bands(bounds, levels));
  }

  @Override
  public void distributeInto(DecisionContext context, double[] out) {
    double cosine = similarity.cosine(context);
    out[context.nearestOpen(Double.isNaN(cosine) ? 0 : bands.level(cosine))] = 1;
  }

  @Override
  public Inputs inputs() {
    return similarity.inputs();
  }

  @Override
  public String code() {
    return "similarity";
  }

  @Override
  public String version() {
    return code() + bands.version();
  }

  @Override
  public String reason() {
    return "The level belongs to the band of the similarity between customer and item.";
  }

  @Override
  public void checkLadder(DiscountLadder ladder) {
    bands.checkLadder(ladder);
  }
}
