package dev.discount.bench.guard;

import dev.discount.bench.Machine;
import dev.discount.bench.guard.GuardRecord.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a measurement comes to beside the nearest of the records. Immutable.
 *
 * @param record the record taken, null if there is none
 * @param kept the least share of the record's ratio that passes
 * @param findings one for each figure of the measurement or of the record, in order of their names
 */
record Verdict(@Nullable GuardRecord record, double kept, List<Finding> findings) {

  /*
   * The nearest record is the one of the same processor; then one of the same vendor and vector
   * width, of the same vector width, of any; among these that of the nearest JDK, and among equals
   * the first. Processors differ in the balance of their arithmetic, caches and clock by up to a
   * factor of about two, so a record of another processor is given the tolerance twice.
   */

  /** What became of a figure. */
  enum Outcome {
    /** As fast as recorded, within the tolerance. */
    HELD,
    /** So much faster that the record no longer guards it. */
    GAINED,
    /** Slower than the tolerance allows. */
    LOST,
    /** In the record, but not measured. */
    NOT_MEASURED,
    /** Measured, but not in the record. */
    NOT_RECORDED;

    boolean passes() {
      return this == HELD || this == GAINED;
    }
  }

  /**
   * One figure.
   *
   * @param name its name
   * @param outcome what became of it
   * @param share its ratio over the recorded one, NaN if either is missing
   */
  record Finding(String name, Outcome outcome, double share) {}

  Verdict {
    findings = List.copyOf(findings);
  }

  /**
   * Compares.
   *
   * @param measured what was measured now
   * @param records the records there are
   * @param tolerance the share of a ratio that may be lost, in (0, 1)
   */
  static Verdict of(GuardRecord measured, List<GuardRecord> records, double tolerance) {
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must be in (0, 1), got " + tolerance);
    }
    GuardRecord record = nearest(measured.machine(), records);
    if (record == null) {
      return new Verdict(null, 1 - tolerance, List.of());
    }
    boolean same = record.machine().cpu().equals(measured.machine().cpu());
    double kept = same ? 1 - tolerance : (1 - tolerance) * (1 - tolerance);
    Set<String> names = new TreeSet<>(measured.figures().keySet());
    names.addAll(record.figures().keySet());
    List<Finding> findings = new ArrayList<>();
    for (String name : names) {
      findings.add(finding(name, measured.figures().get(name), record.figures().get(name), kept));
    }
    return new Verdict(record, kept, findings);
  }

  private static Finding finding(
      String name, @Nullable Figure measured, @Nullable Figure recorded, double kept) {
    if (measured == null) {
      return new Finding(name, Outcome.NOT_MEASURED, Double.NaN);
    }
    if (recorded == null) {
      return new Finding(name, Outcome.NOT_RECORDED, Double.NaN);
    }
    double share = measured.ratio() / recorded.ratio();
    if (!(share >= kept)) {
      return new Finding(name, Outcome.LOST, share);
    }
    return new Finding(name, share > 1 / kept ? Outcome.GAINED : Outcome.HELD, share);
  }

  private static @Nullable GuardRecord nearest(Machine machine, List<GuardRecord> records) {
    return records.stream()
        .min(
            Comparator.<GuardRecord>comparingInt(r -> distance(machine, r.machine()))
                .thenComparingInt(r -> Math.abs(machine.jdk() - r.machine().jdk())))
        .orElse(null);
  }

  private static int distance(Machine a, Machine b) {
    if (a.cpu().equals(b.cpu())) {
      return 0;
    }
    if (!a.simd().equals(b.simd())) {
      return 3;
    }
    return vendor(a).equals(vendor(b)) ? 1 : 2;
  }

  private static String vendor(Machine machine) {
    int end = machine.cpu().indexOf('-');
    return end < 0 ? machine.cpu() : machine.cpu().substring(0, end);
  }

  /** Returns whether nothing was lost and nothing is missing. */
  boolean passes() {
    return record != null && findings.stream().allMatch(f -> f.outcome.passes());
  }

  /** Returns the names of the figures that were lost. */
  List<String> lost() {
    return findings.stream().filter(f -> f.outcome == Outcome.LOST).map(Finding::name).toList();
  }

  /** Returns a line for the record and one for each figure. */
  String text() {
    if (record == null) {
      return "There is no record to compare with: make one with -Dguard.record.\n";
    }
    Machine machine = record.machine();
    StringBuilder out = new StringBuilder();
    out.append(
        line(
            "Compared with the record of %s, JDK %d, %s, commit %s: a figure keeps at least %.0f %%"
                + " of its ratio to the calibration.",
            machine.cpu(), machine.jdk(), machine.simd(), record.commit(), 100 * kept));
    for (Finding finding : findings) {
      out.append(line("%-28s %s", finding.name, sentence(finding)));
    }
    return out.toString();
  }

  private String sentence(Finding finding) {
    double percent = 100 * finding.share;
    return switch (finding.outcome) {
      case HELD -> String.format(Locale.ROOT, "%4.0f %%", percent);
      case GAINED -> String.format(Locale.ROOT, "%4.0f %%  gained: record it anew", percent);
      case LOST ->
          String.format(
              Locale.ROOT, "%4.0f %%  LOST: must keep %.0f %%", percent, Math.ceil(100 * kept));
      case NOT_MEASURED -> "        NOT MEASURED, but in the record";
      case NOT_RECORDED -> "        NOT IN THE RECORD: make a new one with -Dguard.record";
    };
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }
}
