package dev.discount.policy.log;

import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.embedding.IdIndex;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DecisionSetup;
import dev.discount.policy.DecisionTrace;
import java.util.Arrays;
import java.util.Set;

/**
 * Writes a decision as bytes: an open part and a part with the personal fields in plain text, which
 * only ever waits in memory. Confined to one thread; allocates only while its buffers grow.
 */
final class RecordEncoder {

  /* The form in memory: u32 length of the open part, the open part, the personal part. The open part
   * is what docs/formats/decision-log.md calls so. The personal part begins with the customer: 0 for
   * none, 1 and a zigzag number, or 2 and a text; then the number of cells, then the cells. */

  static final int MARKED = 1;
  static final int CERTAIN = 2;
  static final int ITEM_LONG = 4;

  static final int NO_CUSTOMER = 0;
  static final int CUSTOMER_LONG = 1;
  static final int CUSTOMER_TEXT = 2;

  private final int config;
  private final CellCode cells;
  private final int[] openSlots;
  private final int[] personalSlots;
  private final int levels;
  private final long ladderLevels;
  private final ByteSink scratch = new ByteSink(128);
  private long[] state = {};

  RecordEncoder(int config, DecisionSetup setup, Set<String> personalFields) {
    this.config = config;
    Schema schema = setup.schema();
    this.cells = new CellCode(schema);
    int[] open = new int[schema.size()];
    int[] personal = new int[schema.size()];
    int opens = 0;
    int personals = 0;
    for (int slot = 0; slot < schema.size(); slot++) {
      if (slot == cells.customerSlot()) {
        continue;
      }
      if (personalFields.contains(schema.field(slot).name())) {
        personal[personals++] = slot;
      } else {
        open[opens++] = slot;
      }
    }
    this.openSlots = Arrays.copyOf(open, opens);
    this.personalSlots = Arrays.copyOf(personal, personals);
    this.levels = setup.ladder().size();
    this.ladderLevels = setup.ladder().allLevels();
  }

  /** Writes a decision behind what the buffer holds. */
  void encode(DecisionTrace trace, ByteSink out) {
    DecisionContext context = trace.context();
    int start = out.size();
    out.putInt(0);
    putChoice(trace, context, out);
    putCells(context, openSlots, out);
    putState(context, out);
    putDigests(trace, context, out);
    out.setInt(start, out.size() - start - Integer.BYTES);
    putPersonal(context, out);
  }

  private void putChoice(DecisionTrace trace, DecisionContext context, ByteSink out) {
    int level = trace.levelIndex();
    double propensity = trace.chance(level);
    String itemId = context.itemId();
    boolean itemLong = IdIndex.isLong(itemId);
    int mark = mark(trace);
    int flags =
        (mark != DecisionTrace.OPEN ? MARKED : 0)
            | (propensity == 1 ? CERTAIN : 0)
            | (itemLong ? ITEM_LONG : 0);
    out.putVar(config);
    out.putByte(flags);
    out.putLong(context.decisionId());
    out.putZigZag(context.timeMillis());
    out.putVar(trace.place());
    out.putText(context.campaign());
    out.putVar(context.listPriceMinor());
    out.putVar(context.unitCostMinor());
    if (itemLong) {
      out.putZigZag(Long.parseLong(itemId));
    } else {
      out.putText(itemId);
    }
    out.putVar(level);
    if (propensity != 1) {
      out.putLong(Double.doubleToRawLongBits(propensity));
    }
    putClosed(trace, out);
    if (mark != DecisionTrace.OPEN) {
      out.putVar(-mark);
      out.putVar(levels(trace, mark));
    }
  }

  /** Returns the mark of levels that were stopped or given up; there is at most one. */
  private int mark(DecisionTrace trace) {
    for (int level = 1; level < levels; level++) {
      if (trace.closedBy(level) <= DecisionTrace.CONTENDED) {
        return trace.closedBy(level);
      }
    }
    return DecisionTrace.OPEN;
  }

  private long levels(DecisionTrace trace, int mark) {
    long marked = 0;
    for (int level = 1; level < levels; level++) {
      marked |= trace.closedBy(level) == mark ? 1L << level : 0;
    }
    return marked;
  }

  /** Writes which levels the request refused, and which a guardrail closed, each with its place. */
  private void putClosed(DecisionTrace trace, ByteSink out) {
    out.putVar(~trace.allowedLevels() & ladderLevels & ~1L);
    long closed = 0;
    for (int level = 1; level < levels; level++) {
      if (trace.closedBy(level) >= 0) {
        closed |= 1L << level;
      }
    }
    out.putVar(closed);
    for (long rest = closed; rest != 0; rest &= rest - 1) {
      out.putVar(trace.closedBy(Long.numberOfTrailingZeros(rest)));
    }
  }

  private int putCells(DecisionContext context, int[] slots, ByteSink out) {
    Rows rows = context.rows();
    scratch.clear();
    int count = 0;
    for (int slot : slots) {
      boolean written =
          cells.put(
              rows,
              context.row(),
              slot,
              context.itemId(),
              context.listPriceMinor(),
              context.unitCostMinor(),
              scratch);
      count += written ? 1 : 0;
    }
    out.putVar(count);
    out.put(scratch.bytes(), 0, scratch.size());
    return count;
  }

  private void putState(DecisionContext context, ByteSink out) {
    int longs = context.stateLongs();
    out.putVar(longs);
    if (longs > 0) {
      if (state.length < longs) {
        state = new long[longs];
      }
      context.copyStateInto(state, 0);
      for (int i = 0; i < longs; i++) {
        out.putZigZag(state[i]);
      }
    }
  }

  private void putDigests(DecisionTrace trace, DecisionContext context, ByteSink out) {
    long curve = 0;
    long values = 0;
    long chances = 0;
    for (int level = 0; level < levels; level++) {
      curve = Digest32.add(curve, context.purchaseProbability(level));
      values = Digest32.add(values, context.value(level));
      chances = Digest32.add(chances, trace.chance(level));
    }
    out.putInt(Digest32.end(curve));
    out.putInt(Digest32.end(values));
    out.putInt(Digest32.end(chances));
  }

  private void putPersonal(DecisionContext context, ByteSink out) {
    Rows rows = context.rows();
    int row = context.row();
    int slot = cells.customerSlot();
    int start = out.size();
    boolean known = slot != Schema.NONE && !rows.isMissing(row, slot);
    if (!known) {
      out.putByte(NO_CUSTOMER);
    } else if (rows.isText(row, slot)) {
      out.putByte(CUSTOMER_TEXT);
      out.putText(rows.textAt(row, slot));
    } else {
      out.putByte(CUSTOMER_LONG);
      out.putZigZag(rows.longAt(row, slot));
    }
    if (putCells(context, personalSlots, out) == 0 && !known) {
      out.size(start);
    }
  }
}
