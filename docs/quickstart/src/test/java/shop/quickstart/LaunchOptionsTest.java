package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchOptionsTest {

  @TempDir Path folder;

  @Test
  void parse_propertiesNotGiven_areAbsent() {
    LaunchOptions options =
        LaunchOptions.parse(
            "folder=" + folder,
            "defaultOut=" + folder.resolve("default"),
            "data=${data}",
            "schema=${schema}",
            "seed=${seed}",
            "out=${out}",
            "threads=${threads}",
            "budget=${budget}",
            "levelCost=${levelCost}",
            "stacktrace=",
            "discount.simd=${discount.simd}",
            "discount.simd.bits=${discount.simd.bits}");
    assertNull(options.data());
    assertNull(options.schema());
    assertEquals(0, options.seed());
    assertEquals(folder.resolve("default"), options.out());
    assertEquals(Runtime.getRuntime().availableProcessors(), options.threads());
    assertNull(options.budget());
    assertNull(options.levelCost());
    assertFalse(options.stacktrace());
    assertEquals(Map.of(), options.librarySettings());
  }

  @Test
  void parse_relativePaths_resolveAgainstTheFolder() {
    Path absolute = folder.resolve("elsewhere").toAbsolutePath();
    LaunchOptions options =
        LaunchOptions.parse(
            "folder=" + folder,
            "data=sub folder/../my log.csv",
            "schema=" + absolute,
            "seed=-3",
            "out=results",
            "threads=1",
            "budget=12.50",
            "stacktrace=true",
            "discount.simd=scalar");
    assertEquals(folder.resolve("my log.csv"), options.data());
    assertEquals(absolute, options.schema());
    assertEquals(-3, options.seed());
    assertEquals(folder.resolve("results"), options.out());
    assertEquals(1, options.threads());
    assertEquals(new BigDecimal("12.50"), options.budget());
    assertTrue(options.stacktrace());
    assertEquals(Map.of("discount.simd", "scalar"), options.librarySettings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed=x | -Dseed must be a whole number, got x",
        "seed=99999999999999999999 | -Dseed must be a whole number, got 99999999999999999999",
        "threads=0 | -Dthreads must be in [1, 1024], got 0",
        "budget=x | -Dbudget must be an amount of money, got x",
        "budget=NaN | -Dbudget must be an amount of money, got NaN",
        "budget=0 | -Dbudget must be above 0 and below 1e12, got 0",
        "budget=-5 | -Dbudget must be above 0 and below 1e12, got -5",
        "levelCost=1e12 | -DlevelCost must be above 0 and below 1e12, got 1e12",
        "stacktrace=yes | -Dstacktrace must be true or false, got yes",
        "sead=1 | option must be name=value with a known name, got sead=1",
        "seed | option must be name=value with a known name, got seed",
      })
  void parse_badValue_saysWhatItMustBe(String argument, String message) {
    UserError error = assertThrows(UserError.class, () -> LaunchOptions.parse(argument));
    assertEquals(message, error.getMessage());
  }

  @Test
  void parse_dataWithoutSchema_namesTheOther() {
    UserError noSchema = assertThrows(UserError.class, () -> LaunchOptions.parse("data=a.csv"));
    assertTrue(noSchema.getMessage().startsWith("-Dschema must be given with -Ddata"));
    UserError noData = assertThrows(UserError.class, () -> LaunchOptions.parse("schema=a.json"));
    assertTrue(noData.getMessage().startsWith("-Ddata must be given with -Dschema"));
  }
}
