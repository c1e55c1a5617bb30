package shop.quickstart;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whether a log shows the same item at several levels. Where each item has a level of its own, what
 * sets levels apart sets items apart, and no estimate tells one from the other. Stateless.
 */
final class Overlap {

  /** Below this share the levels of a log are no experiment, whatever its propensities say. */
  static final double LEAST_SHARE = 0.5;

  private Overlap() {}

  /**
   * Returns the share of offers whose item the log shows at more than one level, 1 where the log
   * has no items.
   *
   * @param log the log
   * @param train the offers that were learnt from
   * @param test the offers that policies are judged by, which the share is of
   */
  static double share(Rows log, LoggedOffers train, LoggedOffers test) {
    int slot = log.schema().slot(Field.Role.ITEM);
    if (slot == Schema.NONE) {
      return 1;
    }
    Map<String, Set<Integer>> levels = new HashMap<>();
    add(log, slot, train, levels);
    add(log, slot, test, levels);
    int several = 0;
    for (int row : test.rows()) {
      several += levels.getOrDefault(item(log, slot, row), Set.of()).size() > 1 ? 1 : 0;
    }
    return (double) several / test.size();
  }

  private static void add(
      Rows log, int slot, LoggedOffers offers, Map<String, Set<Integer>> levels) {
    int[] rows = offers.rows();
    for (int place = 0; place < rows.length; place++) {
      levels
          .computeIfAbsent(item(log, slot, rows[place]), item -> new HashSet<>())
          .add(offers.level(place));
    }
  }

  private static String item(Rows log, int slot, int row) {
    return log.isMissing(row, slot)
        ? ""
        : log.isText(row, slot) ? log.textAt(row, slot) : Long.toString(log.longAt(row, slot));
  }
}
