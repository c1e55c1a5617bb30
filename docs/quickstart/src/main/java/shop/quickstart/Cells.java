package shop.quickstart;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionRequest;
import org.jspecify.annotations.Nullable;

/** Cells of a log as values. Stateless. */
final class Cells {

  private Cells() {}

  /** Returns a cell as a Long, a String or a Double, or null if it is missing. */
  static @Nullable Object value(Rows log, int row, int slot) {
    if (log.isMissing(row, slot)) {
      return null;
    }
    if (!log.schema().field(slot).keyed()) {
      return log.doubleAt(row, slot);
    }
    return log.isText(row, slot) ? log.textAt(row, slot) : (Object) log.longAt(row, slot);
  }

  /** Returns the cell of a role as text, or null if it is missing or there is no such column. */
  static @Nullable String text(Rows log, int row, Field.Role role) {
    int slot = log.schema().slot(role);
    Object value = slot == Schema.NONE ? null : value(log, row, slot);
    return value == null ? null : value.toString();
  }

  /** States a cell of a log in a request, unless it is missing. */
  static void state(Rows log, int row, int slot, DecisionRequest.Builder request) {
    Field field = log.schema().field(slot);
    Object value = value(log, row, slot);
    if (value instanceof Long number) {
      request.category(field.name(), number);
    } else if (value instanceof String text) {
      request.category(field.name(), text);
    } else if (value instanceof Double number && field.kind() == Field.Kind.FLAG) {
      request.flag(field.name(), number != 0);
    } else if (value instanceof Double number) {
      request.number(field.name(), number);
    }
  }
}
