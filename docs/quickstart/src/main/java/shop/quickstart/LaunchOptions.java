package shop.quickstart;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asked for. Immutable.
 *
 * @param data the purchase log, absolute, or null to let the simulator write one
 * @param schema what the log's columns are, absolute; null where {@code data} is null
 * @param seed the seed of everything that is random
 * @param out the folder of the results, absolute
 * @param threads the number of threads to train with, at least 1
 * @param budget the money for 1 000 customers, in major units, above 0; null if none is compared
 * @param levelCost what every level but the first costs whatever comes of it, such as a mail, in
 *     major units; null where the money is spent on discounts
 * @param stacktrace whether an error shows its stack trace
 * @param librarySettings system properties of the library, by name
 */
record LaunchOptions(
    @Nullable Path data,
    @Nullable Path schema,
    long seed,
    Path out,
    int threads,
    @Nullable BigDecimal budget,
    @Nullable BigDecimal levelCost,
    boolean stacktrace,
    Map<String, String> librarySettings) {

  private static final List<String> NAMES =
      List.of(
          "folder",
          "defaultOut",
          "data",
          "schema",
          "seed",
          "out",
          "threads",
          "budget",
          "levelCost",
          "stacktrace");
  private static final List<String> LIBRARY_NAMES = List.of("discount.simd", "discount.simd.bits");
  private static final int MAX_THREADS = 1024;
  private static final int MAX_DIGITS = 12;

  LaunchOptions {
    librarySettings = Map.copyOf(librarySettings);
  }

  /**
   * Reads options of the form {@code name=value}. Blank values count as absent, and so do values
   * that are the name itself in <code>${}</code>, which is how Maven hands over a property that was
   * not given. Relative paths resolve against {@code folder}.
   *
   * @throws UserError if a name is unknown or a value cannot be read
   */
  static LaunchOptions parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 || !(NAMES.contains(name) || LIBRARY_NAMES.contains(name))) {
        throw new UserError("option must be name=value with a known name, got " + argument);
      }
      String value = argument.substring(equals + 1).strip();
      if (!value.isEmpty() && !value.equals("${" + name + "}")) {
        given.put(name, value);
      }
    }
    Path folder = path(given, "folder", Path.of(""), "").toAbsolutePath();
    Path data = given.containsKey("data") ? path(given, "data", folder, "") : null;
    Path schema = given.containsKey("schema") ? path(given, "schema", folder, "") : null;
    checkPair(data, schema);
    return new LaunchOptions(
        data,
        schema,
        number(given, "seed", 0, Long.MIN_VALUE, Long.MAX_VALUE),
        given.containsKey("out")
            ? path(given, "out", folder, "")
            : path(given, "defaultOut", folder, "target/quickstart"),
        (int) number(given, "threads", Runtime.getRuntime().availableProcessors(), 1, MAX_THREADS),
        money(given, "budget"),
        money(given, "levelCost"),
        flag(given.getOrDefault("stacktrace", "false")),
        librarySettings(given));
  }

  private static void checkPair(@Nullable Path data, @Nullable Path schema) {
    if (data != null && schema == null) {
      throw new UserError(
          "-Dschema must be given with -Ddata: a JSON file that says what each column is");
    }
    if (schema != null && data == null) {
      throw new UserError("-Ddata must be given with -Dschema: the purchase log as CSV");
    }
  }

  private static Path path(
      Map<String, String> given, String name, Path folder, String defaultPath) {
    String text = given.getOrDefault(name, defaultPath);
    try {
      return folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new UserError("-D" + name + " must be a path, got " + text, e);
    }
  }

  private static long number(
      Map<String, String> given, String name, long defaultValue, long least, long most) {
    String text = given.get(name);
    if (text == null) {
      return defaultValue;
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UserError("-D" + name + " must be a whole number, got " + text, e);
    }
    if (value < least || value > most) {
      throw new UserError("-D" + name + " must be in [" + least + ", " + most + "], got " + text);
    }
    return value;
  }

  private static @Nullable BigDecimal money(Map<String, String> given, String name) {
    String text = given.get(name);
    if (text == null) {
      return null;
    }
    try {
      BigDecimal amount = new BigDecimal(text);
      if (amount.signum() > 0 && amount.precision() - amount.scale() <= MAX_DIGITS) {
        return amount;
      }
    } catch (NumberFormatException e) {
      throw new UserError("-D" + name + " must be an amount of money, got " + text, e);
    }
    throw new UserError("-D" + name + " must be above 0 and below 1e12, got " + text);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new UserError("-Dstacktrace must be true or false, got " + text);
    };
  }

  private static Map<String, String> librarySettings(Map<String, String> given) {
    Map<String, String> settings = new LinkedHashMap<>(given);
    settings.keySet().retainAll(LIBRARY_NAMES);
    return settings;
  }
}
