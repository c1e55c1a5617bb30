package dev.discount.policy.guard;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Closes, for some items, the levels they are not sold at. Other items keep all levels. Immutable.
 */
public final class AllowedLevels implements Guardrail {

  private final Map<String, Long> masks;

  private AllowedLevels(Map<String, Long> masks) {
    this.masks = masks;
  }

  /**
   * Returns a guardrail from levels by item; level 0 is allowed whether it is named or not.
   *
   * @param levelsByItem the places in the ladder that an item may be sold at, by item id; copied
   * @throws IllegalArgumentException if a level is not in [0, 64)
   */
  public static AllowedLevels of(Map<String, Set<Integer>> levelsByItem) {
    Map<String, Long> masks = new HashMap<>();
    for (Map.Entry<String, Set<Integer>> entry : levelsByItem.entrySet()) {
      long mask = 1;
      for (int level : entry.getValue()) {
        if (level < 0 || level >= DiscountLadder.MAX_LEVELS) {
          throw new IllegalArgumentException(
              "level of item " + entry.getKey() + " must be in [0, 64), got " + level);
        }
        mask |= 1L << level;
      }
      masks.put(entry.getKey(), mask);
    }
    return new AllowedLevels(masks);
  }

  @Override
  public long closedLevels(DecisionContext context) {
    Long mask = masks.get(context.itemId());
    return mask == null ? 0 : ~mask;
  }

  @Override
  public String code() {
    return "allowed-levels";
  }

  @Override
  public String reason() {
    return "The item is not sold at some levels.";
  }

  @Override
  public void checkLadder(DiscountLadder ladder) {
    for (Map.Entry<String, Long> entry : masks.entrySet()) {
      long beyond = entry.getValue() & ~ladder.allLevels();
      if (beyond != 0) {
        throw new IllegalArgumentException(
            "levels of item "
                + entry.getKey()
                + " must be in [0, "
                + ladder.size()
                + "), got "
                + Long.numberOfTrailingZeros(beyond));
      }
    }
  }
}
