package dev.discount.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The outcome of a run, as text, JSON and Markdown.
 *
 * @param machine the machine
 * @param limits its limits in each round
 * @param measurements what each contender reached
 * @param failures why others are missing, by figure and party
 */
record Report(
    Machine machine,
    List<MachineLimits> limits,
    List<Measurement> measurements,
    Map<String, String> failures) {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final List<String> HEAD =
      List.of(
          "figure",
          "party",
          "median",
          "min",
          "max",
          "unit",
          "p99",
          "p99.9",
          "B/call",
          "of limit",
          "stolen",
          "must",
          "rivals");

  /** Returns the table for a terminal. */
  String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    measurements.forEach(m -> lines.add(cells(m)));
    StringBuilder out = new StringBuilder(machineLine()).append('\n').append(limitsLine());
    out.append("\n\n");
    for (List<String> line : lines) {
      for (int column = 0; column < HEAD.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
        String format =
            column < 2 || column == 5 || column > 10 ? "%-" + width + "s" : "%" + width + "s";
        out.append(String.format(Locale.ROOT, format, line.get(column))).append("  ");
      }
      out.append('\n');
    }
    return out.append(remarks()).toString();
  }

  /** Returns the dated report. */
  String markdown(LocalDate date) {
    StringBuilder out = new StringBuilder("# Scoreboard, ").append(date).append("\n\n");
    out.append(machineLine()).append("\n\n").append(limitsLine()).append("\n\n");
    out.append(
        "Ratios were taken within rounds; a figure beside that of another run says little.\n");
    out.append("Stolen is the share of all processors' time that other guests of the host had.\n");
    out.append("\n| ").append(String.join(" | ", HEAD)).append(" |\n");
    out.append("|---".repeat(HEAD.size())).append("|\n");
    for (Measurement m : measurements) {
      out.append("| ").append(String.join(" | ", cells(m))).append(" |\n");
    }
    return out.append(remarks()).toString();
  }

  /** Returns an array of one object for each of our figures. */
  String json() {
    ArrayNode array = MAPPER.createArrayNode();
    for (Measurement m : measurements) {
      if (m.party().equals(Contender.OURS)) {
        object(array.addObject(), m);
      }
    }
    try {
      return MAPPER.writeValueAsString(array) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and text must have a JSON form", e);
    }
  }

  private void object(ObjectNode out, Measurement m) {
    out.put("name", m.figure().name());
    put(out, "median", m.median());
    put(out, "min", m.min());
    put(out, "max", m.max());
    out.put("unit", m.figure().unit().symbol());
    put(out, "limitRatio", m.limitRatio());
    ObjectNode rivals = out.putObject("rivals");
    rivalsOf(m).forEach(rival -> put(rivals, rival.party(), m.ratioTo(rival)));
    out.put("jdk", machine.runtime());
    out.put("simd", machine.simd());
    out.put("threads", m.figure().threads());
    put(out, "p99", m.p99());
    put(out, "p999", m.p999());
    put(out, "bytesPerCall", m.bytes());
    put(out, "stolen", m.stolen());
  }

  private static void put(ObjectNode out, String name, double value) {
    if (Double.isFinite(value)) {
      out.put(name, Double.parseDouble(String.format(Locale.ROOT, "%.5g", value)));
    } else {
      out.putNull(name);
    }
  }

  private List<Measurement> rivalsOf(Measurement ours) {
    return measurements.stream()
        .filter(m -> m.figure().equals(ours.figure()) && !m.party().equals(Contender.OURS))
        .toList();
  }

  private List<String> cells(Measurement m) {
    boolean ours = m.party().equals(Contender.OURS);
    List<String> ratios = new ArrayList<>();
    if (ours) {
      rivalsOf(m).forEach(r -> ratios.add(number(m.ratioTo(r)) + " x " + r.party()));
    }
    return List.of(
        m.figure().name(),
        m.party(),
        number(m.median()),
        number(m.min()),
        number(m.max()),
        m.figure().unit().symbol(),
        number(m.p99()),
        number(m.p999()),
        number(m.bytes()),
        percent(m.limitRatio()),
        percent(m.stolen()),
        ours ? must(m) : "",
        String.join(", ", ratios));
  }

  private String must(Measurement m) {
    return Musts.outcomes(m, measurements).stream()
        .map(Musts.Outcome::toString)
        .collect(Collectors.joining(", "));
  }

  private String remarks() {
    StringBuilder out = new StringBuilder();
    for (Measurement m : measurements) {
      if (!m.note().isEmpty()) {
        out.append("\n- ").append(m.figure().name()).append(", ").append(m.party()).append(": ");
        out.append(m.note()).append('.');
      }
    }
    failures.forEach(
        (who, why) -> out.append("\n- not measured: ").append(who).append(": ").append(why));
    return out.isEmpty() ? "" : out.append('\n').toString();
  }

  private String machineLine() {
    return machine.line() + ", " + limits.size() + " rounds";
  }

  private String limitsLine() {
    return ("Limits of one thread, measured in the same rounds: fma %s GFLOP/s at 256 bits, %s at"
            + " 512; copy %s GB/s; cached matrix %s GB/s; random rows of 256 bytes %s M/s.")
        .formatted(
            limit(MachineLimits::fma256),
            limit(MachineLimits::fma512),
            limit(MachineLimits::copyGigabytes),
            limit(MachineLimits::cacheGigabytes),
            limit(m -> m.gatheredRows() / 1e6));
  }

  private String limit(ToDoubleFunction<MachineLimits> part) {
    return number(Stopwatch.median(limits.stream().mapToDouble(part).toArray()));
  }

  private static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "";
  }

  /** Returns three significant digits, empty for NaN. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    if (Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3g", value);
  }
}
