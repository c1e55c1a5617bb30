package dev.discount.policy.guard;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Money;
import dev.discount.core.internal.json.JsonSection;
import dev.discount.policy.Guardrail;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads {@link Guardrails} from JSON, as {@link GuardrailsJson} describes it. */
final class GuardrailsJsonReader {

  /** Every key that some rule has. */
  private static final String[] ANY = {};

  /** How one rule is read, and the keys it may have besides its name. */
  private record Rule(String name, Function<JsonSection, Guardrail> reader, String... keys) {
    String[] allKeys() {
      List<String> all = new ArrayList<>(List.of(keys));
      all.add("rule");
      return all.toArray(new String[0]);
    }
  }

  private final Currency currency;

  private final List<Rule> rules =
      List.of(
          new Rule("minimum-margin", this::minimumMargin, "rateBps", "amount"),
          new Rule("largest-discount", s -> new LargestDiscount(s.integer("depthBps")), "depthBps"),
          new Rule("floor-price", this::floorPrice, "amount", "items"),
          new Rule("not-below-cost", GuardrailsJsonReader::notBelowCost, "clearOut"),
          new Rule("not-above-list-price", s -> new NotAboveListPrice()),
          new Rule("price-endings", this::priceEndings, "modulus", "endings"),
          new Rule("allowed-levels", GuardrailsJsonReader::allowedLevels, "field", "ladders"),
          new Rule("blackout", GuardrailsJsonReader::blackout, "zone", "periods"),
          new Rule(
              "frequency-cap",
              GuardrailsJsonReader::frequencyCap,
              "maximum",
              "window",
              "cooldown",
              "customers",
              "name"),
          new Rule("usage-limit", GuardrailsJsonReader::usageLimit, "limit", "per", "keys", "name"),
          new Rule(
              "consistent-price",
              s -> ConsistentPrice.of(duration(s, "window"), s.integer("promises")),
              "window",
              "promises"),
          new Rule(
              "lowest-price",
              s -> LowestPrice.of(PriceLedger.of(s.integer("items"), zone(s))),
              "items",
              "zone"));

  private GuardrailsJsonReader(Currency currency) {
    this.currency = currency;
  }

