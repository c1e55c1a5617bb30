package dev.discount.policy.guard;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;
import java.util.Arrays;

/**
 * Closes levels that take something off and whose price does not end as prices should, in .99 for
 * instance. It closes and does not round: a level's price is what the model scored and what the
 * other guardrails have judged. Immutable.
 */
public final class PriceEndings implements Guardrail {

  private final long modulusMinor;
  private final long[] endingsMinor;

  private PriceEndings(long modulusMinor, long[] endingsMinor) {
    this.modulusMinor = modulusMinor;
    this.endingsMinor = endingsMinor;
  }

  /**
   * Returns a guardrail. A price ends as it should if its remainder is one of the endings.
   *
   * @param modulusMinor what prices are divided by, in minor units, at least 2: 100 for the digits
   *     after the point where there are two
   * @param endingsMinor the remainders allowed, each in [0, modulus), at least one; copied
   */
  public static PriceEndings of(long modulusMinor, long... endingsMinor) {
    Limits.require("modulusMinor", modulusMinor, 2, Long.MAX_VALUE);
    if (endingsMinor.length == 0) {
      throw new IllegalArgumentException("endingsMinor must not be empty, got none");
    }
    for (int i = 0; i < endingsMinor.length; i++) {
      Limits.require("endingsMinor[" + i + "]", endingsMinor[i], 0, modulusMinor - 1);
    }
    long[] sorted = endingsMinor.clone();
    Arrays.sort(sorted);
    return new PriceEndings(modulusMinor, sorted);
  }

  @Override
  public long closedLevels(DecisionContext context) {
    long closed = 0;
    long listMinor = context.listPriceMinor();
    for (int level = 0; level < context.ladder().size(); level++) {
      long netMinor = context.netPriceMinor(level);
      if (netMinor < listMinor && Arrays.binarySearch(endingsMinor, netMinor % modulusMinor) < 0) {
        closed |= 1L << level;
      }
    }
    return closed;
  }

  /** Returns the nearest price that ends as it should, the lower of two. */
  @Override
  public Opening opening(DecisionContext context, int level) {
    long netMinor = context.netPriceMinor(level);
    long base = netMinor - netMinor % modulusMinor;
    long nearest = base + endingsMinor[0];
    for (long ending : endingsMinor) {
      for (long turn = -1; turn <= 1; turn++) {
        long price = base + turn * modulusMinor + ending;
        long gap = Math.abs(price - netMinor) - Math.abs(nearest - netMinor);
        if (price >= 0 && (gap < 0 || (gap == 0 && price < nearest))) {
          nearest = price;
        }
      }
    }
    return new Opening(Opening.Quantity.PRICE_EXACTLY, nearest, netMinor);
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofOffer();
  }

  @Override
  public String code() {
    return "price-endings";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "Some levels would give a price that does not end as prices must.";
  }

  @Override
  public String toString() {
    return "PriceEndings[modulusMinor="
        + modulusMinor
        + ", endingsMinor="
        + Arrays.toString(endingsMinor)
        + "]";
  }
}
