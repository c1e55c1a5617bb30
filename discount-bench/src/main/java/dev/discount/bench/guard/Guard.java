package dev.discount.bench.guard;

import dev.discount.bench.Benchmarks;
import dev.discount.bench.Machine;
import dev.discount.bench.guard.GuardRecord.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The main program of the guard: measures the hot path's benchmarks and fails if one has lost more
 * of its speed than is tolerated. A figure that lost is measured once more, and its better run
 * counts.
 *
 * <p>System properties: {@code guard.folder} the folder of the records; {@code guard.tolerance} the
 * share of a figure that may be lost (a third); {@code guard.only} a regular expression of figures
 * (all); {@code guard.record} anything but {@code false} or nothing writes a record of this machine
 * instead of comparing.
 */
public final class Guard {

  private static final double TOLERANCE = 1 / 3.0;

  /** The processes to try until one has compiled its calibration. */
  private static final int ATTEMPTS = 3;

  private Guard() {}

  /**
   * Runs the guard; ends the process with status 1 if the verdict is a loss.
   *
   * @param args none
   * @throws IOException if records cannot be read or written
   * @throws RunnerException if a benchmark fails
   */
  public static void main(String[] args) throws IOException, RunnerException {
    Benchmarks.useOwnTemporaryFolder();
    Path folder = Path.of(property("guard.folder", "src/guard"));
    Pattern only = Pattern.compile(property("guard.only", ".*"));
    double tolerance = Double.parseDouble(property("guard.tolerance", String.valueOf(TOLERANCE)));
    boolean writes = !property("guard.record", "false").equals("false");

    Map<String, Figure> figures = new TreeMap<>();
    for (GuardedFigure guarded : GuardedFigure.ALL) {
      if (only.matcher(guarded.name()).matches()) {
        figures.put(guarded.name(), measured(guarded));
      }
    }
    GuardRecord measured = new GuardRecord(Machine.current(), commit(), figures);
    if (writes) {
      Files.createDirectories(folder);
      Path file = folder.resolve(measured.fileName());
      Files.writeString(file, measured.json());
      System.out.println("recorded in " + file);
    } else if (!passes(measured, chosen(GuardRecord.readAll(folder), only), tolerance)) {
      System.exit(1);
    }
  }

  /** Returns a property, or the default where it is absent or empty, as Maven leaves it. */
  private static String property(String name, String orElse) {
    String value = System.getProperty(name, "");
    return value.isEmpty() ? orElse : value;
  }

  private static Figure measured(GuardedFigure guarded) throws RunnerException {
    Figure figure = guarded.run().measure(guarded);
    for (int i = 1; i < ATTEMPTS && Double.isNaN(figure.ratio()); i++) {
      figure = guarded.run().measure(guarded);
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-28s %,14.0f operations/s at %.3g %s",
            guarded.name(),
            figure.perSecond(),
            figure.calibration(),
            guarded.probe().unit()));
    return figure;
  }

  private static boolean passes(GuardRecord measured, List<GuardRecord> records, double tolerance)
      throws RunnerException {
    Verdict verdict = Verdict.of(measured, records, tolerance);
    if (!verdict.lost().isEmpty()) {
      System.out.println("measured once more, since they lost: " + verdict.lost());
      Map<String, Figure> figures = new TreeMap<>(measured.figures());
      for (GuardedFigure guarded : GuardedFigure.ALL) {
        if (verdict.lost().contains(guarded.name())) {
          figures.merge(guarded.name(), measured(guarded), Guard::better);
        }
      }
      GuardRecord again = new GuardRecord(measured.machine(), measured.commit(), figures);
      verdict = Verdict.of(again, records, tolerance);
    }
    System.out.print(verdict.text());
    System.out.println(verdict.passes() ? "The guard passes." : "The guard FAILS.");
    return verdict.passes();
  }

  private static Figure better(Figure a, Figure b) {
    return a.ratio() >= b.ratio() || Double.isNaN(b.ratio()) ? a : b;
  }

  private static List<GuardRecord> chosen(List<GuardRecord> records, Pattern only) {
    return records.stream()
        .map(
            record -> {
              Map<String, Figure> figures = new TreeMap<>(record.figures());
              figures.keySet().removeIf(name -> !only.matcher(name).matches());
              return new GuardRecord(record.machine(), record.commit(), figures);
            })
        .toList();
  }

  /** Returns the revision of the sources as git names it, {@code unknown} without one. */
  private static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--abbrev=12", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String name = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      return git.waitFor() == 0 && !name.isEmpty() ? name : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
