package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;
import dev.discount.core.data.SchemaJson;
import dev.discount.nn.TrainingConfig;
import dev.discount.policy.sim.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemasTest {

  @Test
  void schemas_all_areReadAndTheirOptionsKnown() throws IOException {
    List<Path> files;
    try (Stream<Path> listing = Files.list(Path.of("schemas"))) {
      files = listing.sorted().toList();
    }
    assertEquals(
        List.of(
            "dmc2015.json",
            "dvd.json",
            "hillstrom.json",
            "in-vehicle.json",
            "online-shoppers.json"),
        files.stream().map(file -> file.getFileName().toString()).toList());
    for (Path file : files) {
      Schema schema = SchemaJson.read(file);
      assertTrue(schema.slot(Role.OUTCOME) >= 0, file.toString());
      assertNotNull(schema.split(), file.toString());
      assertNotNull(TrainingConfig.ofOptions(schema.training()), file.toString());
    }
  }

  @Test
  void shop_describesTheColumnsThatTheSimulatorWrites() {
    Schema stated =
        SchemaJson.read(Path.of("src", "main", "resources", "shop", "quickstart", "shop.json"));
    Schema written = Shop.schema();
    assertEquals(written.ladder(), stated.ladder());
    assertEquals(written.discountUnit(), stated.discountUnit());
    assertEquals(written.size(), stated.size());
    for (int slot = 0; slot < written.size(); slot++) {
      assertEquals(written.field(slot).name(), stated.field(slot).name());
      assertEquals(written.field(slot).kind(), stated.field(slot).kind());
      assertEquals(written.field(slot).role(), stated.field(slot).role());
      assertEquals(written.field(slot).transform(), stated.field(slot).transform());
    }
  }
}
