package dev.discount.nn;

/**
 * Hears how a training run goes on, from the thread that called {@link Trainer#train}. What a
 * method throws ends the run and reaches its caller. The library reads no clock: a listener that
 * wants rates reads its own.
 */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /**
   * Called once the rows are encoded and before the first step of each network.
   *
   * @param start what is about to be trained
   */
  default void trainingStarted(Start start) {}

  /**
   * Called before the first step of an epoch.
   *
   * @param epoch the epoch's number, from 1
   */
  default void epochStarted(int epoch) {}

  /**
   * Called after every step.
   *
   * @param step how far the run is
   */
  default void stepDone(Step step) {}

  /**
   * Called after the last step of an epoch and its validation.
   *
   * @param epoch what the epoch came to
   */
  default void epochEnded(Epoch epoch) {}

  /**
   * Called after the last epoch of each network.
   *
   * @param end what the run came to
   */
  default void trainingEnded(End end) {}

  /**
   * A run that begins.
   *
   * @param member the network's place in its ensemble, from 0
   * @param members the networks of the ensemble
   * @param trainRows the rows trained on
   * @param validationRows the rows validated on
   * @param skippedRows the rows of both left out because they lack a level or the price it needs
   * @param epochs the most epochs there will be
   * @param stepsPerEpoch the steps of an epoch
   * @param parameters the number of weights, embeddings included
   */
  record Start(
      int member,
      int members,
      int trainRows,
      int validationRows,
      int skippedRows,
      int epochs,
      long stepsPerEpoch,
      long parameters) {}

  /**
   * A step that has been made.
   *
   * @param step the step's number, from 1, over all epochs
   * @param epoch the epoch's number, from 1
   * @param samplesDone the rows of all steps so far
   * @param samplesInAll the rows of all epochs
   * @param loss the mean loss of the batch before the step, penalties left out
   * @param learningRate the step's learning rate
   */
  record Step(
      long step,
      int epoch,
      long samplesDone,
      long samplesInAll,
      double loss,
      double learningRate) {}

  /**
   * An epoch that has ended.
   *
   * @param epoch the epoch's number, from 1
   * @param trainLoss the mean loss of its batches, each before its step and with dropout
   * @param validationLoss the mean loss of the validation rows after the epoch, NaN without any
   * @param best whether the validation loss is the lowest so far
   */
  record Epoch(int epoch, double trainLoss, double validationLoss, boolean best) {}

  /**
   * A run that has ended.
   *
   * @param member the network's place in its ensemble, from 0
   * @param epochs the epochs that ran
   * @param keptEpoch the epoch whose weights were kept
   * @param validationLoss that epoch's validation loss, NaN without validation rows
   * @param stoppedEarly whether patience ended the run
   */
  record End(int member, int epochs, int keptEpoch, double validationLoss, boolean stoppedEarly) {}
}
