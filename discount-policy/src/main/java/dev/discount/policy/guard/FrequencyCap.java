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
import java.util.concurrent.atomic.LongAdder;

/**
 * Closes all levels to a customer who was granted enough of them: at most so many within a sliding
 * window, and none within a cooldown after the last. Every level but 0 is a grant. Safe for
 * concurrent use; keeps 16 bytes a customer.
 *
 * <p>No window of the stated length holds more grants than the maximum. To that end a grant may
 * count a little longer than the window: at most {@link #slack()}, the less the smaller the
 * maximum. Times count in whole seconds. A time before the customer's last grant is taken for the
 * time of that grant, so that a clock which is set back opens nothing, and is {@linkplain
 * #clockSetbacks counted}. Without a customer or a time, all levels are closed.
 */
public final class FrequencyCap implements StatefulGuardrail {

  private final int maximum;
  private final Duration window;
  private final Duration cooldown;
  private final int customers;
  private final String stateName;
  private final CapWindow rule;
  private final KeyedState grants;
  private final LongAdder clockSetbacks = new LongAdder();

  private FrequencyCap(
      int maximum, Duration window, Duration cooldown, int customers, String stateName) {
    this.maximum = maximum;
    this.window = window;
    this.cooldown = cooldown;
    this.customers = customers;
    this.stateName = stateName;
    this.rule = new CapWindow(maximum, window.toSeconds(), cooldown.toSeconds());
    this.grants = new KeyedState(customers, rule::isLive);
  }

  /**
   * Returns a cap.
   *
   * @param maximum the largest number of grants in a window, in [1, 1023]
   * @param window the length of the window, whole seconds, from 1 minute to 10 years
   * @param customers the number of customers to make room for at once; those whose grants no longer
   *     count make room for others
   * @throws IllegalArgumentException if one is out of its range
   */
  public static FrequencyCap of(int maximum, Duration window, int customers) {
    Limits.require("maximum", maximum, 1, CapWindow.MAX_GRANTS);
    Limits.requireWindow("window", window);
    return new FrequencyCap(maximum, window, Duration.ZERO, customers, "frequency-cap");
  }

  /**
   * Returns this cap, without its state, with a cooldown.
   *
   * @param newCooldown how long after a grant there is no other, whole seconds, from 0 to 10 years
   */
  public FrequencyCap withCooldown(Duration newCooldown) {
    Limits.requireDuration("newCooldown", newCooldown);
    return new FrequencyCap(maximum, window, newCooldown, customers, stateName);
  }

  /**
   * Returns this cap, without its state, under another name for its state.
   *
   * @param newStateName a name that no other guardrail of the engine has
   */
  public FrequencyCap named(String newStateName) {
    return new FrequencyCap(
        maximum, window, cooldown, customers, Limits.requireName("newStateName", newStateName));
  }

  /** Returns how much longer than the window a grant may count. */
  public Duration slack() {
    return Duration.ofSeconds(rule.sliceSeconds());
  }

  /** Returns how many times were before the customer's last grant. */
  public long clockSetbacks() {
    return clockSetbacks.sum();
  }

  /** Returns the bytes that the state takes with as many customers as there is room for. */
  public long bytes() {
    return grants.bytes();
  }

  /** Returns whether the maximum can be reached at all under the cooldown. */
  boolean isReachable() {
    return rule.isReachable();
  }

  @Override
  public int stateLongs() {
    return 1;
  }

  @Override
  public void readStateInto(DecisionContext context, long[] out, int from) {
    long now = Times.seconds(context);
    long state = grants.read(Keys.customer(context), now);
    if (state > 0 && now != Times.NOT_STATED && CapWindow.last(state) > now) {
      clockSetbacks.increment();
    }
    out[from] = state;
  }

  @Override
  public long closedLevels(DecisionContext context) {
    long now = Times.seconds(context);
    long state = context.state(0);
    boolean open =
        now != Times.NOT_STATED
            && state != KeyedState.NO_ROOM
            && Keys.customer(context) != Keys.MISSING
            && rule.isOpen(state, now);
    return open ? 0 : -1L;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    long now = Times.seconds(context);
    if (now == Times.NOT_STATED || Keys.customer(context) == Keys.MISSING) {
      return Opening.BY_STATED_FIELD;
    }
    if (context.state(0) == KeyedState.NO_ROOM) {
      return new Opening(Opening.Quantity.ROOM_AT_LEAST, customers + 1L, customers);
    }
    long opensMillis = Times.millis(rule.opensAt(context.state(0), now));
    return new Opening(Opening.Quantity.TIME_AT_LEAST, opensMillis, context.timeMillis());
  }

  @Override
  public boolean commit(DecisionContext context, int level) {
    if (level == 0) {
      return true;
    }
    long now = Times.seconds(context);
    long state = context.state(0);
    return grants.compareAndSet(Keys.customer(context), state, rule.granted(state, now), now);
  }

  @Override
  public void giveBack(DecisionContext context, int level) {
    if (level == 0) {
      return;
    }
    long key = Keys.customer(context);
    long now = Times.seconds(context);
    long before = context.state(0);
    if (grants.compareAndSet(key, rule.granted(before, now), before, now)) {
      return;
    }
    long grantedSeconds = Math.max(now, CapWindow.last(before));
    long state = grants.read(key, now);
    while (!grants.compareAndSet(key, state, rule.withdrawn(state, grantedSeconds), now)) {
      Thread.onSpinWait();
      state = grants.read(key, now);
    }
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofRoles(Field.Role.CUSTOMER);
  }

  @Override
  public String code() {
    return "frequency-cap";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "The customer has had the discounts that a period allows.";
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
    return "frequency-cap/1 maximum=" + maximum + " window=" + window;
  }

  @Override
  public void writeState(DataOutput out) throws IOException {
    grants.writeTo(out);
  }

  @Override
  public Runnable readState(DataInput in) throws IOException {
    return grants.readFrom(in);
  }

  @Override
  public String toString() {
    return "FrequencyCap[maximum="
        + maximum
        + ", window="
        + window
        + ", cooldown="
        + cooldown
        + ", customers="
        + customers
        + ", stateName="
        + stateName
        + "]";
  }
}
