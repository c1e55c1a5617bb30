package dev.discount.nn;

import dev.discount.core.internal.random.CounterRandom;
import java.util.concurrent.CancellationException;

/** The epochs of one network's training, with validation and early stopping. Used once. */
final class TrainingRun {

  private final Network network;
  private final TrainingData data;
  private final TrainingConfig config;
  private final TrainingStep step;
  private final TrainingListener listener;
  private final boolean stopsEarly;
  private final NetWeights best;

  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private double lastLoss = Double.NaN;

  /**
   * Makes a run.
   *
   * @param network the network, whose weights will be the kept epoch's
   * @param data the log
   * @param config the settings
   * @param step the steps on the network's weights
   * @param listener hears of the progress
   */
  TrainingRun(
      Network network,
      TrainingData data,
      TrainingConfig config,
      TrainingStep step,
      TrainingListener listener) {
    this.network = network;
    this.data = data;
    this.config = config;
    this.step = step;
    this.listener = listener;
    this.stopsEarly = config.patience() > 0 && data.validation().length > 0;
    this.best = stopsEarly ? NetWeights.zeros(network.layout()) : network.weights();
  }

  /**
   * Trains.
   *
   * @param member the network's place in its ensemble
   * @param seed the network's seed
   */
  void run(int member, long seed) {
    listener.trainingStarted(start(member));
    int epoch = 0;
    boolean stopped = false;
    while (epoch < config.epochs() && !stopped) {
      epoch++;
      trainEpoch(epoch, seed);
      stopped = stopsEarly && epoch < config.epochs() && epoch - bestEpoch >= config.patience();
    }
    int kept = epoch;
    if (stopsEarly && bestEpoch != epoch) {
      network.weights().copyFrom(best);
      kept = bestEpoch;
    }
    listener.trainingEnded(
        new TrainingListener.End(member, epoch, kept, stopsEarly ? bestLoss : lastLoss, stopped));
  }

  private void trainEpoch(int epoch, long seed) {
    listener.epochStarted(epoch);
    int[] order = data.train().clone();
    CounterRandom.permuteInPlace(order, seed, Streams.SHUFFLE.of(epoch));
    double sum = 0;
    for (int from = 0; from < order.length; from += config.batchSize()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("training was interrupted in epoch " + epoch);
      }
      int count = Math.min(config.batchSize(), order.length - from);
      double loss = step.train(order, from, count);
      sum += loss * count;
      listener.stepDone(progress(epoch, from + count, loss));
    }
    boolean improved = validate(epoch);
    listener.epochEnded(new TrainingListener.Epoch(epoch, sum / order.length, lastLoss, improved));
  }

  private boolean validate(int epoch) {
    if (data.validation().length == 0) {
      return false;
    }
    lastLoss = step.evaluate(data.validation());
    boolean improved = lastLoss < bestLoss;
    if (improved) {
      bestLoss = lastLoss;
      bestEpoch = epoch;
      if (stopsEarly) {
        best.copyFrom(network.weights());
      }
    }
    return improved;
  }

  private TrainingListener.Start start(int member) {
    return new TrainingListener.Start(
        member,
        config.members(),
        data.train().length,
        data.validation().length,
        data.skipped(),
        config.epochs(),
        (data.train().length - 1L) / config.batchSize() + 1,
        network.layout().parameters());
  }

  private TrainingListener.Step progress(int epoch, int doneInEpoch, double loss) {
    long rows = data.train().length;
    return new TrainingListener.Step(
        step.steps(),
        epoch,
        (epoch - 1) * rows + doneInEpoch,
        rows * config.epochs(),
        loss,
        step.lastLearningRate());
  }
}
