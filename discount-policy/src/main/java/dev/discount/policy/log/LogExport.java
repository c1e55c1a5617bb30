package dev.discount.policy.log;

import dev.discount.core.data.CsvFormat;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionSetup;
import dev.discount.policy.DecisionTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes the decisions that a reader still has for people and other programs. Stateless. */
public final class LogExport {

  private static final List<String> COLUMNS =
      List.of(
          "sequence",
          "decisionId",
          "timeMillis",
          "place",
          "campaign",
          "itemId",
          "listPriceMinor",
          "unitCostMinor",
          "levelIndex",
          "level",
          "priceMinor",
          "propensity",
          "closedBy",
          "modelVersion",
          "policyVersion",
          "valuationVersion",
          "seed",
          "personalErased");

  private LogExport() {}

  /**
   * Writes one JSON object a line. Ids and seeds are texts, since many readers of JSON round
   * numbers of 64 bits.
   *
   * @param reader the decisions
   * @param out where the lines go; closed by the caller
   * @return the number of decisions
   * @throws UncheckedIOException if they cannot be written
   */
  public static long jsonLines(DecisionLogReader reader, Writer out) {
    long count = 0;
    StringBuilder line = new StringBuilder();
    try {
      while (reader.next()) {
        line.setLength(0);
        json(reader.record(), line);
        out.write(line.append('\n').toString());
        count++;
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write decisions", e);
    }
    return count;
  }

  private static void json(DecisionRecord record, StringBuilder out) {
    DecisionSetup setup = record.setup();
    out.append("{\"sequence\":").append(record.sequence());
    text("decisionId", Long.toString(record.decisionId()), out);
    out.append(",\"timeMillis\":").append(record.timeMillis());
    out.append(",\"place\":").append(record.place());
    text("campaign", record.campaign(), out);
    text("itemId", record.itemId(), out);
    out.append(",\"listPriceMinor\":").append(record.listPriceMinor());
    out.append(",\"unitCostMinor\":").append(record.unitCostMinor());
    out.append(",\"levelIndex\":").append(record.levelIndex());
    text("level", setup.ladder().level(record.levelIndex()).label(), out);
    out.append(",\"priceMinor\":").append(record.priceMinor());
    out.append(",\"propensity\":").append(record.propensity());
    closed(record, out);
    out.append(",\"state\":").append(Arrays.toString(record.state()).replace(" ", ""));
    fields(record, out);
    text("modelVersion", setup.modelVersion(), out);
    text("policyVersion", setup.policyVersion(), out);
    text("valuationVersion", setup.valuationVersion(), out);
    text("seed", Long.toString(setup.seed()), out);
    out.append(",\"personalErased\":").append(record.personalErased()).append('}');
  }

  private static void closed(DecisionRecord record, StringBuilder out) {
    out.append(",\"closedBy\":{");
    boolean first = true;
    for (int level = 0; level < record.setup().ladder().size(); level++) {
      if (record.closedBy(level) != DecisionTrace.OPEN) {
        out.append(first ? "\"" : ",\"").append(level).append("\":");
        quote(record.closedByCode(level), out);
        first = false;
      }
    }
    out.append('}');
  }

  private static void fields(DecisionRecord record, StringBuilder out) {
    Schema schema = record.setup().schema();
    Rows rows = new Rows(schema, 1);
    record.addRow(rows);
    out.append(",\"fields\":{");
    boolean first = true;
    for (int slot = 0; slot < schema.size(); slot++) {
      if (rows.isMissing(0, slot)) {
        continue;
      }
      out.append(first ? "" : ",");
      first = false;
      quote(schema.field(slot).name(), out);
      out.append(':');
      if (!schema.field(slot).keyed()) {
        number(rows.doubleAt(0, slot), out);
      } else if (rows.isText(0, slot)) {
        quote(rows.textAt(0, slot), out);
      } else {
        quote(Long.toString(rows.longAt(0, slot)), out);
      }
    }
    out.append('}');
  }

  private static void number(double value, StringBuilder out) {
    if (Double.isInfinite(value)) {
      quote(Double.toString(value), out);
    } else {
      out.append(value);
    }
  }

  private static void text(String name, String value, StringBuilder out) {
    out.append(",\"").append(name).append("\":");
    quote(value, out);
  }

  private static void quote(String value, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /**
   * Writes comma-separated values with a header, and the request's fields that are named.
   *
   * @param reader the decisions
   * @param fields the names of fields to write behind the decision; one that a decision's schema
   *     does not have, or that is missing or erased, is an empty cell
   * @param out where the lines go; closed by the caller
   * @return the number of decisions
   * @throws UncheckedIOException if they cannot be written
   */
  public static long csv(DecisionLogReader reader, List<String> fields, Writer out) {
    CsvLine line = new CsvLine(CsvFormat.ofDefaults());
    COLUMNS.forEach(line::text);
    fields.forEach(line::text);
    long count = 0;
    try {
      out.write(line.end());
      while (reader.next()) {
        csv(reader.record(), line);
        cells(reader.record(), fields, line);
        out.write(line.end());
        count++;
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write decisions", e);
    }
    return count;
  }

  private static void csv(DecisionRecord record, CsvLine line) {
    DecisionSetup setup = record.setup();
    StringBuilder closed = new StringBuilder();
    for (int level = 0; level < setup.ladder().size(); level++) {
      if (record.closedBy(level) != DecisionTrace.OPEN) {
        closed.append(closed.length() == 0 ? "" : " ").append(level).append(':');
        closed.append(record.closedByCode(level));
      }
    }
    line.number(record.sequence())
        .number(record.decisionId())
        .number(record.timeMillis())
        .number((long) record.place())
        .text(record.campaign())
        .text(record.itemId())
        .number(record.listPriceMinor())
        .number(record.unitCostMinor())
        .number((long) record.levelIndex())
        .text(setup.ladder().level(record.levelIndex()).label())
        .number(record.priceMinor())
        .number(record.propensity())
        .text(closed.toString())
        .text(setup.modelVersion())
        .text(setup.policyVersion())
        .text(setup.valuationVersion())
        .number(setup.seed())
        .plain(Boolean.toString(record.personalErased()));
  }

  private static void cells(DecisionRecord record, List<String> fields, CsvLine line) {
    Schema schema = record.setup().schema();
    Rows rows = new Rows(schema, 1);
    record.addRow(rows);
    for (String name : fields) {
      int slot = schema.slot(name);
      if (slot == Schema.NONE || rows.isMissing(0, slot)) {
        line.plain("");
      } else if (!schema.field(slot).keyed()) {
        line.number(rows.doubleAt(0, slot));
      } else if (rows.isText(0, slot)) {
        line.text(rows.textAt(0, slot));
      } else {
        line.number(rows.longAt(0, slot));
      }
    }
  }
}
