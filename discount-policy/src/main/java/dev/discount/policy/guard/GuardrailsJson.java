package dev.discount.policy.guard;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.DataFormatException;
import dev.discount.core.internal.json.JsonSection;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Guardrails as JSON. Stateless. Reading is strict: an unknown or repeated key, a value of the
 * wrong type, or rules that contradict each other are errors that name the key and the rule. {@code
 * docs/formats/guardrails.md} describes every key; {@code guardrails.schema.json} beside it does so
 * as a JSON schema.
 *
 * <pre>{@code
 * {
 *   "currency": "EUR",
 *   "guardrails": [
 *     {"rule": "minimum-margin", "rateBps": 1000, "amount": "0.50"},
 *     {"rule": "largest-discount", "depthBps": 3000},
 *     {"rule": "floor-price", "amount": "4.99"},
 *     {"rule": "frequency-cap", "maximum": 2, "window": "P7D", "customers": 1000000}
 *   ]
 * }
 * }</pre>
 */
public final class GuardrailsJson {

  private static final String[] KEYS = {"currency", "listPrices", "guardrails"};

  private GuardrailsJson() {}

  /**
   * Reads a file of guardrails.
   *
   * @param path the file, UTF-8
   * @param ladder the levels of the engine
   * @throws DataFormatException if it holds no guardrails for the ladder, with the key and the rule
   * @throws UncheckedIOException if reading fails
   */
  public static Guardrails read(Path path, DiscountLadder ladder) {
    return GuardrailsJsonReader.read(JsonSection.read(path, "guardrails", KEYS), ladder);
  }

  /**
   * Reads guardrails from a text.
   *
   * @param json the text
   * @param ladder the levels of the engine
   * @throws DataFormatException if it holds no guardrails for the ladder, with the key and the rule
   */
  public static Guardrails parse(String json, DiscountLadder ladder) {
    return GuardrailsJsonReader.read(JsonSection.parse(json, "text", "guardrails", KEYS), ladder);
  }
}
