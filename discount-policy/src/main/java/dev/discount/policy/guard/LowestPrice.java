package dev.discount.policy.guard;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Closes levels that would announce a reduction which is none: those that take something off and
 * whose price is not below the item's lowest of the last 30 days. That price stands in the decision
 * as its reference price. Safe for concurrent use.
 *
 * <p>Where the ledger knows no price before the day of the decision, there is nothing to measure
 * against, and all levels that take something off are closed. Level 0 and named arms announce no
 * reduction.
 */
public final class LowestPrice implements StatefulGuardrail {

  private final PriceLedger ledger;

  private LowestPrice(PriceLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Returns a guardrail on the prices of a ledger, which the host records there.
   *
   * @param ledger the prices; its state is this guardrail's
   */
  public static LowestPrice of(PriceLedger ledger) {
    return new LowestPrice(ledger);
  }

  /** Returns the prices. */
  public PriceLedger ledger() {
    return ledger;
  }

  @Override
  public int stateLongs() {
    return 1;
  }

  @Override
  public void readStateInto(DecisionContext context, long[] out, int from) {
    out[from] =
        Times.seconds(context) == Times.NOT_STATED
            ? PriceLedger.UNKNOWN
            : ledger.lowestMinor(context.itemId(), context.timeMillis());
  }

  @Override
  public long closedLevels(DecisionContext context) {
    long lowestMinor = context.state(0); // -1 where it is unknown: then every price fails
    long listMinor = context.listPriceMinor();
    long closed = 0;
    for (int level = 1; level < context.ladder().size(); level++) {
      long netMinor = context.netPriceMinor(level);
      if (netMinor < listMinor && netMinor >= lowestMinor) {
        closed |= 1L << level;
      }
    }
    return closed;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    if (Times.seconds(context) == Times.NOT_STATED || context.itemId().isEmpty()) {
      return Opening.BY_STATED_FIELD;
    }
    long lowestMinor = context.state(0);
    return lowestMinor <= 0
        ? Opening.BY_OTHER_RULE
        : new Opening(
            Opening.Quantity.PRICE_AT_MOST, lowestMinor - 1, context.netPriceMinor(level));
  }

  @Override
  public long referencePriceMinor(DecisionContext context) {
    return context.state(0);
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofOffer();
  }

  @Override
  public String code() {
    return "lowest-price";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "Some levels would not be lower than the lowest price of the last days.";
  }

  @Override
  public String stateName() {
    return "price-ledger";
  }

  @Override
  public String stateLayout() {
    return "price-ledger/1 zone=" + ledger.zone();
  }

  @Override
  public void writeState(DataOutput out) throws IOException {
    ledger.writeTo(out);
  }

  @Override
  public Runnable readState(DataInput in) throws IOException {
    return ledger.readFrom(in);
  }

  @Override
  public String toString() {
    return "LowestPrice[items=" + ledger.items() + ", zone=" + ledger.zone() + "]";
  }
}
