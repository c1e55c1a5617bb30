package dev.discount.policy.budget;

import dev.discount.policy.DecisionContext;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A cost of each level, whatever comes of it. Immutable.
 *
 * @param minor the costs in minor units, one for each level; copied
 */
record FixedCost(List<Double> minor) implements LevelCost {

  FixedCost {
    minor = List.copyOf(minor);
  }

  @Override
  public double expectedMinor(DecisionContext context, int level) {
    return minor.get(level);
  }

  @Override
  public double mostMinor(DecisionContext context, int level) {
    return minor.get(level);
  }

  @Override
  public String version() {
    return minor.stream().map(Double::toHexString).collect(Collectors.joining(",", "fixed(", ")"));
  }
}
