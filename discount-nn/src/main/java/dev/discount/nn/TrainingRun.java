package dev.discount.nn;

import java.util.concurrent.CancellationException;

/** The epochs of one network's training, with validation and early stopping. Used once. */
final class TrainingRun {

  private final Network network;
  private final TrainingLog log;
  private final LogSummary summary;
  private final ShufflePlan plan;
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
   * @param log the log
   * @param config the settings
   * @param step the steps on the network's weights
   * @param listener hears of the progress
   */
  TrainingRun(
      Network network,
      TrainingLog log,
      TrainingConfig config,
      TrainingStep step,
      TrainingListener listener) {
    this.network = network;
    this.log = log;
    this.summary = log.summary();
    this.plan = new ShufflePlan(summary.trainRows(), config.batchSize(), config.windowRows());
    this.config = config;
    this.step = step;
    this.listener = listener;
    this.stopsEarly = config.patience() > 0 && summary.validationRows() > 0;
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
    double sum = 0;
    int done = 0;
    for (int window = 0; window < plan.windows(); window++) {
      int[] order = log.loadTrain(plan.blocks(seed, epoch, window), plan.blockRows());
      plan.shuffleInPlace(order, seed, epoch, window);
      for (int from = 0; from < order.length; from += config.batchSize()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("training was interrupted in epoch " + epoch);
        }
        int count = Math.min(config.batchSize(), order.length - from);
        double loss = step.train(order, from, count);
        sum += loss * count;
        done += count;
        listener.stepDone(progress(epoch, done, loss));
      }
    }
    boolean improved = validate(epoch);
    listener.epochEnded(
        new TrainingListener.Epoch(epoch, sum / summary.trainRows(), lastLoss, improved));
  }

  private boolean validate(int epoch) {
    int rows = summary.validationRows();
    if (rows == 0) {
      return false;
    }
    MeanLoss mean = new MeanLoss();
    for (int from = 0; from < rows; ) {
      int count = Math.min(plan.windowRows(), rows - from);
      step.evaluate(log.loadValidation(from, count), mean);
      from += count;
    }
    lastLoss = mean.value();
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
        summary.trainRows(),
        summary.validationRows(),
        summary.skipped(),
        config.epochs(),
        (summary.trainRows() - 1L) / config.batchSize() + 1,
        network.layout().parameters());
  }

  private TrainingListener.Step progress(int epoch, int doneInEpoch, double loss) {
    long rows = summary.trainRows();
    return new TrainingListener.Step(
        step.steps(),
        epoch,
        (epoch - 1) * rows + doneInEpoch,
        rows * config.epochs(),
        loss,
        step.lastLearningRate());
  }
}
