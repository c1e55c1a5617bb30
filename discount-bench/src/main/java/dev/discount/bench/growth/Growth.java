package dev.discount.bench.growth;

import dev.discount.bench.Machine;
import dev.discount.bench.Workloads;
import dev.discount.bench.Workloads.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * The main program of "How cost grows": measures every axis and writes a table and a fitted law of
 * each.
 *
 * <p>System properties: {@code growth.only} a regular expression of axes, {@code growth.folder} for
 * files ({@code target}), {@code growth.record} the folder of the dated report that the text is
 * appended to (none).
 */
public final class Growth {

  private static final int[] STREAMED_ROWS = {100_000, 300_000, 1_000_000, 3_000_000, 10_000_000};

  private Growth() {}

  /**
   * Measures.
   *
   * @param args none
   * @throws Exception if a measurement fails, or a file cannot be written
   */
  public static void main(String[] args) throws Exception {
    if (System.getProperty("discount.simd") == null) {
      System.setProperty("discount.simd", "panama");
    }
    Path folder = Path.of(System.getProperty("growth.folder", "target"));
    Files.createDirectories(folder);
    Pattern only = Pattern.compile(property("growth.only", ".*"));
    StringBuilder text = new StringBuilder("\n## How cost grows\n\n");
    text.append(Machine.current().line()).append(".\n");
    for (var entry : axes(folder).entrySet()) {
      if (only.matcher(entry.getKey()).matches()) {
        System.err.println("measuring " + entry.getKey());
        for (Axis axis : entry.getValue().call()) {
          System.out.print(axis.markdown());
          text.append(axis.markdown());
        }
      }
    }
    Files.writeString(folder.resolve("growth.md"), text);
    record(text, property("growth.record", ""));
  }

  private static String property(String name, String orElse) {
    String value = System.getProperty(name, "");
    return value.isEmpty() ? orElse : value;
  }

  private static Map<String, Callable<List<Axis>>> axes(Path folder) {
    Workloads workloads = new Workloads(folder);
    Map<String, Callable<List<Axis>>> axes = new LinkedHashMap<>();
    axes.put(
        "levels",
        () ->
            List.of(
                ScoringGrowth.levels(workloads, Shape.MONOTONE),
                ScoringGrowth.levels(workloads, Shape.POINT)));
    axes.put("rows", () -> List.of(ScoringGrowth.rows(workloads)));
    axes.put("threads", () -> List.of(ScoringGrowth.threads(workloads), TrainingGrowth.threads()));
    axes.put("width", () -> List.of(TrainingGrowth.widths()));
    axes.put("batch", () -> List.of(TrainingGrowth.batches()));
    axes.put("table", TableGrowth::axes);
    axes.put("state", StateGrowth::axes);
    axes.put("streamed", () -> List.of(StreamedGrowth.rows(folder, STREAMED_ROWS)));
    return axes;
  }

  private static void record(CharSequence text, String folder) throws IOException {
    if (folder.isEmpty()) {
      return;
    }
    Path file =
        Path.of(folder).resolve(Machine.current().reportName(LocalDate.now(ZoneOffset.UTC)));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.println("recorded in " + file);
  }
}
