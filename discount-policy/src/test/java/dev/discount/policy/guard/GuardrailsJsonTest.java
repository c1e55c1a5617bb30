package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.DataFormatException;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reader and the published JSON schema accept and refuse the same, by the published example.
 */
class GuardrailsJsonTest {

  private static final Path FORMATS = Path.of("../docs/formats");

  private static String example;
  private static Map<String, Object> schema;

  @BeforeAll
  @SuppressWarnings("unchecked")
  static void read() throws IOException {
    String page = Files.readString(FORMATS.resolve("guardrails.md"));
    int start = page.indexOf("```json") + "```json".length();
    example = page.substring(start, page.indexOf("```", start));
    schema =
        (Map<String, Object>)
            JsonValues.parse(Files.readString(FORMATS.resolve("guardrails.schema.json")));
  }

  private static Guardrails parse(String json) {
    return GuardrailsJson.parse(json, Shops.LADDER);
  }

  private static String refusal(String json) {
    return assertThrows(DataFormatException.class, () -> parse(json)).getMessage();
  }

  private static String with(String rule) {
    return "{\"currency\": \"EUR\", \"guardrails\": [" + rule + "]}";
  }

  @Test
  void example_isReadInItsOrder() {
    Guardrails guardrails = parse(example);
    assertEquals(
        List.of(
            "MinimumMargin[rateBps=1000, amountMinor=50]",
            "LargestDiscount[depthBps=5000]",
            "FloorPrice[floorMinor=499, floorsMinor={lamp=999}]",
            "NotBelowCost[clearedOut=[]]",
            "NotAboveListPrice[]",
            "PriceEndings[modulusMinor=100, endingsMinor=[0, 49, 99]]",
            "AllowedLevels[field=null, masks={vase=3}]",
            "AllowedLevels[field=segment, masks={new=13}]",
            "Blackout[startMillis=[1798131600000], endMillis=[1798326000000]]",
            "FrequencyCap[maximum=2, window=PT168H, cooldown=PT12H, customers=1000,"
                + " stateName=frequency-cap]",
            "UsageLimit[limitAndFields=[1, customer, code], keys=1000, stateName=codes]",
            "UsageLimit[limitAndFields=[50000], keys=1, stateName=campaign]",
            "ConsistentPrice[window=PT30M, promises=1000]",
            "LowestPrice[items=1000, zone=Europe/Berlin]"),
        guardrails.list().stream().map(Object::toString).toList());
    assertDoesNotThrow(() -> guardrails.checkSchema(Shops.SCHEMA));
    assertEquals(
        "[frequency-cap, codes, campaign, consistent-price, price-ledger]",
        guardrails.states().names().toString());
  }

  @Test
  void example_decides() {
    DecisionEngine.Builder builder =
        DecisionEngine.builder(StubModel.of(Shops.SCHEMA, 0.1, 0.2, 0.3, 0.4), Shops.LADDER)
            .policy(new FlatLevel(3));
    Guardrails guardrails = parse(example);
    guardrails.addTo(builder);
    for (var guardrail : guardrails) {
      if (guardrail instanceof LowestPrice lowest) {
        lowest.ledger().record("lamp", Shops.START_MILLIS - 86_400_000L, 8_500);
      }
    }
    Decision decision = builder.build().decide(Shops.request(1, 0).category("code", "A").build());
    assertEquals(3, decision.levelIndex());
    assertEquals("lowest-price", decision.closedBy(1));
    assertEquals(-501, decision.opening(1).missing());
    assertEquals(8_500, decision.referencePriceMinor().orElseThrow());
  }

