package shop.quickstart;

import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The items of a log, each with the row it was last seen in. Immutable.
 *
 * @param lastRows the index of each item's last row that has a price and a cost, by item id
 * @param itemSlots the inputs of the model that never differ between two rows of one item
 */
record Catalogue(Map<String, Integer> lastRows, List<Integer> itemSlots) {

  /** Reads the items of a log whose schema has a column for them. */
  static Catalogue of(Rows log) {
    Schema schema = log.schema();
    Map<String, Integer> lastRows = new LinkedHashMap<>();
    List<Integer> itemSlots = new ArrayList<>();
    for (int slot = 0; slot < schema.size(); slot++) {
      Field field = schema.field(slot);
      if (field.feature() && field.role() == Field.Role.FEATURE) {
        itemSlots.add(slot);
      }
    }
    for (int row = 0; row < log.size(); row++) {
      String item = Cells.text(log, row, Field.Role.ITEM);
      if (item == null || schema.priceMinor(log, row) < schema.costMinor(log, row)) {
        continue;
      }
      if (schema.costMinor(log, row) < 0) {
        continue;
      }
      Integer before = lastRows.put(item, row);
      if (before != null) {
        int now = row;
        itemSlots.removeIf(
            slot -> !Objects.equals(Cells.value(log, before, slot), Cells.value(log, now, slot)));
      }
    }
    return new Catalogue(lastRows, itemSlots);
  }

  /** Returns an item at the price and cost it was last seen with. */
  Offer offer(Rows log, String item) {
    int row = Objects.requireNonNull(lastRows.get(item), item);
    return new Offer(item, log.schema().priceMinor(log, row), log.schema().costMinor(log, row));
  }
}
