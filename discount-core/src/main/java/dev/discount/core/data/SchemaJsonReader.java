package dev.discount.core.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.internal.json.JsonSection;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Reads a {@link Schema} from JSON, as {@link SchemaJson} describes it. Stateless. */
final class SchemaJsonReader {

  private SchemaJsonReader() {}

  private static final String[] KEYS = {
    "fields", "discount", "constants", "minorDigits", "csv", "split", "ensemble", "training"
  };

  static Schema read(Path path) {
    return read(JsonSection.read(path, "schema", KEYS));
  }

  static Schema read(String json, String source) {
    return read(JsonSection.parse(json, source, "schema", KEYS));
  }

  private static Schema read(JsonSection root) {
    SchemaBuilder builder = Schema.builder();
    readFields(root, builder);
    try {
      builder.minorDigits(root.integer("minorDigits", builder.minorDigits));
      builder.ensemble(root.integer("ensemble", builder.ensemble));
    } catch (IllegalArgumentException e) {
      throw root.broken(e);
    }
    readDiscount(root, builder);
    readConstants(root, builder);
    readCsv(root, builder);
    if (root.has("split")) {
      builder.split(readSplit(root));
    }
    Map<String, String> training = new TreeMap<>();
    flatten(root.section("training"), "", training);
    builder.training(training);
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw root.broken(e);
    }
  }

  private static void readFields(JsonSection root, SchemaBuilder builder) {
    String[] keys = {"name", "kind", "role", "feature", "minCount", "width", "transform", "tag"};
    for (JsonSection section : root.sections("fields", keys)) {
      try {
        builder.field(readField(section));
      } catch (IllegalArgumentException e) {
        throw section.broken(e);
      }
    }
  }

  private static Field readField(JsonSection section) {
    Field.Kind kind = section.oneOf("kind", List.of(Field.Kind.values()), Field.Kind::jsonName);
    Field.Role role =
        section.has("role")
            ? section.oneOf("role", List.of(Field.Role.values()), Field.Role::jsonName)
            : Field.Role.FEATURE;
    Field plain = Field.of(section.text("name"), kind, role);
    if (section.has("tag")) {
      Field.Tag tag = section.oneOf("tag", List.of(Field.Tag.values()), Field.Tag::jsonName);
      plain = plain.withTag(tag);
    }
    Field.Transform transform =
        section.has("transform")
            ? section.oneOf(
                "transform", List.of(Field.Transform.values()), Field.Transform::jsonName)
            : plain.transform();
    return new Field(
        plain.name(),
        kind,
        role,
        section.flag("feature", plain.feature()),
        section.integer("minCount", plain.minCount()),
        section.integer("width", plain.width()),
        transform,
        plain.tag());
  }

  private static void readDiscount(JsonSection root, SchemaBuilder builder) {
    if (!root.has("discount")) {
      return;
    }
    JsonSection section = root.section("discount", "unit", "levels");
    DiscountUnit unit =
        section.oneOf("unit", List.of(DiscountUnit.values()), DiscountUnit::jsonName);
    List<JsonNode> values = section.values("levels");
    List<Level> levels = new ArrayList<>();
    levels.add(new Level.None());
    try {
      for (int i = 0; i < values.size(); i++) {
        Level level = readLevel(section, values.get(i), unit, builder.minorDigits);
        if (i > 0 || !(level instanceof Level.None)) {
          levels.add(level);
        }
      }
      builder.discountUnit(unit).ladder(new DiscountLadder(levels));
    } catch (IllegalArgumentException e) {
      throw section.broken(e);
    }
  }

  private static Level readLevel(
      JsonSection section, JsonNode value, DiscountUnit unit, int minorDigits) {
    if (unit == DiscountUnit.NAME) {
      if (!value.isTextual()) {
        throw section.broken("levels", value, "hold texts");
      }
      return value.textValue().equals(LevelCells.NONE)
          ? new Level.None()
          : new Level.Named(value.textValue());
    }
    BigDecimal number = section.decimal("levels", value);
    if (number.signum() == 0) {
      return new Level.None();
    }
    if (unit == DiscountUnit.AMOUNT) {
      long minorUnits = exactMinor(section, "levels", value, minorDigits);
      return new Level.AmountOff(minorUnits);
    }
    try {
      BigDecimal basisPoints = number.multiply(BigDecimal.valueOf(unit.bpsPerUnit()));
      return new Level.PercentOff(basisPoints.intValueExact());
    } catch (ArithmeticException e) {
      throw section.broken("levels", value, "hold whole numbers of basis points");
    }
  }

  private static void readConstants(JsonSection root, SchemaBuilder builder) {
    JsonSection section = root.section("constants", "price", "cost");
    try {
      if (section.has("price")) {
        builder.constantPriceMinor(exactMinor(section, "price", builder.minorDigits));
      }
      if (section.has("cost")) {
        builder.constantCostMinor(exactMinor(section, "cost", builder.minorDigits));
      }
    } catch (IllegalArgumentException e) {
      throw section.broken(e);
    }
  }

  private static long exactMinor(JsonSection section, String key, int minorDigits) {
    return exactMinor(section, key, section.value(key), minorDigits);
  }

  private static long exactMinor(JsonSection section, String key, JsonNode value, int minorDigits) {
    try {
      return section.decimal(key, value).movePointRight(minorDigits).longValueExact();
    } catch (ArithmeticException e) {
      throw section.broken(key, value, "have at most " + minorDigits + " decimals");
    }
  }

  private static void readCsv(JsonSection root, SchemaBuilder builder) {
    JsonSection section = root.section("csv", "delimiter", "quote", "missing");
    CsvFormat plain = builder.csv;
    try {
      builder.csv(
          new CsvFormat(
              section.character("delimiter", plain.delimiter()),
              section.character("quote", plain.quote()),
              section.texts("missing")));
    } catch (IllegalArgumentException e) {
      throw section.broken(e);
    }
  }

  private static Split readSplit(JsonSection root) {
    List<String> ways = List.of("ratio", "time", "customer", "column");
    String by =
        root.section("split", "by", "train", "validation", "test", "column")
            .oneOf("by", ways, way -> way);
    JsonSection section =
        by.equals("column")
            ? root.section("split", "by", "column", "train", "test", "validation")
            : root.section("split", "by", "train", "validation", "test");
    try {
      double validation = section.real("validation", 0);
      return switch (by) {
        case "ratio" ->
            new Split.ByRatio(section.real("train"), validation, section.real("test", 0));
        case "time" -> new Split.ByTime(section.real("train"), validation, section.real("test", 0));
        case "customer" ->
            new Split.ByCustomer(section.real("train"), validation, section.real("test", 0));
        default ->
            new Split.ByColumn(
                section.text("column"), section.texts("train"), section.texts("test"), validation);
      };
    } catch (IllegalArgumentException e) {
      throw section.broken(e);
    }
  }

  private static void flatten(JsonSection section, String prefix, Map<String, String> out) {
    Iterator<Map.Entry<String, JsonNode>> entries = section.entries();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      String key = prefix + entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        flatten(section.section(entry.getKey()), key + ".", out);
      } else if (out.put(key, option(section, entry.getKey(), value)) != null) {
        throw section.broken(entry.getKey(), value, "be said once");
      }
    }
  }

  private static String option(JsonSection section, String key, JsonNode value) {
    if (value.isArray()) {
      StringJoiner joined = new StringJoiner(",");
      value.forEach(element -> joined.add(option(section, key, element, "hold scalars")));
      return joined.toString();
    }
    return option(section, key, value, "be a scalar, an array or an object");
  }

  private static String option(JsonSection section, String key, JsonNode value, String rule) {
    if (!value.isValueNode() || value.isNull()) {
      throw section.broken(key, value, rule);
    }
    return value.isNumber() ? section.decimal(key, value).toPlainString() : value.asText();
  }
}
