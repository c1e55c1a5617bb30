package dev.discount.bench;

import dev.discount.core.data.Rows;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ours trained by the public trainer: each round is a training of its own from the first step.
 * Steps alone are timed, in slices, from the shuffled row numbers to the moved weights; encoding,
 * initial weights and the first steps are not.
 */
final class TrainContender implements Contender {

  private static final int STEPS_PER_SLICE = 16;
  private static final int SLICES_LEFT_OUT = 8;

  private final Figure figure;
  private final Supplier<Rows> log;
  private final TrainingConfig config;
  private @Nullable Rows rows;

  TrainContender(Figure figure, Supplier<Rows> log, TrainingConfig config) {
    this.figure = figure;
    this.log = log;
    this.config = config;
  }

  @Override
  public Figure figure() {
    return figure;
  }

  @Override
  public void prepare() {
    rows = log.get();
    measure();
  }

  @Override
  public Sample measure() {
    Rows prepared = rows;
    if (prepared == null) {
      throw new IllegalStateException("prepare must come before measure");
    }
    StepTimes times = new StepTimes(config.batchSize());
    int[] all = IntStream.range(0, prepared.size()).toArray();
    new Trainer(config).train(prepared, all, new int[0], times);
    return Sample.of(times.samplesPerSecond());
  }

  /** Notes when every slice of steps ended. */
  private static final class StepTimes implements TrainingListener {
    private final int batchSize;
    private final List<Long> ends = new ArrayList<>();

    StepTimes(int batchSize) {
      this.batchSize = batchSize;
    }

    @Override
    public void stepDone(Step step) {
      if (step.step() % STEPS_PER_SLICE == 0) {
        ends.add(System.nanoTime());
      }
    }

    double samplesPerSecond() {
      double samples = (double) STEPS_PER_SLICE * batchSize;
      return Stopwatch.median(
          IntStream.range(SLICES_LEFT_OUT + 1, ends.size())
              .mapToDouble(i -> samples * 1e9 / (ends.get(i) - ends.get(i - 1)))
              .toArray());
    }
  }
}
