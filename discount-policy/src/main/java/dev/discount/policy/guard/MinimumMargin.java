package dev.discount.policy.guard;

import dev.discount.core.Level;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;

/**
 * Closes levels at which the margin, net price minus cost, would be too small. Immutable.
 *
 * @param rateBps the smallest margin as a share of the net price in basis points, in [0, 10000]
 * @param amountMinor the smallest margin in minor units, not negative
 */
public record MinimumMargin(int rateBps, long amountMinor) implements Guardrail {

  /** Checks the rate and the amount. */
  public MinimumMargin {
    if (rateBps < 0 || rateBps > Level.WHOLE_BPS) {
      throw new IllegalArgumentException("rateBps must be in [0, 10000], got " + rateBps);
    }
    if (amountMinor < 0) {
      throw new IllegalArgumentException("amountMinor must be >= 0, got " + amountMinor);
    }
  }

  /** Returns a guardrail on the share of the net price alone. */
  public static MinimumMargin ofRateBps(int rateBps) {
    return new MinimumMargin(rateBps, 0);
  }

  /** Returns a guardrail on the amount alone. */
  public static MinimumMargin ofAmountMinor(long amountMinor) {
    return new MinimumMargin(0, amountMinor);
  }

  @Override
  public long closedLevels(DecisionContext context) {
    long closed = 0;
    for (int level = 0; level < context.ladder().size(); level++) {
      long netMinor = context.netPriceMinor(level);
      long marginMinor = netMinor - context.unitCostMinor();
      if (marginMinor < amountMinor || Shares.isBelow(marginMinor, netMinor, rateBps)) {
        closed |= 1L << level;
      }
    }
    return closed;
  }

  /** Returns the lowest price that leaves the margin, exactly. */
  @Override
  public Opening opening(DecisionContext context, int level) {
    long costMinor = context.unitCostMinor();
    int restBps = Level.WHOLE_BPS - rateBps;
    if (costMinor > Long.MAX_VALUE / Level.WHOLE_BPS - Level.WHOLE_BPS
        || amountMinor > Long.MAX_VALUE - costMinor
        || (restBps == 0 && costMinor > 0)) {
      return Opening.BY_OTHER_RULE;
    }
    long byRate = restBps == 0 ? 0 : (costMinor * Level.WHOLE_BPS + restBps - 1) / restBps;
    long needed = Math.max(costMinor + amountMinor, byRate);
    return new Opening(Opening.Quantity.PRICE_AT_LEAST, needed, context.netPriceMinor(level));
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofOffer();
  }

  @Override
  public String code() {
    return "minimum-margin";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "Some levels would leave less than the smallest margin.";
  }
}
