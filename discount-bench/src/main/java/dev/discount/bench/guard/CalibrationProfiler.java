package dev.discount.bench.guard;

import dev.discount.bench.Stopwatch;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A JMH profiler that runs a {@link Probe} before and after every iteration, in the process that
 * runs the benchmark, and adds the mean of the two to the iteration's results. Confined to one
 * thread.
 */
public final class CalibrationProfiler implements InternalProfiler {

  /** The name of the added result. */
  static final String RESULT = "calibration";

  /*
   * Vector code allocates until it is compiled, and now and then a process never compiles it. Its
   * calibration is then NaN, which no comparison takes for a speed.
   */
  private static final long COMPILED_BYTES = 1 << 14;

  private static final int IDLE_MEASUREMENTS = 10;
  private static final double FASTER = 1.05;
  private static final double LONGEST_WARM_UP_SECONDS = 3;

  private final Probe probe;
  private @Nullable DoubleSupplier measurement;
  private double before;

  /**
   * Makes a profiler.
   *
   * @param probe the name of a {@link Probe}
   */
  public CalibrationProfiler(String probe) {
    this.probe = Probe.valueOf(probe);
  }

  @Override
  public String getDescription() {
    return "The speed of the machine around each iteration";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = measured();
  }

  @Override
  public List<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double mean = (before + measured()) / 2;
    return List.of(new ScalarResult(RESULT, mean, probe.unit(), AggregationPolicy.AVG));
  }

  private double measured() {
    DoubleSupplier made = measurement;
    if (made == null) {
      made = probe.make();
      untilCompiled(made);
      measurement = made;
    }
    return onceCompiled(made);
  }

  /** Returns a rate, NaN if the probe is not compiled. */
  private static double onceCompiled(DoubleSupplier measurement) {
    long bytes = -Stopwatch.allocatedBytes();
    double rate = measurement.getAsDouble();
    return bytes + Stopwatch.allocatedBytes() < COMPILED_BYTES ? rate : Double.NaN;
  }

  /** Measures until the probe is compiled and has not become faster for a while. */
  private static void untilCompiled(DoubleSupplier measurement) {
    long end = System.nanoTime() + (long) (LONGEST_WARM_UP_SECONDS * 1e9);
    double best = 0;
    for (int idle = 0; idle < IDLE_MEASUREMENTS && System.nanoTime() < end; idle++) {
      double rate = onceCompiled(measurement);
      if (Double.isNaN(rate) || rate > best * FASTER) {
        best = Double.isNaN(rate) ? best : rate;
        idle = 0;
      }
    }
  }
}
