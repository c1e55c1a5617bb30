package dev.discount.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/**
 * Measures this machine's limits, every figure of ours and, where they are on the class path, of
 * the rivals, in rounds in which each has its turn, and writes the table. A turn during which the
 * host gave the processors to others is taken again: that is counted by the system and says nothing
 * of the figure, so it favours nobody.
 *
 * <p>System properties: {@code scoreboard.only} a regular expression of figure names, {@code
 * scoreboard.rounds} (5), {@code scoreboard.modelRows} the table rows of {@code model.load} (2
 * million; 10 million need a heap of 12 GiB), {@code scoreboard.folder} for the files ({@code
 * target}), {@code scoreboard.record} the folder to write the dated report to (none).
 */
public final class Scoreboard {

  private static final String SIMD = "discount.simd";
  private static final int MODEL_ROWS = Integer.getInteger("scoreboard.modelRows", 2_000_000);

  /** Everything of ours that is measured, in the order of the table. */
  private static final List<ContenderSource> OURS =
      List.of(
          workloads -> Products.contenders(),
          Scores::contenders,
          Decisions::contenders,
          LoggedDecisions::contenders,
          workloads -> List.of(new HotSwap(workloads)),
          workloads -> Trainings.contenders(),
          workloads -> TableGather.contenders(),
          workloads -> Budgets.contenders(),
          workloads -> Ledgers.contenders(),
          workloads -> List.of(new NewBudget(workloads)),
          Scoreboard::ofFiles);

  /** A turn is taken again if more than this share of the processors' time was stolen from it. */
  private static final double MOST_STOLEN = 0.05;

  private static final int MOST_TURNS = 3;
  private static final double SECONDS_FOR_MORE_TURNS = 150;

  private final Path folder;
  private final Pattern only;
  private final int rounds;
  private final Map<Contender, Measurement> measurements = new LinkedHashMap<>();
  private final List<MachineLimits> limits = new ArrayList<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  /** What is left of each contender's share of the time for more turns. */
  private final Map<Contender, Double> secondsLeft = new HashMap<>();

  private Scoreboard(Path folder, Pattern only, int rounds) {
    this.folder = folder;
    this.only = only;
    this.rounds = rounds;
  }

  /**
   * Runs the scoreboard.
   *
   * @param args none
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    demandVectors();
    Path folder = Path.of(System.getProperty("scoreboard.folder", "target"));
    Files.createDirectories(folder);
    Scoreboard board =
        new Scoreboard(
            folder,
            Pattern.compile(System.getProperty("scoreboard.only", ".*")),
            Integer.getInteger("scoreboard.rounds", 5));
    board.run();
    Report report =
        new Report(Machine.current(), board.limits, board.measurements(), board.failures);
    System.out.print(report.text());
    Files.writeString(folder.resolve("scoreboard.json"), report.json());
    String record = System.getProperty("scoreboard.record", "");
    if (!record.isEmpty()) {
      Path file =
          Path.of(record).resolve(report.machine().reportName(LocalDate.now(ZoneOffset.UTC)));
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, report.markdown(LocalDate.now(ZoneOffset.UTC)));
      System.out.println("recorded in " + file);
    }
  }

  private List<Measurement> measurements() {
    return measurements.values().stream().filter(m -> !Double.isNaN(m.median())).toList();
  }

  private void run() {
    Calibration calibration = new Calibration();
    List<Contender> contenders = contenders();
    for (Contender contender : contenders) {
      secondsLeft.put(contender, SECONDS_FOR_MORE_TURNS / contenders.size());
      attempt("preparing", contender, contender::prepare);
    }
    for (int round = 1; round <= rounds; round++) {
      say("round " + round + " of " + rounds);
      MachineLimits machine = calibration.measure();
      limits.add(machine);
      for (Contender contender : contenders) {
        Measurement measurement = measurements.get(contender);
        if (measurement != null && (round == 1 || !contender.once())) {
          attempt("measuring", contender, () -> measure(contender, measurement, machine));
        }
      }
    }
    contenders.forEach(Contender::close);
  }

  /** What a contender did, and the share of the processors' time that others had meanwhile. */
  private record Turn(Sample sample, double stolen, double seconds) {
    static Turn of(Contender contender) throws Exception {
      ProcessorTime before = ProcessorTime.now();
      long begin = System.nanoTime();
      Sample sample = contender.measure();
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Turn(sample, before.stolenUntil(ProcessorTime.now()), seconds);
    }
  }

  /**
   * Keeps, of a few turns, the first that was left alone, or the one that was least disturbed.
   * Where failures are counted, a disturbance may bring them out, and one turn is all.
   */
  private void measure(Contender contender, Measurement measurement, MachineLimits machine)
      throws Exception {
    Turn kept = Turn.of(contender);
    boolean single = contender.once() || contender.figure().unit() == Figure.Unit.FAILURES;
    double left = secondsLeft.getOrDefault(contender, 0.0);
    for (int i = 1; !single && i < MOST_TURNS && kept.stolen > MOST_STOLEN && left > 0; i++) {
      Turn next = Turn.of(contender);
      left -= next.seconds;
      kept = next.stolen < kept.stolen ? next : kept;
    }
    secondsLeft.put(contender, left);
    measurement.add(kept.sample, machine, kept.stolen);
  }

  /**
   * Gives scorers the SIMD kernels from their birth on, where there are any: contenders run until
   * they are compiled before they are measured.
   */
  private static void demandVectors() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (vectors && System.getProperty(SIMD) == null) {
      System.setProperty(SIMD, "panama");
    }
  }

  private List<Contender> contenders() {
    Workloads workloads = new Workloads(folder);
    List<Contender> all = new ArrayList<>();
    OURS.forEach(source -> all.addAll(source.contenders(workloads)));
    for (ContenderSource source : ServiceLoader.load(ContenderSource.class)) {
      all.addAll(source.contenders(workloads));
    }
    all.removeIf(contender -> !only.matcher(contender.figure().name()).matches());
    all.forEach(contender -> measurements.put(contender, new Measurement(contender)));
    return all;
  }

  private static List<Contender> ofFiles(Workloads workloads) {
    Path folder = workloads.folder();
    return List.of(
        CsvContender.ours(folder),
        CsvContender.splitter(folder),
        ModelLoad.oneThread(MODEL_ROWS, folder),
        ModelLoad.twoThreads(MODEL_ROWS, folder),
        new WarmUp(workloads, folder));
  }

  private interface Attempt {
    void run() throws Exception;
  }

  /** Does a contender's part; one that fails is left out from then on, and the table says so. */
  private void attempt(String what, Contender contender, Attempt part) {
    String name = contender.figure().name() + " of " + contender.party();
    long begin = System.nanoTime();
    try {
      part.run();
      say("%6.1f s for %s %s".formatted((System.nanoTime() - begin) / 1e9, what, name));
    } catch (Exception | LinkageError e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      measurements.remove(contender);
      failures.put(name, e.toString());
    }
  }

  private static void say(String what) {
    System.err.println(what);
  }
}
