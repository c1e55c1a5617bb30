package dev.discount.bench.guard;

import dev.discount.bench.Stopwatch;
import dev.discount.bench.guard.GuardRecord.Figure;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How long the guard measures a benchmark. Immutable.
 *
 * @param forks the processes, 0 for this one
 * @param warmUps the iterations that do not count
 * @param iterations the iterations that count
 * @param millis the length of an iteration
 */
record GuardRun(int forks, int warmUps, int iterations, int millis) {

  /*
   * A neighbour on the same core can halve the rate of multiply-adds for a fraction of a second, so
   * iterations are short, each between two calibrations of its own.
   */

  /** A process of its own for a benchmark, some three seconds long. */
  static final GuardRun DEFAULT = new GuardRun(1, 8, 15, 100);

  /** The same for a benchmark whose operation alone is longer than an iteration. */
  static final GuardRun LONG_OPERATION = new GuardRun(1, 2, 7, 100);

  /**
   * Measures a benchmark.
   *
   * @return the median iteration by its ratio to the calibration around it
   * @throws RunnerException if the benchmark failed
   */
  Figure measure(GuardedFigure guarded) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(guarded.type().getName() + "." + guarded.method()) + "$")
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.SECONDS)
            .threads(1)
            .forks(forks)
            .warmupForks(0)
            .warmupIterations(warmUps)
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.milliseconds(millis))
            .jvmArgsAppend("--add-modules=jdk.incubator.vector", "-Xms2g", "-Xmx2g")
            .addProfiler(CalibrationProfiler.class, guarded.probe().name())
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    guarded.parameters().forEach(options::param);
    Collection<RunResult> results = new Runner(options.build()).run();
    if (results.size() != 1) {
      throw new RunnerException(guarded.name() + " must be one benchmark, got " + results.size());
    }
    return median(results.iterator().next().getBenchmarkResults());
  }

  private static Figure median(Collection<BenchmarkResult> forks) {
    var iterations = forks.stream().flatMap(fork -> fork.getIterationResults().stream()).toList();
    double[] speeds = iterations.stream().mapToDouble(GuardRun::speed).toArray();
    double[] ratios = iterations.stream().mapToDouble(i -> speed(i) / calibration(i)).toArray();
    double speed = Stopwatch.median(speeds);
    return new Figure(speed, speed / Stopwatch.median(ratios));
  }

  private static double speed(IterationResult iteration) {
    return iteration.getPrimaryResult().getScore();
  }

  private static double calibration(IterationResult iteration) {
    return Objects.requireNonNull(
            iteration.getSecondaryResults().get(CalibrationProfiler.RESULT), "calibration")
        .getScore();
  }
}
