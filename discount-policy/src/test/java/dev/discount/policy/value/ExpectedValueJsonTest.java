package dev.discount.policy.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectedValueJsonTest {

  private static final String ALL =
      """
      {
        "objective": {"profit": 1, "revenue": 0.1, "conversions": 20, "units": 0},
        "quantity": {"field": "quantity", "otherwise": 1},
        "basket": {"marginShare": 0.3},
        "lifetime": {"value": {"field": "lifetime", "otherwise": 0}, "weight": 0.05},
        "returns": {"probability": {"field": "return_rate", "otherwise": 0.1},
                    "handlingMinor": 250, "resaleShare": 0.8},
        "stock": {"pressure": {"field": "pressure", "otherwise": 0},
                  "clearOutShare": 0.5, "scarcityShare": 0.3},
        "newProduct": {"newness": {"field": "fresh", "otherwise": 0}, "boostMinor": 100},
        "incremental": true
      }
      """;

  @Test
  void everySetting_isReadAsCodeWouldStateIt(@TempDir Path folder) throws IOException {
    ExpectedValue code =
        ExpectedValue.builder(new Objective(1, 0.1, 20, 0))
            .quantity(Stated.field("quantity", 1))
            .basket(0.3)
            .lifetime(Stated.field("lifetime", 0), 0.05)
            .returns(Stated.field("return_rate", 0.1), 250, 0.8)
            .stock(Stated.field("pressure", 0), 0.5, 0.3)
            .newProduct(Stated.field("fresh", 0), 100)
            .incremental()
            .build();
    assertEquals(code, ExpectedValueJson.parse(ALL));
    Path file = Files.writeString(folder.resolve("value.json"), ALL);
    assertEquals(code.version(), ExpectedValueJson.read(file).version());
    ValueFixtures.session(code).decide(1);
  }

  @Test
  void objectiveByName_isAllThatIsNeeded() {
    assertEquals(
        ExpectedValue.builder(Objective.UNITS).quantity(Stated.constant(2)).build(),
        ExpectedValueJson.parse("{\"objective\": \"units\", \"quantity\": 2}"));
  }

  @Test
  void badText_isNamedByKeyAndRule() {
    assertRefused("{}", "objective must be there");
    assertRefused(
        "{\"objective\": \"money\"}",
        "objective must be one of profit, revenue, conversions, units, got \"money\"");
    assertRefused("{\"objective\": \"profit\", \"taxes\": 1}", "key taxes must be one of");
    assertRefused(
        "{\"objective\": {\"profit\": -1}}", "weight of profit must be >= 0 and finite, got -1.0");
    assertRefused(
        "{\"objective\": \"profit\", \"basket\": {\"marginShare\": 2}}",
        "marginShare must be in [0, 1], got 2.0");
    assertRefused(
        "{\"objective\": \"profit\", \"newProduct\": {\"newness\": 1, \"boostMinor\": 0.5}}",
        "newProduct.boostMinor must be a whole number, got \"0.5\"");
    assertRefused("{\"objective\": \"profit\", \"objective\": \"units\"}", "distinct keys");
  }

  private static void assertRefused(String json, String message) {
    String got =
        assertThrows(DataFormatException.class, () -> ExpectedValueJson.parse(json)).getMessage();
    assertTrue(got.contains(message), got);
  }
}
