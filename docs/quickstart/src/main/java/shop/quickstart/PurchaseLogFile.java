package shop.quickstart;

import dev.discount.policy.sim.PurchaseLog;
import dev.discount.policy.sim.Shop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A purchase log in a file, with the file that says what its columns are. Immutable.
 *
 * @param name what the report calls it
 * @param data the log
 * @param schema the columns
 * @param truth the simulated shop that wrote the log, or null if it is a user's
 */
record PurchaseLogFile(String name, Path data, Path schema, @Nullable Truth truth) {

  private static final String SHOP_SCHEMA = "shop.json";

  /**
   * Lets a simulated shop write its log, and puts the schema beside it.
   *
   * @param shop the shop
   * @param results where the files go
   */
  static PurchaseLogFile write(Shop shop, OutputFolder results) throws IOException {
    Path data = results.unfinished("purchases.csv");
    Path schema = results.unfinished("schema.json");
    PurchaseLog log = shop.log();
    log.writeCsv(data);
    try (InputStream stream = PurchaseLogFile.class.getResourceAsStream(SHOP_SCHEMA)) {
      if (stream == null) {
        throw new IllegalStateException(SHOP_SCHEMA + " must stand beside this class");
      }
      Files.copy(stream, schema);
    }
    return new PurchaseLogFile("a simulated shop", data, schema, new Truth(shop, log));
  }

  /** Returns a user's log. */
  static PurchaseLogFile of(Path data, Path schema) {
    return new PurchaseLogFile(String.valueOf(data.getFileName()), data, schema, null);
  }
}
