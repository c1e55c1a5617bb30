package dev.discount.policy;

import dev.discount.core.Level;
import dev.discount.core.Offer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for one customer and one offer, and why. Immutable; a function of the model, the
 * policy, the guardrails, the request and the seed.
 *
 * @param decisionId the id of the decision, as the request stated it
 * @param offer the item with its list price and cost
 * @param levelIndex the place of the chosen level in the ladder
 * @param level the chosen level
 * @param priceMinor the price to pay, in minor units
 * @param propensity the probability with which this level was chosen, in (0, 1]
 * @param expectedProfitMinor purchase probability times (price - cost) at the chosen level, in
 *     minor units
 * @param reasons why: the policy first, then each guardrail that closed a level
 * @param levels every level of the ladder as it was seen; copied
 * @param modelVersion the version of the model that scored
 * @param seed the seed of the draw
 */
public record Decision(
    long decisionId,
    Offer offer,
    int levelIndex,
    Level level,
    long priceMinor,
    double propensity,
    double expectedProfitMinor,
    List<Reason> reasons,
    List<LevelView> levels,
    String modelVersion,
    long seed) {

  /** Copies the lists. */
  public Decision {
    reasons = List.copyOf(reasons);
    levels = List.copyOf(levels);
  }

  /**
   * A reason of a decision.
   *
   * @param code a short stable text for logs, such as {@code minimum-margin}
   * @param sentence one sentence for people
   */
  public record Reason(String code, String sentence) {}

  /**
   * One level of the ladder at the time of a decision.
   *
   * @param level the level
   * @param priceMinor the price to pay at it, in minor units
   * @param purchaseProbability the model's probability of a purchase, in [0, 1]
   * @param expectedProfitMinor purchase probability times (price - cost), in minor units
   * @param chance the probability with which the policy chose it, in [0, 1]
   * @param closedBy the code of what closed it, {@code null} if it was open
   */
  public record LevelView(
      Level level,
      long priceMinor,
      double purchaseProbability,
      double expectedProfitMinor,
      double chance,
      @Nullable String closedBy) {

    /** Returns whether the level could be chosen. */
    public boolean open() {
      return closedBy == null;
    }
  }

  /** Returns the probability of a purchase at the chosen level. */
  public double purchaseProbability() {
    return levels.get(levelIndex).purchaseProbability();
  }

  /** Returns the amount taken off the list price, in minor units. */
  public long discountMinor() {
    return offer.listPriceMinor() - priceMinor;
  }
}
