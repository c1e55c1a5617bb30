package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.ResponseNetConfig.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TrainerTest {

  private static final int[] NO_ROWS = {};

  /** Remembers what it heard. */
  private static final class Recording implements TrainingListener {
    final List<Start> starts = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final List<Epoch> epochs = new ArrayList<>();
    final List<End> ends = new ArrayList<>();

    @Override
    public void trainingStarted(Start start) {
      starts.add(start);
    }

    @Override
    public void stepDone(Step step) {
      steps.add(step);
    }

    @Override
    public void epochEnded(Epoch epoch) {
      epochs.add(epoch);
    }

    @Override
    public void trainingEnded(End end) {
      ends.add(end);
    }
  }

  private static TrainingConfig.Builder quick() {
    return TrainingConfig.ofDefaults().toBuilder()
        .network(ResponseNetConfig.ofDefaults().withHidden(16))
        .epochs(2);
  }

  @Test
  void train_plantedLog_comesCloseToTheBestPossibleLoss() {
    int n = 40_000;
    Rows log = TestLogs.rows(TestLogs.PERCENT, n, 21);
    double bayes = 0;
    double baseLoss = 0;
    int from = n - 8_000;
    double rate = 0;
    for (int i = from; i < n; i++) {
      rate += log.doubleAt(i, 6) / (n - from);
    }
    for (int i = from; i < n; i++) {
      double p = 1 / (1 + Math.exp(-trueLogit(i, 21)));
      boolean bought = log.doubleAt(i, 6) == 1;
      bayes -= Math.log(bought ? p : 1 - p) / (n - from);
      baseLoss -= Math.log(bought ? rate : 1 - rate) / (n - from);
    }
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .epochs(12)
            .learningRate(3e-3)
            .unknownShare(0)
            .build();
    TrainedModel model =
        new Trainer(config)
            .train(
                log,
                TestLogs.range(0, from - 4_000),
                TestLogs.range(from - 4_000, from),
                TrainingListener.SILENT);
    float[] scores = new float[n * 5];
    model.newScorer(TestLogs.PERCENT).scoreInto(log, scores);
    double loss = 0;
    for (int i = from; i < n; i++) {
      double p = scores[i * 5 + log.schema().level(log, i)];
      loss -= Math.log(log.doubleAt(i, 6) == 1 ? p : 1 - p) / (n - from);
    }
    double recovered = (baseLoss - loss) / (baseLoss - bayes);
    assertTrue(recovered > 0.92 && recovered < 1.05, "recovered " + recovered);
  }

  private static double trueLogit(int i, long seed) {
    int level = CounterRandom.below(5, seed, 6, i);
    return TestLogs.logit(
        CounterRandom.below(40, seed, 1, i),
        CounterRandom.below(12, seed, 2, i),
        CounterRandom.below(4, seed, 3, i),
        CounterRandom.gaussian(seed, 4, i),
        TestLogs.PERCENT.level(level).depth(1));
  }

  @Test
  void train_patienceRunsOut_restoresTheBestEpoch() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 700, 4);
    int[] train = TestLogs.range(0, 300);
    int[] validation = TestLogs.range(300, 700);
    TrainingConfig config =
        quick().epochs(60).learningRate(0.02).patience(2).l2(0).batchSize(32).build();
    Recording record = new Recording();
    TrainedModel stopped = new Trainer(config).train(log, train, validation, record);
    TrainingListener.End end = record.ends.get(0);
    assertTrue(end.stoppedEarly());
    assertEquals(end.keptEpoch() + 2, end.epochs());
    assertEquals(end.epochs(), record.epochs.size());
    TrainingListener.Epoch kept = record.epochs.get(end.keptEpoch() - 1);
    assertTrue(kept.best());
    assertEquals(kept.validationLoss(), end.validationLoss());
    for (TrainingListener.Epoch epoch : record.epochs) {
      assertTrue(epoch.validationLoss() >= end.validationLoss());
    }
    TrainingConfig exactly = config.toBuilder().epochs(end.keptEpoch()).patience(0).build();
    TrainedModel same = new Trainer(exactly).train(log, train, validation, TrainingListener.SILENT);
    assertArrayEquals(scores(same, log), scores(stopped, log));
  }

  private static float[] scores(TrainedModel model, Rows rows) {
    DiscountLadder ladder = model.schema().ladder();
    float[] out = new float[rows.size() * ladder.size()];
    model.newScorer(ladder).scoreInto(rows, out);
    return out;
  }

  @Test
  void train_listener_hearsEveryStep() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 600, 4);
    Recording record = new Recording();
    TrainingConfig config = quick().batchSize(200).members(2).build();
    new Trainer(config).train(log, TestLogs.range(0, 500), TestLogs.range(500, 600), record);
    assertEquals(2, record.starts.size());
    TrainingListener.Start start = record.starts.get(1);
    assertEquals(1, start.member());
    assertEquals(2, start.members());
    assertEquals(500, start.trainRows());
    assertEquals(100, start.validationRows());
    assertEquals(3, start.stepsPerEpoch());
    assertEquals(12, record.steps.size());
    TrainingListener.Step last = record.steps.get(5);
    assertEquals(6, last.step());
    assertEquals(2, last.epoch());
    assertEquals(1_000, last.samplesDone());
    assertEquals(1_000, last.samplesInAll());
    assertEquals(1e-3, last.learningRate());
    assertEquals(200, record.steps.get(0).samplesDone());
    double mean = 0;
    int[] sizes = {200, 200, 100};
    for (int i = 0; i < 3; i++) {
      mean += record.steps.get(i).loss() * sizes[i] / 500;
    }
    assertEquals(mean, record.epochs.get(0).trainLoss(), 1e-12);
  }

  @Test
  void train_withoutValidation_runsAllEpochs() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 300, 4);
    Recording record = new Recording();
    new Trainer(quick().epochs(7).learningRate(0.1).patience(1).build())
        .train(log, TestLogs.range(0, 300), NO_ROWS, record);
    assertEquals(7, record.ends.get(0).keptEpoch());
    assertTrue(Double.isNaN(record.epochs.get(0).validationLoss()));
    assertFalse(record.ends.get(0).stoppedEarly());
  }

  @Test
  void train_rowsWithoutLevelOrPrice_areLeftOut() {
    Rows log = TestLogs.rows(TestLogs.AMOUNTS, 300, 4);
    int discount = log.schema().slot(Field.Role.DISCOUNT);
    int price = log.schema().slot(Field.Role.PRICE);
    int skipped = 0;
    for (int row = 0; row < 60; row++) {
      boolean amount = log.schema().level(log, row) > 0;
      if (row % 3 == 0) {
        log.setMissing(row, discount);
        skipped++;
      } else if (row % 3 == 1) {
        log.setMissing(row, price);
        skipped += amount ? 1 : 0;
      }
    }
    Recording record = new Recording();
    new Trainer(quick().build())
        .train(log, TestLogs.range(0, 200), TestLogs.range(200, 300), record);
    assertEquals(skipped, record.starts.get(0).skippedRows());
    assertEquals(200 - skipped, record.starts.get(0).trainRows());
  }

  @Test
  void train_weights_countAsRepeatedRows() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 400, 4);
    int weight = log.schema().slot(Field.Role.WEIGHT);
    for (int row = 0; row < 400; row++) {
      log.setDouble(row, weight, row < 200 ? 3 : 0);
    }
    Rows constant = TestLogs.rows(TestLogs.PERCENT, 400, 4);
    for (int row = 0; row < 400; row++) {
      constant.setDouble(row, weight, row < 200 ? 0.5 : 0);
    }
    int[] all = TestLogs.range(0, 400);
    TrainedModel one =
        new Trainer(quick().build()).train(log, all, NO_ROWS, TrainingListener.SILENT);
    TrainedModel two =
        new Trainer(quick().build()).train(constant, all, NO_ROWS, TrainingListener.SILENT);
    assertArrayEquals(scores(one, log), scores(two, log));
    for (int row = 200; row < 400; row++) { // labels of weight 0 say nothing
      log.setLong(row, 6, 1 - Math.round(log.doubleAt(row, 6)));
    }
    TrainedModel three =
        new Trainer(quick().build()).train(log, all, NO_ROWS, TrainingListener.SILENT);
    assertArrayEquals(scores(one, log), scores(three, log));
  }

  @Test
  void train_badRows_nameTheRule() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 50, 4);
    Trainer trainer = new Trainer(quick().build());
    assertMessage(
        "train[1] must be in [0, 50), got 50",
        () -> trainer.train(log, new int[] {3, 50}, NO_ROWS, TrainingListener.SILENT));
    assertMessage(
        "validation[0] must be in [0, 50), got -1",
        () -> trainer.train(log, new int[] {3}, new int[] {-1}, TrainingListener.SILENT));
    log.setDouble(7, 6, 2);
    assertMessage(
        "outcome of row 7 must be 0 or 1, got 2.0",
        () -> trainer.train(log, TestLogs.range(0, 50), NO_ROWS, TrainingListener.SILENT));
    log.setDouble(7, 6, 1);
    log.setDouble(8, 7, -1);
    assertMessage(
        "weight of row 8 must be >= 0 and finite, got -1.0",
        () -> trainer.train(log, TestLogs.range(0, 50), NO_ROWS, TrainingListener.SILENT));
    for (int row = 0; row < 50; row++) {
      log.setMissing(row, log.schema().slot(Field.Role.DISCOUNT));
    }
    assertMessage(
        "train must hold a row with a level, got 50 rows without",
        () -> trainer.train(log, TestLogs.range(0, 50), NO_ROWS, TrainingListener.SILENT));
  }

  @Test
  void train_monotoneHeadOnNamedArms_isRefused() {
    Rows log = TestLogs.rows(TestLogs.ARMS, 50, 4);
    Trainer trainer =
        new Trainer(
            quick().network(ResponseNetConfig.ofDefaults().withHead(Head.MONOTONE)).build());
    assertMessage(
        "head must be POINT for a ladder of named arms, got MONOTONE",
        () -> trainer.train(log, TestLogs.range(0, 50), NO_ROWS, TrainingListener.SILENT));
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @Test
  void train_divergingLoss_isAnError() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 500, 4);
    Trainer trainer =
        new Trainer(
            quick().optimizer(TrainingConfig.Optimizer.SGD).learningRate(1e30).epochs(9).build());
    var thrown =
        assertThrows(
            ArithmeticException.class,
            () -> trainer.train(log, TestLogs.range(0, 500), NO_ROWS, TrainingListener.SILENT));
    assertTrue(thrown.getMessage().startsWith("loss must be finite, got "), thrown.getMessage());
  }

  @Test
  void train_interrupted_stopsAndStaysInterrupted() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 500, 4);
    TrainingListener interrupts =
        new TrainingListener() {
          @Override
          public void stepDone(Step step) {
            Thread.currentThread().interrupt();
          }
        };
    Trainer trainer = new Trainer(quick().batchSize(50).threads(2).build());
    assertThrows(
        CancellationException.class,
        () -> trainer.train(log, TestLogs.range(0, 500), NO_ROWS, interrupts));
    assertTrue(Thread.interrupted());
    assertNoHelpers();
  }

  @Test
  void train_listenerThrows_passesItOnAndEndsItsThreads() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 500, 4);
    IllegalStateException own = new IllegalStateException("enough");
    TrainingListener throwing =
        new TrainingListener() {
          @Override
          public void epochEnded(Epoch epoch) {
            throw own;
          }
        };
    Trainer trainer = new Trainer(quick().threads(3).build());
    assertSame(
        own,
        assertThrows(
            IllegalStateException.class,
            () -> trainer.train(log, TestLogs.range(0, 500), NO_ROWS, throwing)));
    assertNoHelpers();
  }

  private static void assertNoHelpers() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertFalse(thread.getName().startsWith("discount-training"), thread.getName());
    }
  }

  @Test
  void train_unknownIds_scoreLikeACustomerWithoutHistory() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 8_000, 4);
    TrainedModel model =
        new Trainer(quick().epochs(12).learningRate(5e-3).unknownShare(0.1).build())
            .train(log, TestLogs.range(0, 8_000), NO_ROWS, TrainingListener.SILENT);
    Rows unknown = TestLogs.rows(TestLogs.PERCENT, 2_000, 4);
    double bought = 0;
    double predicted = 0;
    for (int row = 0; row < 2_000; row++) {
      unknown.setText(row, 0, "nobody we know");
      bought += log.doubleAt(row, 6);
    }
    float[] scores = scores(model, unknown);
    for (int row = 0; row < 2_000; row++) {
      predicted += scores[row * 5 + log.schema().level(log, row)];
    }
    assertEquals(bought / 2_000, predicted / 2_000, 0.05);
  }
}