  @Test
  @SuppressWarnings("unchecked")
  void readerAndSchema_agree_withEveryKeyTakenAwayAndAdded() {
    Map<String, Object> all = (Map<String, Object>) JsonValues.parse(example);
    assertTrue(JsonValues.isValid(all, schema, schema));
    int refused = 0;
    for (Object rule : (List<Object>) all.get("guardrails")) {
      for (Map<String, Object> changed : variants((Map<String, Object>) rule)) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("currency", "EUR");
        file.put("guardrails", List.of(changed));
        String json = JsonValues.write(file);
        boolean valid = JsonValues.isValid(file, schema, schema);
        if (valid) {
          assertDoesNotThrow(() -> parse(json), json);
        } else {
          assertThrows(DataFormatException.class, () -> parse(json), json);
          refused++;
        }
      }
    }
    assertTrue(refused > 60, "refused " + refused);
  }

  /** Returns a rule as it is, without each key, with each value of another type, and with more. */
  private static List<Map<String, Object>> variants(Map<String, Object> rule) {
    List<Map<String, Object>> variants = new ArrayList<>(List.of(rule));
    for (String key : rule.keySet()) {
      Map<String, Object> without = new LinkedHashMap<>(rule);
      without.remove(key);
      variants.add(without);
      for (Object wrong : List.of(Map.of(), true, "?", new java.math.BigDecimal("-1"))) {
        if (!key.equals("name") && !key.equals("zone") && !key.equals("field")) {
          Map<String, Object> other = new LinkedHashMap<>(rule);
          other.put(key, wrong);
          variants.add(other);
        }
      }
    }
    Map<String, Object> more = new LinkedHashMap<>(rule);
    more.put("colour", "red");
    variants.add(more);
    return variants;
  }

  @Test
  void parse_badAmountsAndCurrencies_areNamed() {
    assertEquals(
        "text: currency must be a currency of ISO 4217, got \"EUX\"",
        refusal("{\"currency\": \"EUX\", \"guardrails\": []}"));
    assertEquals(
        "text: guardrails[0].amount must be in EUR, got \"5.00 USD\"",
        refusal(with("{\"rule\": \"floor-price\", \"amount\": \"5.00 USD\"}")));
    assertEquals(
        "text: guardrails[0].amount must have at most 2 decimals and fit 63 bits, got \"0.005\"",
        refusal(with("{\"rule\": \"floor-price\", \"amount\": \"0.005\"}")));
    assertEquals(
        "text: guardrails[0]: floorMinor must be >= 0, got -500",
        refusal(with("{\"rule\": \"floor-price\", \"amount\": -5}")));
    assertEquals(
        "text: guardrails: currency must have minor units, got XXX",
        refusal("{\"currency\": \"XXX\", \"guardrails\": []}"));
  }

  @Test
  void parse_badTimes_areNamed() {
    assertEquals(
        "text: guardrails[0].zone must be a time zone such as Europe/Berlin, got \"Berlin\"",
        refusal(
            with(
                "{\"rule\": \"blackout\", \"zone\": \"Berlin\", \"periods\":"
                    + " [{\"from\": \"2026-01-01T00:00\", \"until\": \"2026-01-02T00:00\"}]}")));
    assertEquals(
        "text: guardrails[0].periods[0]: until must be after 2026-01-02T00:00, got"
            + " 2026-01-01T00:00",
        refusal(
            with(
                "{\"rule\": \"blackout\", \"zone\": \"UTC\", \"periods\":"
                    + " [{\"from\": \"2026-01-02T00:00\", \"until\": \"2026-01-01T00:00\"}]}")));
    assertEquals(
        "text: guardrails[0].window must be a duration of ISO 8601, such as P7D or PT12H, got"
            + " \"7 days\"",
        refusal(
            with(
                "{\"rule\": \"frequency-cap\", \"maximum\": 1, \"window\": \"7 days\","
                    + " \"customers\": 1}")));
  }

  @Test
  void parse_contradictions_areNamed() {
    assertEquals(
        "text: guardrails[0].ladders[1].value must have one ladder, got \"lamp\"",
        refusal(
            with(
                "{\"rule\": \"allowed-levels\", \"ladders\": [{\"value\": \"lamp\", \"levels\":"
                    + " [1]}, {\"value\": \"lamp\", \"levels\": [2]}]}")));
    assertEquals(
        "text: guardrails[0]: levels of item lamp must not be empty, got none",
        refusal(
            with(
                "{\"rule\": \"allowed-levels\", \"ladders\":"
                    + " [{\"value\": \"lamp\", \"levels\": []}]}")));
    assertTrue(
        refusal(with("{\"rule\": \"largest-discount\", \"depthBps\": 0}"))
            .startsWith("text: guardrails: guardrails must leave a level besides 0 open"));
    assertEquals(
        "text: guardrails[0]: fields must not be empty, got none",
        refusal(with("{\"rule\": \"usage-limit\", \"limit\": 1, \"per\": [], \"keys\": 9}")));
    assertEquals(
        "text: key guardrails[0].depth must be one of depthBps, rule",
        refusal(with("{\"rule\": \"largest-discount\", \"depth\": 1}")));
    assertFalse(refusal("{\"currency\": \"EUR\", \"currency\": \"EUR\"}").isEmpty());
  }

  @Test
  void read_aFile_namesIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("guardrails.json");
    Files.writeString(file, example);
    assertEquals(parse(example).version(), GuardrailsJson.read(file, Shops.LADDER).version());
    Files.writeString(file, "{}");
    assertEquals(
        file + ": currency must be there",
        assertThrows(DataFormatException.class, () -> GuardrailsJson.read(file, Shops.LADDER))
            .getMessage());
  }
}
