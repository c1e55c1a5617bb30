package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelLabelsTest {

  @Test
  void of_anyKind_isReadable() {
    assertEquals(
        List.of("none", "-1", "-2.5", "-10"),
        LevelLabels.of(schema(DiscountLadder.ofAmounts(100, 250, 1000))));
    assertEquals(
        List.of("none", "12.5%"), LevelLabels.of(schema(DiscountLadder.ofBasisPoints(1250))));
  }

  private static Schema schema(DiscountLadder ladder) {
    return Schema.builder()
        .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
        .field(Field.of("discount", Field.Kind.NUMBER, Field.Role.DISCOUNT))
        .ladder(ladder)
        .constantPriceMinor(2000)
        .build();
  }
}