  static Guardrails read(JsonSection root, DiscountLadder ladder) {
    Currency currency = currency(root);
    GuardrailsJsonReader reader = new GuardrailsJsonReader(currency);
    try {
      Guardrails.Builder builder = Guardrails.builder(ladder, currency);
      if (root.has("listPrices")) {
        JsonSection prices = root.section("listPrices", "least", "largest");
        builder.listPrices(reader.money(prices, "least"), reader.money(prices, "largest"));
      }
      for (JsonSection section : root.sections("guardrails", ANY)) {
        builder.add(reader.guardrail(section));
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw root.broken(e);
    }
  }

  private static Currency currency(JsonSection root) {
    try {
      return Currency.getInstance(root.text("currency"));
    } catch (IllegalArgumentException e) {
      throw root.broken("currency", "be a currency of ISO 4217");
    }
  }

  private Guardrail guardrail(JsonSection section) {
    Rule rule = section.oneOf("rule", rules, Rule::name);
    section.requireKeys(rule.allKeys());
    try {
      return rule.reader().apply(section);
    } catch (IllegalArgumentException e) {
      throw section.broken(e);
    }
  }

  private Guardrail minimumMargin(JsonSection section) {
    long amountMinor = section.has("amount") ? money(section, "amount").minorUnits() : 0;
    return new MinimumMargin(section.integer("rateBps", 0), amountMinor);
  }

  private Guardrail floorPrice(JsonSection section) {
    long floorMinor = section.has("amount") ? money(section, "amount").minorUnits() : 0;
    Map<String, Long> floorsMinor = new HashMap<>();
    if (section.has("items")) {
      for (JsonSection item : section.sections("items", "item", "amount")) {
        if (floorsMinor.put(item.text("item"), money(item, "amount").minorUnits()) != null) {
          throw item.broken("item", "have one floor");
        }
      }
    }
    return FloorPrice.ofMinor(floorMinor).withItems(floorsMinor);
  }

  private static Guardrail notBelowCost(JsonSection section) {
    return NotBelowCost.exceptClearOut(new HashSet<>(section.texts("clearOut")));
  }

  private Guardrail priceEndings(JsonSection section) {
    List<BigDecimal> endings = section.decimals("endings");
    long[] endingsMinor = new long[endings.size()];
    for (int i = 0; i < endingsMinor.length; i++) {
      endingsMinor[i] = minor(section, "endings", endings.get(i));
    }
    return PriceEndings.of(money(section, "modulus").minorUnits(), endingsMinor);
  }

  private static Guardrail allowedLevels(JsonSection section) {
    Map<String, Set<Integer>> ladders = new HashMap<>();
    for (JsonSection ladder : section.sections("ladders", "value", "levels")) {
      if (ladders.put(ladder.text("value"), new HashSet<>(ladder.integers("levels"))) != null) {
        throw ladder.broken("value", "have one ladder");
      }
    }
    return section.has("field")
        ? AllowedLevels.byField(section.text("field"), ladders)
        : AllowedLevels.of(ladders);
  }

  private static Guardrail blackout(JsonSection section) {
    List<Blackout.Period> periods = new ArrayList<>();
    for (JsonSection period : section.sections("periods", "from", "until")) {
      try {
        periods.add(new Blackout.Period(dateTime(period, "from"), dateTime(period, "until")));
      } catch (IllegalArgumentException e) {
        throw period.broken(e);
      }
    }
    return Blackout.of(zone(section), periods);
  }

  private static Guardrail frequencyCap(JsonSection section) {
    FrequencyCap cap =
        FrequencyCap.of(
            section.integer("maximum"), duration(section, "window"), section.integer("customers"));
    if (section.has("cooldown")) {
      cap = cap.withCooldown(duration(section, "cooldown"));
    }
    return section.has("name") ? cap.named(section.text("name")) : cap;
  }

  private static Guardrail usageLimit(JsonSection section) {
    List<String> fields = section.texts("per");
    long limit = section.whole("limit");
    if (!section.has("per") && section.has("keys")) {
      throw section.broken("keys", "stand beside per");
    }
    UsageLimit usage =
        section.has("per")
            ? UsageLimit.per(limit, section.integer("keys"), fields.toArray(new String[0]))
            : UsageLimit.total(limit);
    return section.has("name") ? usage.named(section.text("name")) : usage;
  }

  /** Returns an amount in major units, which may name the currency behind it. */
  private Money money(JsonSection section, String key) {
    if (section.isText(key)) {
      String text = section.text(key);
      int space = text.indexOf(' ');
      if (space >= 0) {
        if (!text.substring(space + 1).equals(currency.getCurrencyCode())) {
          throw section.broken(key, "be in " + currency);
        }
        return money(section, key, text.substring(0, space));
      }
    }
    return new Money(minor(section, key, section.decimal(key)), currency);
  }

  private Money money(JsonSection section, String key, String amount) {
    try {
      return Money.parse(amount, currency, RoundingMode.UNNECESSARY);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw section.broken(key, "be an amount of " + currency);
    }
  }

  private long minor(JsonSection section, String key, BigDecimal major) {
    try {
      return Money.of(major, currency, RoundingMode.UNNECESSARY).minorUnits();
    } catch (ArithmeticException e) {
      int digits = currency.getDefaultFractionDigits();
      throw section.broken(key, "have at most " + digits + " decimals and fit 63 bits");
    }
  }

  private static Duration duration(JsonSection section, String key) {
    try {
      return Duration.parse(section.text(key));
    } catch (DateTimeException e) {
      throw section.broken(key, "be a duration of ISO 8601, such as P7D or PT12H");
    }
  }

  private static LocalDateTime dateTime(JsonSection section, String key) {
    try {
      return LocalDateTime.parse(section.text(key));
    } catch (DateTimeException e) {
      throw section.broken(key, "be a local time such as 2026-12-24T18:00");
    }
  }

  private static ZoneId zone(JsonSection section) {
    try {
      return ZoneId.of(section.text("zone"));
    } catch (DateTimeException e) {
      throw section.broken("zone", "be a time zone such as Europe/Berlin");
    }
  }
}
