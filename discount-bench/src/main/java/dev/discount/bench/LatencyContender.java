package dev.discount.bench;

import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** One of ours whose calls are timed one by one. */
final class LatencyContender implements Contender {

  private static final int CALLS = 50_000;
  private static final int WARM_UP_MEASUREMENTS = 4;

  private final Figure figure;
  private final Supplier<IntConsumer> setUp;
  private IntConsumer call = i -> {};

  LatencyContender(Figure figure, Supplier<IntConsumer> setUp) {
    this.figure = figure;
    this.setUp = setUp;
  }

  @Override
  public Figure figure() {
    return figure;
  }

  @Override
  public void prepare() {
    call = setUp.get();
    for (int i = 0; i < WARM_UP_MEASUREMENTS; i++) {
      measure();
    }
  }

  @Override
  public Sample measure() {
    return Stopwatch.latency(CALLS, call);
  }
}
