package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void of_log_tellsWhatBelongsToAnItemAndKeepsItsLastPrice() {
    Schema schema =
        Schema.builder()
            .field(Field.of("item", Kind.ID, Role.ITEM))
            .field(Field.of("line", Kind.CATEGORY))
            .field(Field.of("age", Kind.NUMBER))
            .field(Field.of("price", Kind.NUMBER, Role.PRICE))
            .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
            .constantCostMinor(100)
            .build();
    Rows log = new Rows(schema, 4);
    add(log, "a", "toys", 20, 3.0);
    add(log, "b", "toys", 20, 4.0);
    add(log, "a", "toys", 31, 3.5);
    add(log, "c", "food", 31, 0.5);
    Catalogue catalogue = Catalogue.of(log);
    assertEquals(Map.of("a", 2, "b", 1), catalogue.lastRows(), "c costs more than its price");
    assertEquals(List.of(schema.slot("line")), catalogue.itemSlots());
    assertEquals(350, catalogue.offer(log, "a").listPriceMinor());
    assertEquals(100, catalogue.offer(log, "a").unitCostMinor());
  }

  private static void add(Rows log, String item, String line, double age, double price) {
    int row = log.add();
    log.setText(row, 0, item);
    log.setText(row, 1, line);
    log.setDouble(row, 2, age);
    log.setDouble(row, 3, price);
    log.setLong(row, 4, 0);
  }
}
