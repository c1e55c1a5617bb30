package dev.discount.policy.budget;

import dev.discount.policy.DecisionContext;
import java.util.Arrays;

/**
 * What a level is expected to take from a budget, in minor units: the same number that a {@link
 * Population} has in its column of costs. Immutable and safe for concurrent use; allocates nothing.
 */
public interface LevelCost {

  /**
   * Returns the expected cost of a level, finite.
   *
   * @param context the offer and its purchase probabilities
   * @param level the level
   */
  double expectedMinor(DecisionContext context, int level);

  /**
   * Returns the most a level can cost, whatever comes of it: what is to be reserved for it.
   *
   * @param context the offer and its purchase probabilities
   * @param level the level
   */
  double mostMinor(DecisionContext context, int level);

  /** Returns a short text that names the exact settings, for logs. */
  String version();

  /** Returns the purchase probability times (list price - net price): a discount that is used. */
  static LevelCost expectedDiscount() {
    return ExpectedDiscount.INSTANCE;
  }

  /**
   * Returns a cost of each level that does not depend on what comes of it, such as that of a mail.
   *
   * @param minor the cost of each level, in minor units, at least 0; copied
   */
  static LevelCost fixed(double... minor) {
    for (int level = 0; level < minor.length; level++) {
      if (!(minor[level] >= 0 && minor[level] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "minor[" + level + "] must be finite and at least 0, got " + minor[level]);
      }
    }
    return new FixedCost(Arrays.stream(minor).boxed().toList());
  }
}
