package shop.quickstart;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;

/** Decides rows one by one through an engine's fast door, as a busy host would. */
final class EngineTiming {

  private static final String NO_ITEM = "offer";

  private EngineTiming() {}

  /**
   * Returns the mean time of a decision, in microseconds, the setting of fields included.
   *
   * @param engine the engine
   * @param rows rows of its model's fields, each with a price and a cost
   * @param selection the rows to decide, at least one
   */
  static double meanMicros(DecisionEngine engine, Rows rows, int[] selection) {
    engine.warmUp();
    DecisionSession session = engine.newSession();
    decide(session, rows, selection);
    long startNanos = System.nanoTime();
    decide(session, rows, selection);
    return (System.nanoTime() - startNanos) / 1e3 / selection.length;
  }

  private static void decide(DecisionSession session, Rows rows, int[] selection) {
    Schema schema = rows.schema();
    for (int row : selection) {
      session.reset();
      for (int slot = 0; slot < schema.size(); slot++) {
        Field field = schema.field(slot);
        if (field.feature() && !rows.isMissing(row, slot)) {
          set(session, rows, row, slot);
        }
      }
      String item = Cells.text(rows, row, Field.Role.ITEM);
      session.offer(
          item == null ? NO_ITEM : item, schema.priceMinor(rows, row), schema.costMinor(rows, row));
      session.decide(row);
    }
  }

  private static void set(DecisionSession session, Rows rows, int row, int slot) {
    if (!rows.schema().field(slot).keyed()) {
      session.number(slot, rows.doubleAt(row, slot));
    } else if (rows.isText(row, slot)) {
      session.key(slot, rows.textAt(row, slot));
    } else {
      session.key(slot, rows.longAt(row, slot));
    }
  }
}
