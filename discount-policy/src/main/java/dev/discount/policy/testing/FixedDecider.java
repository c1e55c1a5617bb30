package dev.discount.policy.testing;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.policy.Decider;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A decider whose answers are written by hand, for the unit tests of a host that depends on {@link
 * Decider}. Immutable.
 *
 * <p>Its decisions have propensity 1, purchase probability 1 at the chosen level and 0 elsewhere,
 * so that the expected profit is the margin; top items are therefore ranked by margin.
 */
public final class FixedDecider implements Decider {

  private final DiscountLadder ladder;
  private final int defaultLevel;
  private final Map<String, Integer> levelByItem;

  private FixedDecider(DiscountLadder ladder, int defaultLevel, Map<String, Integer> levelByItem) {
    this.ladder = ladder;
    this.defaultLevel = defaultLevel;
    this.levelByItem = levelByItem;
  }

  /**
   * Returns a decider that gives every item the same level.
   *
   * @param ladder the levels
   * @param level the level's place in the ladder
   */
  public static FixedDecider of(DiscountLadder ladder, int level) {
    checkLevel(ladder, level);
    return new FixedDecider(ladder, level, Map.of());
  }

  /**
   * Returns this decider with another level for one item.
   *
   * @param itemId the item's id
   * @param level the level's place in the ladder
   */
  public FixedDecider withItem(String itemId, int level) {
    checkLevel(ladder, level);
    Map<String, Integer> levels = new HashMap<>(levelByItem);
    levels.put(itemId, level);
    return new FixedDecider(ladder, defaultLevel, Map.copyOf(levels));
  }

  private static void checkLevel(DiscountLadder ladder, int level) {
    if (level < 0 || level >= ladder.size()) {
      throw new IllegalArgumentException(
          "level must be in [0, " + ladder.size() + "), got " + level);
    }
  }

  @Override
  public DiscountLadder ladder() {
    return ladder;
  }

  @Override
  public Decision decide(DecisionRequest request) {
    Offer offer = request.offer();
    int chosen = levelByItem.getOrDefault(offer.itemId(), defaultLevel);
    double[] certain = new double[ladder.size()];
    certain[chosen] = 1;
    return Decision.builder(request, ladder).level(chosen).purchaseProbabilities(certain).build();
  }

  @Override
  public List<Decision> topItems(List<DecisionRequest> requests, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be >= 1, got " + count);
    }
    List<Decision> decisions = new ArrayList<>();
    for (DecisionRequest request : requests) {
      decisions.add(decide(request));
    }
    decisions.sort((a, b) -> Double.compare(b.expectedProfitMinor(), a.expectedProfitMinor()));
    return List.copyOf(decisions.subList(0, Math.min(count, decisions.size())));
  }
}
