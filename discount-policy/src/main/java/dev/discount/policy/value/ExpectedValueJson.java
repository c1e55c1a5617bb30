package dev.discount.policy.value;

import dev.discount.core.data.DataFormatException;
import dev.discount.core.internal.json.JsonSection;
import java.nio.file.Path;
import java.util.List;

/**
 * Valuations as JSON. Stateless. Reading is strict: an unknown or repeated key, a value of the
 * wrong type or out of its range is an error that names the key and the rule.
 *
 * <pre>{@code
 * {
 *   "objective": {"profit": 1, "revenue": 0.1, "conversions": 20, "units": 0},
 *   "quantity": {"field": "quantity", "otherwise": 1},
 *   "basket": {"marginShare": 0.3},
 *   "lifetime": {"value": {"field": "lifetime_value", "otherwise": 0}, "weight": 0.05},
 *   "returns": {"probability": {"field": "return_rate", "otherwise": 0.1},
 *               "handlingMinor": 250, "resaleShare": 0.8},
 *   "stock": {"pressure": {"field": "stock_pressure", "otherwise": 0},
 *             "clearOutShare": 0.5, "scarcityShare": 0.3},
 *   "newProduct": {"newness": {"field": "is_new", "otherwise": 0}, "boostMinor": 100},
 *   "incremental": true
 * }
 * }</pre>
 *
 * <p>Only {@code objective} must be there: {@code profit}, {@code revenue}, {@code conversions} or
 * {@code units} as a text, or weights, of which those left out are 0. A number that may differ from
 * decision to decision is written as a number or as a field with what holds where it is missing.
 * See {@link ExpectedValueBuilder} for the ranges.
 */
public final class ExpectedValueJson {

  private ExpectedValueJson() {}

  /**
   * Reads a valuation from a file.
   *
   * @param path the file, UTF-8
   * @throws DataFormatException if it is no valuation, with the key, the value and the rule
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static ExpectedValue read(Path path) {
    return read(JsonSection.read(path, "valuation", KEYS));
  }

  /**
   * Reads a valuation from a text.
   *
   * @param json the text
   * @throws DataFormatException if it is no valuation, with the key, the value and the rule
   */
  public static ExpectedValue parse(String json) {
    return read(JsonSection.parse(json, "text", "valuation", KEYS));
  }

  private static final String[] KEYS = {
    "objective", "quantity", "basket", "lifetime", "returns", "stock", "newProduct", "incremental"
  };

  private static ExpectedValue read(JsonSection root) {
    try {
      ExpectedValueBuilder builder = ExpectedValue.builder(objective(root));
      if (root.has("quantity")) {
        builder.quantity(stated(root, "quantity"));
      }
      if (root.has("basket")) {
        builder.basket(root.section("basket", "marginShare").real("marginShare"));
      }
      if (root.has("lifetime")) {
        JsonSection section = root.section("lifetime", "value", "weight");
        builder.lifetime(stated(section, "value"), section.real("weight"));
      }
      readReturns(root, builder);
      readStock(root, builder);
      if (root.has("newProduct")) {
        JsonSection section = root.section("newProduct", "newness", "boostMinor");
        builder.newProduct(stated(section, "newness"), section.whole("boostMinor"));
      }
      if (root.flag("incremental", false)) {
        builder.incremental();
      }
      return builder.build();
    } catch (DataFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw root.broken(e);
    }
  }

  private static void readReturns(JsonSection root, ExpectedValueBuilder builder) {
    if (root.has("returns")) {
      JsonSection section = root.section("returns", "probability", "handlingMinor", "resaleShare");
      builder.returns(
          stated(section, "probability"),
          section.whole("handlingMinor"),
          section.real("resaleShare"));
    }
  }

  private static void readStock(JsonSection root, ExpectedValueBuilder builder) {
    if (root.has("stock")) {
      JsonSection section = root.section("stock", "pressure", "clearOutShare", "scarcityShare");
      builder.stock(
          stated(section, "pressure"),
          section.real("clearOutShare"),
          section.real("scarcityShare"));
    }
  }

  private static Objective objective(JsonSection root) {
    if (!root.isObject("objective")) {
      List<Objective> pure =
          List.of(Objective.PROFIT, Objective.REVENUE, Objective.CONVERSIONS, Objective.UNITS);
      return root.oneOf("objective", pure, Objective::code);
    }
    JsonSection section = root.section("objective", "profit", "revenue", "conversions", "units");
    return new Objective(
        section.real("profit", 0),
        section.real("revenue", 0),
        section.real("conversions", 0),
        section.real("units", 0));
  }

  private static Stated stated(JsonSection section, String key) {
    if (!section.isObject(key)) {
      return Stated.constant(section.real(key));
    }
    JsonSection field = section.section(key, "field", "otherwise");
    return Stated.field(field.text("field"), field.real("otherwise"));
  }
}
