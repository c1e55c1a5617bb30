package dev.discount.bench;

import java.util.function.Supplier;

/** One of ours whose work is the same in every call: kernels, batches. */
final class RateContender implements Contender {

  private static final int WARM_UP_MEASUREMENTS = 4;

  private final Figure figure;
  private final double amountPerCall;
  private final Supplier<Runnable> setUp;
  private Runnable work = () -> {};

  /**
   * Makes a contender.
   *
   * @param figure what is measured
   * @param amountPerCall what a call adds to the figure's count, such as rows or operations
   * @param setUp makes the work
   */
  RateContender(Figure figure, double amountPerCall, Supplier<Runnable> setUp) {
    this.figure = figure;
    this.amountPerCall = amountPerCall;
    this.setUp = setUp;
  }

  @Override
  public Figure figure() {
    return figure;
  }

  @Override
  public void prepare() {
    work = setUp.get();
    for (int i = 0; i < WARM_UP_MEASUREMENTS; i++) {
      measure();
    }
  }

  @Override
  public Sample measure() {
    return sample(figure, amountPerCall, Stopwatch.FINE.perSecond(work));
  }

  /** Turns calls a second into the figure's unit. */
  static Sample sample(Figure figure, double amountPerCall, double callsPerSecond) {
    return Sample.of(
        switch (figure.unit()) {
          case GFLOPS -> amountPerCall * callsPerSecond / 1e9;
          case MEGABYTES_PER_SECOND -> amountPerCall * callsPerSecond / 1e6;
          case MICROS -> 1e6 / (amountPerCall * callsPerSecond);
          case SECONDS -> 1 / (amountPerCall * callsPerSecond);
          case FAILURES -> throw new IllegalArgumentException("figure must be a rate or a time");
          case ROWS_PER_SECOND,
              CURVES_PER_SECOND,
              SAMPLES_PER_SECOND,
              DECISIONS_PER_SECOND,
              RECORDS_PER_SECOND,
              RESERVATIONS_PER_SECOND ->
              amountPerCall * callsPerSecond;
        });
  }
}
