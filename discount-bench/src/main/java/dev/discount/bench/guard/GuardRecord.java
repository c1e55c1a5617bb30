package dev.discount.bench.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.discount.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the guarded benchmarks came to on one machine. Immutable.
 *
 * @param machine the machine and its Java runtime
 * @param commit the revision that was measured
 * @param figures the figures by the name of their benchmark, in the order of the names
 */
record GuardRecord(Machine machine, String commit, Map<String, Figure> figures) {

  /**
   * One benchmark's speed.
   *
   * @param perSecond operations a second
   * @param calibration what its probe did around it
   */
  record Figure(double perSecond, double calibration) {

    /** Returns what is compared: operations for each unit of the probe. */
    double ratio() {
      return perSecond / calibration;
    }
  }

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  GuardRecord {
    figures = java.util.Collections.unmodifiableMap(new TreeMap<>(figures));
  }

  /** Returns the name of the record's file. */
  String fileName() {
    return machine.cpu() + "-jdk" + machine.jdk() + ".json";
  }

  /** Returns the record as JSON. */
  String json() throws IOException {
    ObjectNode out = MAPPER.createObjectNode();
    out.put("cpu", machine.cpu());
    out.put("cores", machine.cores());
    out.put("jdk", machine.jdk());
    out.put("runtime", machine.runtime());
    out.put("simd", machine.simd());
    out.put("commit", commit);
    ObjectNode all = out.putObject("figures");
    figures.forEach(
        (name, figure) -> {
          ObjectNode one = all.putObject(name);
          one.put("perSecond", rounded(figure.perSecond));
          one.put("calibration", rounded(figure.calibration));
        });
    return MAPPER.writeValueAsString(out) + "\n";
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.5g", value));
  }

  /**
   * Reads a record.
   *
   * @param json what {@link #json} wrote
   * @throws IOException if the text is no JSON, or lacks a part
   */
  static GuardRecord parse(String json) throws IOException {
    JsonNode in = MAPPER.readTree(json);
    Map<String, Figure> figures = new TreeMap<>();
    for (var entry : in.path("figures").properties()) {
      JsonNode one = entry.getValue();
      figures.put(
          entry.getKey(), new Figure(positive(one, "perSecond"), positive(one, "calibration")));
    }
    Machine machine =
        new Machine(
            text(in, "cpu"),
            (int) positive(in, "cores"),
            (int) positive(in, "jdk"),
            text(in, "runtime"),
            text(in, "simd"));
    return new GuardRecord(machine, text(in, "commit"), figures);
  }

  private static String text(JsonNode in, String name) throws IOException {
    if (!in.path(name).isTextual()) {
      throw new IOException(name + " must be text, got " + in.path(name));
    }
    return in.path(name).textValue();
  }

  private static double positive(JsonNode in, String name) throws IOException {
    double value = in.path(name).asDouble(Double.NaN);
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IOException(name + " must be > 0 and finite, got " + in.path(name));
    }
    return value;
  }

  /** Returns the records of a folder, in the order of their file names; none if it is missing. */
  static List<GuardRecord> readAll(Path folder) throws IOException {
    List<GuardRecord> records = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return records;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        try {
          records.add(parse(Files.readString(file)));
        } catch (IOException e) {
          throw new IOException(file + " must be a record of the guard: " + e.getMessage(), e);
        }
      }
    }
    return records;
  }
}
