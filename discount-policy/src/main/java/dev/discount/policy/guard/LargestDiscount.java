package dev.discount.policy.guard;

import dev.discount.core.Level;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;

/**
 * Closes levels deeper than a share of the list price. A percentage is compared as it is stated, an
 * amount by what it takes off this list price; named arms take nothing off and stay open.
 * Immutable.
 *
 * @param depthBps the largest depth in basis points of the list price, in [0, 10000]
 */
public record LargestDiscount(int depthBps) implements Guardrail {

  /** Checks the depth. */
  public LargestDiscount {
    if (depthBps < 0 || depthBps > Level.WHOLE_BPS) {
      throw new IllegalArgumentException("depthBps must be in [0, 10000], got " + depthBps);
    }
  }

  @Override
  public long closedLevels(DecisionContext context) {
    long closed = 0;
    long listPriceMinor = context.listPriceMinor();
    for (int i = 0; i < context.ladder().size(); i++) {
      Level level = context.ladder().level(i);
      boolean deeper =
          level instanceof Level.PercentOff percent
              ? percent.basisPoints() > depthBps
              : Shares.isAbove(level.discountMinor(listPriceMinor), listPriceMinor, depthBps);
      if (deeper) {
        closed |= 1L << i;
      }
    }
    return closed;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    Level closed = context.ladder().level(level);
    long had =
        closed instanceof Level.PercentOff percent
            ? percent.basisPoints()
            : (long) Math.ceil(closed.depth(context.listPriceMinor()) * Level.WHOLE_BPS);
    return new Opening(Opening.Quantity.DEPTH_AT_MOST, depthBps, Math.max(had, depthBps + 1L));
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofOffer();
  }

  @Override
  public String code() {
    return "largest-discount";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "Some levels are deeper than the largest discount.";
  }
}
