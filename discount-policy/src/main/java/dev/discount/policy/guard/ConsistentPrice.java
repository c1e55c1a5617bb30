package dev.discount.policy.guard;

import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/**
 * Keeps the price of an item for a customer once it was shown, for a while: the first decision
 * promises its price, whatever the level, and later ones repeat it. Safe for concurrent use; keeps
 * 16 bytes a customer and item.
 *
 * <p>Where the list price has changed since, the promised level is the shallowest whose price is
 * not above the promised one; if no level is that deep, a new promise takes the place of the old.
 * The same holds where another guardrail has closed the promised level. Ladders of named arms leave
 * the price alone, and so does this guardrail them. Without a customer, an item or a time all
 * levels are closed.
 */
public final class ConsistentPrice implements StatefulGuardrail {

  /*
   * A state is price * 2^29 + time, the time counted in units of 8 seconds since 1970, which 29 bits
   * hold until 2106.
   */
  private static final int TIME_BITS = 29;
  private static final long TIME = (1L << TIME_BITS) - 1;
  private static final long UNIT_SECONDS = 8;
  private static final long MAX_PRICE_MINOR = (1L << (Long.SIZE - 1 - TIME_BITS)) - 1;

  private final Duration window;
  private final int promises;
  private final long windowUnits;
  private final String stateName;
  private final KeyedState kept;

  private ConsistentPrice(Duration window, int promises, String stateName) {
    this.window = window;
    this.promises = promises;
    this.windowUnits = (window.toSeconds() + UNIT_SECONDS - 1) / UNIT_SECONDS;
    this.stateName = stateName;
    this.kept = new KeyedState(promises, this::isLive);
  }

  /**
   * Returns a guardrail.
   *
   * @param window how long a price is kept after it was first shown, from 1 minute to 10 years; it
   *     may be kept 16 seconds longer
   * @param promises the number of customers and items to make room for at once
   */
  public static ConsistentPrice of(Duration window, int promises) {
    Limits.requireWindow("window", window);
    return new ConsistentPrice(window, promises, "consistent-price");
  }

  private boolean isLive(long state, long nowSeconds) {
    return nowSeconds / UNIT_SECONDS - (state & TIME) <= windowUnits;
  }

  private static long key(DecisionContext context) {
    return Keys.pair(Keys.customer(context), Keys.of(context.itemId()));
  }

  private static boolean applies(DecisionContext context) {
    return context.ladder().ordered();
  }

  @Override
  public int stateLongs() {
    return 1;
  }

  @Override
  public void readStateInto(DecisionContext context, long[] out, int from) {
    out[from] = kept.read(key(context), Times.seconds(context));
  }

  private boolean isKnown(DecisionContext context) {
    return Times.seconds(context) != Times.NOT_STATED && key(context) != Keys.MISSING;
  }

  @Override
  public int promisedLevel(DecisionContext context) {
    long state = context.state(0);
    if (!applies(context) || state <= 0 || !isKnown(context)) {
      return -1;
    }
    if (!isLive(state, Times.seconds(context))) {
      return -1;
    }
    long promisedMinor = state >>> TIME_BITS;
    for (int level = 0; level < context.ladder().size(); level++) {
      if (context.netPriceMinor(level) <= promisedMinor) {
        return level;
      }
    }
    return -1;
  }

  @Override
  public long closedLevels(DecisionContext context) {
    if (!applies(context)) {
      return 0;
    }
    if (!isKnown(context) || context.state(0) == KeyedState.NO_ROOM) {
      return -1L;
    }
    int promised = promisedLevel(context);
    if (promised >= 0) {
      return ~(1L << promised);
    }
    return context.listPriceMinor() > MAX_PRICE_MINOR ? -1L : 0;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    long state = context.state(0);
    if (!isKnown(context)) {
      return Opening.BY_STATED_FIELD;
    }
    if (state == KeyedState.NO_ROOM) {
      return new Opening(Opening.Quantity.ROOM_AT_LEAST, promises + 1L, promises);
    }
    if (promisedLevel(context) < 0) {
      return new Opening(
          Opening.Quantity.PRICE_AT_MOST, MAX_PRICE_MINOR, context.netPriceMinor(level));
    }
    long endSeconds = ((state & TIME) + windowUnits + 1) * UNIT_SECONDS;
    return new Opening(
        Opening.Quantity.TIME_AT_LEAST, Times.millis(endSeconds), context.timeMillis());
  }

  @Override
  public boolean commit(DecisionContext context, int level) {
    long state = context.state(0);
    if (!isWritten(context, level, state)) {
      return true;
    }
    long now = Times.seconds(context);
    return kept.compareAndSet(key(context), state, promise(context, level, now), now);
  }

  /** Returns whether a choice makes a new promise. */
  private boolean isWritten(DecisionContext context, int level, long state) {
    return applies(context)
        && isKnown(context)
        && state != KeyedState.NO_ROOM
        && context.netPriceMinor(level) <= MAX_PRICE_MINOR
        && promisedLevel(context) != level;
  }

  private static long promise(DecisionContext context, int level, long nowSeconds) {
    return (context.netPriceMinor(level) << TIME_BITS) | (nowSeconds / UNIT_SECONDS);
  }

  @Override
  public void giveBack(DecisionContext context, int level) {
    long before = context.state(0);
    if (isWritten(context, level, before)) {
      long now = Times.seconds(context);
      // Whoever read the promise meanwhile holds to it; then it stands.
      kept.compareAndSet(key(context), promise(context, level, now), before, now);
    }
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofRoles(Field.Role.CUSTOMER);
  }

  @Override
  public String code() {
    return "consistent-price";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "The customer was offered this item at another price a short time ago.";
  }

  @Override
  public void checkSchema(Schema schema) {
    Limits.requireRole(schema, Field.Role.CUSTOMER, code());
  }

  @Override
  public String stateName() {
    return stateName;
  }

  @Override
  public String stateLayout() {
    return "consistent-price/1";
  }

  @Override
  public void writeState(DataOutput out) throws IOException {
    kept.writeTo(out);
  }

  @Override
  public Runnable readState(DataInput in) throws IOException {
    return kept.readFrom(in);
  }

  @Override
  public String toString() {
    return "ConsistentPrice[window=" + window + ", promises=" + promises + "]";
  }
}
