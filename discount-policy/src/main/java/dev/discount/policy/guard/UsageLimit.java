package dev.discount.policy.guard;

import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes all levels once they were granted a number of times, for good: in total, or for each
 * customer, code, campaign or combination of such fields. Every level but 0 is a use. Safe for
 * concurrent use and never exceeded.
 *
 * <p>Where a field that is counted by is missing there is nothing to count by, and all levels are
 * closed.
 */
public final class UsageLimit implements StatefulGuardrail {

  private static final long ALL = Keys.of(0);

  private final long limit;
  private final List<String> fields;
  private final int keys;
  private final String stateName;
  private final KeyedState uses;

  private UsageLimit(long limit, List<String> fields, int keys, String stateName) {
    this.limit = limit;
    this.fields = fields;
    this.keys = keys;
    this.stateName = stateName;
    this.uses = new KeyedState(keys, (state, now) -> true);
  }

  /**
   * Returns a limit on all uses together.
   *
   * @param limit the largest number of uses, at least 1
   */
  public static UsageLimit total(long limit) {
    Limits.require("limit", limit, 1, Long.MAX_VALUE - 1);
    return new UsageLimit(limit, List.of(), 1, "usage-limit");
  }

  /**
   * Returns a limit for each value of a field, or each combination of values of several.
   *
   * @param limit the largest number of uses, at least 1
   * @param keys the number of values to make room for; beyond it all levels are closed
   * @param fields the names of ids or categories of the model's schema, at least one
   */
  public static UsageLimit per(long limit, int keys, String... fields) {
    Limits.require("limit", limit, 1, Long.MAX_VALUE - 1);
    if (fields.length == 0) {
      throw new IllegalArgumentException("fields must not be empty, got none");
    }
    return new UsageLimit(limit, List.of(fields), keys, "usage-limit");
  }

  /**
   * Returns this limit, without its state, under another name for its state.
   *
   * @param newStateName a name that no other guardrail of the engine has
   */
  public UsageLimit named(String newStateName) {
    return new UsageLimit(limit, fields, keys, Limits.requireName("newStateName", newStateName));
  }

  private long key(DecisionContext context) {
    long key = ALL;
    Schema schema = context.rows().schema();
    for (int i = 0; i < fields.size(); i++) {
      key = Keys.pair(key, Keys.of(context.rows(), context.row(), schema.slot(fields.get(i))));
    }
    return key;
  }

  @Override
  public int stateLongs() {
    return 1;
  }

  @Override
  public void readStateInto(DecisionContext context, long[] out, int from) {
    out[from] = uses.read(key(context), 0);
  }

  @Override
  public long closedLevels(DecisionContext context) {
    long used = context.state(0);
    boolean open = used != KeyedState.NO_ROOM && used < limit && key(context) != Keys.MISSING;
    return open ? 0 : -1L;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    long used = context.state(0);
    if (key(context) == Keys.MISSING) {
      return Opening.BY_STATED_FIELD;
    }
    return used == KeyedState.NO_ROOM
        ? new Opening(Opening.Quantity.ROOM_AT_LEAST, keys + 1L, keys)
        : new Opening(Opening.Quantity.LIMIT_AT_LEAST, used + 1, limit);
  }

  /** Takes one use while there is one: others' uses in between change nothing else. */
  @Override
  public boolean commit(DecisionContext context, int level) {
    if (level == 0) {
      return true;
    }
    long key = key(context);
    long used = context.state(0);
    while (!uses.compareAndSet(key, used, used + 1, 0)) {
      long now = uses.read(key, 0);
      if (now == used || now == KeyedState.NO_ROOM || now >= limit) {
        return false;
      }
      used = now;
    }
    return true;
  }

  @Override
  public void giveBack(DecisionContext context, int level) {
    if (level == 0) {
      return;
    }
    long key = key(context);
    long used = uses.read(key, 0);
    while (!uses.compareAndSet(key, used, used - 1, 0)) {
      Thread.onSpinWait();
      used = uses.read(key, 0);
    }
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofFields(fields.toArray(new String[0]));
  }

  @Override
  public String code() {
    return "usage-limit";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "The discount has been used as often as it may be.";
  }

  @Override
  public void checkSchema(Schema schema) {
    fields.forEach(field -> Limits.requireKeyed(schema, field, code()));
  }

  @Override
  public String stateName() {
    return stateName;
  }

  @Override
  public String stateLayout() {
    return "usage-limit/1 fields=" + fields;
  }

  @Override
  public void writeState(DataOutput out) throws IOException {
    uses.writeTo(out);
  }

  @Override
  public Runnable readState(DataInput in) throws IOException {
    return uses.readFrom(in);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>(fields);
    parts.add(0, Long.toString(limit));
    return "UsageLimit[limitAndFields="
        + parts
        + ", keys="
        + keys
        + ", stateName="
        + stateName
        + "]";
  }
}
