package shop.quickstart;

import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.Decider;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shop.quickstart.report.RunReport.Recommendation;
import shop.quickstart.report.RunReport.RecommendedItem;

/** Asks a decider for the best items of a few customers of a log. Immutable. */
final class TopItems {

  private static final int KNOWN_CUSTOMERS = 3;
  private static final int NEW_CUSTOMERS = 1;
  private static final int ITEMS = 3;

  private final Rows log;
  private final Decider decider;
  private final int[] levels;
  private final Catalogue catalogue;

  private TopItems(Rows log, Support support, Decider decider) {
    this.log = log;
    this.decider = decider;
    this.levels = support.levels().toArray();
    this.catalogue = Catalogue.of(log);
  }

  /**
   * Returns the best items of the first customers among the test rows, some that the training rows
   * know and one that they do not; nothing if the log has no customers or no items.
   *
   * @param lesson the log and its parts
   * @param support the levels that may be offered
   * @param decider who decides
   */
  static List<Recommendation> of(Lesson lesson, Support support, Decider decider) {
    Rows log = lesson.rows();
    Schema schema = log.schema();
    if (schema.slot(Field.Role.CUSTOMER) == Schema.NONE
        || schema.slot(Field.Role.ITEM) == Schema.NONE) {
      return List.of();
    }
    TopItems items = new TopItems(log, support, decider);
    List<Recommendation> recommendations = new ArrayList<>();
    customers(log, lesson.parts().train(), lesson.parts().test())
        .forEach((customer, row) -> recommendations.add(items.recommend(customer, row)));
    return recommendations;
  }

  private static Map<String, Integer> customers(Rows log, int[] train, int[] test) {
    Set<String> known = new HashSet<>();
    for (int row : train) {
      known.add(String.valueOf(Cells.text(log, row, Field.Role.CUSTOMER)));
    }
    Map<String, Integer> chosen = new LinkedHashMap<>();
    int knownLeft = KNOWN_CUSTOMERS;
    int newLeft = NEW_CUSTOMERS;
    for (int row : test) {
      String customer = Cells.text(log, row, Field.Role.CUSTOMER);
      if (customer == null || chosen.containsKey(customer)) {
        continue;
      }
      if (known.contains(customer) ? knownLeft-- > 0 : newLeft-- > 0) {
        chosen.put(customer, row);
      }
    }
    return chosen;
  }

  private Recommendation recommend(String customer, int row) {
    List<DecisionRequest> requests = new ArrayList<>();
    catalogue
        .lastRows()
        .forEach((item, itemRow) -> requests.add(request(customer, row, item, itemRow)));
    List<RecommendedItem> items = new ArrayList<>();
    for (Decision decision : decider.topItems(requests, ITEMS)) {
      items.add(item(decision));
    }
    return new Recommendation(customer, items);
  }

  private DecisionRequest request(String customer, int customerRow, String item, int itemRow) {
    DecisionRequest.Builder request =
        DecisionRequest.builder(customerRow)
            .customer(customer)
            .offer(catalogue.offer(log, item))
            .allowedLevels(levels);
    Schema schema = log.schema();
    for (int slot = 0; slot < schema.size(); slot++) {
      Field field = schema.field(slot);
      if (field.feature() && field.role() == Field.Role.FEATURE) {
        boolean ofItem = catalogue.itemSlots().contains(slot);
        Cells.state(log, ofItem ? itemRow : customerRow, slot, request);
      }
    }
    return request.build();
  }

  private RecommendedItem item(Decision decision) {
    Offer offer = decision.offer();
    double unit = Math.pow(10, log.schema().minorDigits());
    return new RecommendedItem(
        offer.itemId(),
        LevelLabels.of(log.schema(), decision.levelIndex()),
        offer.listPriceMinor() / unit,
        decision.priceMinor() / unit,
        decision.purchaseProbability(),
        decision.expectedProfitMinor() / unit);
  }
}
