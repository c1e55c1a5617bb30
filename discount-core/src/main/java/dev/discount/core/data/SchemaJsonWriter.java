package dev.discount.core.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a {@link Schema} as JSON in one canonical form. Stateless. */
final class SchemaJsonWriter {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private SchemaJsonWriter() {}

  static String write(Schema schema) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      writeFields(schema, json);
      if (schema.ladder().size() > 1) {
        writeDiscount(schema, json);
      }
      json.writeObjectFieldStart("constants");
      writeAmount("price", schema.constantPriceMinor(), schema.minorDigits(), json);
      writeAmount("cost", schema.constantCostMinor(), schema.minorDigits(), json);
      json.writeEndObject();
      json.writeNumberField("minorDigits", schema.minorDigits());
      writeCsv(schema.csv(), json);
      Split split = schema.split();
      if (split != null) {
        writeSplit(split, json);
      }
      json.writeNumberField("ensemble", schema.ensemble());
      json.writeObjectFieldStart("training");
      for (Map.Entry<String, String> option : new TreeMap<>(schema.training()).entrySet()) {
        json.writeStringField(option.getKey(), option.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void writeFields(Schema schema, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("fields");
    for (Field field : schema.fields()) {
      json.writeStartObject();
      json.writeStringField("name", field.name());
      json.writeStringField("kind", field.kind().jsonName());
      json.writeStringField("role", field.role().jsonName());
      json.writeBooleanField("feature", field.feature());
      json.writeNumberField("minCount", field.minCount());
      json.writeNumberField("width", field.width());
      json.writeStringField("transform", field.transform().jsonName());
      if (field.tag() != Field.Tag.of(field.role())) {
        json.writeStringField("tag", field.tag().jsonName());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeDiscount(Schema schema, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("discount");
    json.writeStringField("unit", schema.discountUnit().jsonName());
    json.writeArrayFieldStart("levels");
    for (int level = 1; level < schema.ladder().size(); level++) {
      if (schema.discountUnit() == DiscountUnit.NAME) {
        json.writeString(schema.levelCells().cell(level));
      } else {
        json.writeNumber(schema.levelCells().number(level));
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeAmount(String key, long amountMinor, int minorDigits, JsonGenerator json)
      throws IOException {
    if (amountMinor != Schema.NONE) {
      json.writeStringField(key, BigDecimal.valueOf(amountMinor, minorDigits).toPlainString());
    }
  }

  private static void writeCsv(CsvFormat csv, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("csv");
    json.writeStringField("delimiter", String.valueOf(csv.delimiter()));
    json.writeStringField("quote", String.valueOf(csv.quote()));
    writeTexts("missing", csv.missing(), json);
    json.writeEndObject();
  }

  private static void writeSplit(Split split, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("split");
    if (split instanceof Split.ByRatio by) {
      writeShares("ratio", by.train(), by.validation(), by.test(), json);
    } else if (split instanceof Split.ByTime by) {
      writeShares("time", by.train(), by.validation(), by.test(), json);
    } else if (split instanceof Split.ByCustomer by) {
      writeShares("customer", by.train(), by.validation(), by.test(), json);
    } else if (split instanceof Split.ByColumn by) {
      json.writeStringField("by", "column");
      json.writeStringField("column", by.column());
      writeTexts("train", by.trainValues(), json);
      writeTexts("test", by.testValues(), json);
      writeReal("validation", by.validation(), json);
    }
    json.writeEndObject();
  }

  private static void writeShares(
      String by, double train, double validation, double test, JsonGenerator json)
      throws IOException {
    json.writeStringField("by", by);
    writeReal("train", train, json);
    writeReal("validation", validation, json);
    writeReal("test", test, json);
  }

  private static void writeTexts(String key, List<String> texts, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void writeReal(String key, double value, JsonGenerator json) throws IOException {
    json.writeFieldName(key);
    json.writeNumber(shortest(value));
  }

  /** Returns the shortest decimal that reads as a double; JDKs disagree in their own printing. */
  static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(17)).stripTrailingZeros();
  }
}
