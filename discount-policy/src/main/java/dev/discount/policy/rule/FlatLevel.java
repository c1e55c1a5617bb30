package dev.discount.policy.rule;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.Inputs;

/**
 * The same level for everybody; where it is closed, the nearest open one. Immutable.
 *
 * @param level the level's place in the ladder, not negative
 */
public record FlatLevel(int level) implements DiscountPolicy {

  /** Checks the level. */
  public FlatLevel {
    if (level < 0) {
      throw new IllegalArgumentException("level must be >= 0, got " + level);
    }
  }

  @Override
  public void distributeInto(DecisionContext context, double[] out) {
    out[context.nearestOpen(level)] = 1;
  }

  @Override
  public Inputs inputs() {
    return Inputs.nothing();
  }

  @Override
  public String code() {
    return "flat";
  }

  @Override
  public String version() {
    return code() + "(" + level + ")";
  }

  @Override
  public String reason() {
    return "Everybody is offered the same level.";
  }

  @Override
  public void checkLadder(DiscountLadder ladder) {
    Bands.checkLevel("level", level, ladder);
  }
}
