package dev.discount.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Files of the folder of public data that the system property {@code discount.data} names. Where a
 * file is missing a test is skipped, and says so; on a build server ({@code CI=true}) it fails.
 */
final class PublicData {

  private PublicData() {}

  /** Returns an existing file, or ends the test. */
  static Path file(String name) {
    String folder = System.getProperty("discount.data", "");
    Path path = Path.of(folder).resolve(name);
    if (folder.isEmpty() || !Files.isRegularFile(path)) {
      String message = "public data " + name + " is not in discount.data=" + folder;
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      System.out.println("SKIPPED: " + message);
      Assumptions.abort(message);
    }
    return path;
  }
}
