package dev.discount.core.data;

import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Schemas as JSON. Stateless. Reading is strict: an unknown or repeated key, a value of the wrong
 * type, or parts that contradict each other are errors that name the key and the rule.
 *
 * <pre>{@code
 * {
 *   "fields": [
 *     {"name": "customer", "kind": "id", "role": "customer", "minCount": 2, "width": 16},
 *     {"name": "category", "kind": "category"},
 *     {"name": "spent", "kind": "number", "transform": "log"},
 *     {"name": "newsletter", "kind": "flag"},
 *     {"name": "day", "kind": "number", "role": "time"},
 *     {"name": "coupon", "kind": "number", "role": "discount"},
 *     {"name": "bought", "kind": "flag", "role": "outcome"}
 *   ],
 *   "discount": {"unit": "percent", "levels": [0, 5, 10, 12.5]},
 *   "constants": {"price": 6, "cost": "1.50"},
 *   "minorDigits": 2,
 *   "csv": {"delimiter": ";", "quote": "\"", "missing": ["NA"]},
 *   "split": {"by": "time", "train": 7, "validation": 1, "test": 1},
 *   "ensemble": 3,
 *   "training": {"epochs": 10, "hidden": [64, 32]}
 * }
 * }</pre>
 *
 * <p>Only {@code fields} must be there, and in a field only {@code name} and {@code kind}.
 *
 * <ul>
 *   <li>{@code fields[].kind}: {@code id}, {@code category}, {@code number} or {@code flag}. {@code
 *       role}: {@code feature} (if not said), {@code customer}, {@code item}, {@code discount},
 *       {@code price}, {@code cost}, {@code outcome}, {@code value}, {@code propensity}, {@code
 *       weight}, {@code time} or {@code split}. {@code feature}, {@code minCount}, {@code width}
 *       {@code transform} ({@code identity} or {@code log}) and {@code tag} ({@code contextual},
 *       {@code personal} or {@code protected}) are those of {@link Field}; a protected field is no
 *       feature unless {@code feature} is said.
 *   <li>{@code discount.unit} is a {@link DiscountUnit}: {@code percent}, {@code share}, {@code
 *       basisPoints}, {@code amount} (in major units) or {@code name}. {@code levels} rise; no
 *       discount, 0 or {@code "none"}, is level 0 whether it is listed first or not.
 *   <li>{@code constants}: the price and cost of every row, in major units, as a number or a text,
 *       with no more decimals than {@code minorDigits}, which is 2 if not said.
 *   <li>{@code split.by}: {@code ratio}, {@code time} or {@code customer}, each with the weights
 *       {@code train}, {@code validation} and {@code test}; or {@code column}, with its name as
 *       {@code column}, arrays of its values as {@code train} and {@code test} (left out: all other
 *       values), and a share of the rows to train on as {@code validation}. See {@link Split}.
 *   <li>{@code training} holds options of the trainer, which checks them: a nested object's keys
 *       are joined by points, an array's values by commas.
 * </ul>
 */
public final class SchemaJson {

  private SchemaJson() {}

  /**
   * Reads a schema file.
   *
   * @param path the file, UTF-8
   * @throws DataFormatException if it is no schema, with the key, the value and the rule
   * @throws UncheckedIOException if reading fails
   */
  public static Schema read(Path path) {
    return SchemaJsonReader.read(path);
  }

  /**
   * Reads a schema from a text.
   *
   * @param json the text
   * @throws DataFormatException if it is no schema, with the key, the value and the rule
   */
  public static Schema parse(String json) {
    return SchemaJsonReader.read(json, "schema");
  }

  /**
   * Returns a schema as JSON that {@link #parse} turns into an equal one. Equal schemas give equal
   * texts, on every JDK: every setting but a role's own tag is written, keys are in one order, and
   * numbers in one form.
   */
  public static String write(Schema schema) {
    return SchemaJsonWriter.write(schema);
  }
}
