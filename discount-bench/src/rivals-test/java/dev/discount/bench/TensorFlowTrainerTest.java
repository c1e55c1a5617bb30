package dev.discount.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.bench.TensorFlowTrainer.Batch;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.NetworkView;
import dev.discount.nn.ResponseNet;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingListener;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rival's training is a real one: our weights, the right gradient, every variable moved. */
class TensorFlowTrainerTest {

  private static final int ROWS = 256;

  private static ResponseNet model;
  private static Rows log;
  private static EncodedRows encoded;
  private static Batch batch;

  @BeforeAll
  static void train() {
    Schema schema =
        Schema.builder()
            .field(Field.of("customer", Field.Kind.ID, Field.Role.CUSTOMER))
            .field(Field.of("item", Field.Kind.ID, Field.Role.ITEM))
            .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
            .build();
    log = new Rows(schema, ROWS);
    float[] outcomes = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      log.add();
      log.setLong(i, 0, CounterRandom.below(50, 3, 1, i));
      log.setLong(i, 1, CounterRandom.below(30, 3, 2, i));
      outcomes[i] = CounterRandom.below(2, 3, 3, i);
      log.setLong(i, 2, (long) outcomes[i]);
    }
    int[] all = IntStream.range(0, ROWS).toArray();
    var trainer = new Trainer(Workloads.training(Head.POINT, 1, 24, 16));
    model = (ResponseNet) trainer.train(log, all, new int[0], TrainingListener.SILENT);
    FeatureEncoder encoder = OnnxNetwork.encoder(model);
    encoded = encoder.newRows(ROWS);
    encoder.encodeInto(log, encoded);
    batch = new Batch(encoded.indexes(0).clone(), encoded.indexes(1).clone(), outcomes);
  }

  private static NetworkView view() {
    return model.view(RivalLogs.NONE);
  }

  @Test
  void probabilities_beforeAnyStep_areOurs() {
    try (TensorFlowTrainer rival = new TensorFlowTrainer(view(), 1)) {
      float[] given = rival.probabilities(batch);
      SameOutputs.check(model, log, encoded, RivalLogs.NONE, given);
    }
  }

  /**
   * Adam's first step moves a weight by {@code rate * g / (|g| + epsilon)}: the sign of every
   * gradient of the last layer shows, and the probabilities move as far as that.
   */
  @Test
  void step_once_movesTheOutputBiasByTheRate() {
    float[] before;
    float[] after;
    double sum = 0;
    try (TensorFlowTrainer rival = new TensorFlowTrainer(view(), 1)) {
      before = rival.probabilities(batch);
      for (int i = 0; i < ROWS; i++) {
        sum += before[i] - batch.outcomes()[i];
      }
      float bias = rival.outputBias();
      rival.step(batch);
      after = rival.probabilities(batch);
      assertEquals(-Math.signum(sum) * 1e-3, rival.outputBias() - bias, 1e-6);
    }
    assertTrue(loss(after) < loss(before));
  }

  @Test
  void step_often_learnsTheBatchByHeart() {
    try (TensorFlowTrainer rival = new TensorFlowTrainer(view(), 1)) {
      double before = loss(rival.probabilities(batch));
      for (int step = 0; step < 400; step++) {
        rival.step(batch);
      }
      assertTrue(loss(rival.probabilities(batch)) < before / 4);
    }
  }

  private static double loss(float[] probabilities) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      double p = probabilities[i];
      sum -= Math.log(batch.outcomes()[i] > 0 ? p : 1 - p);
    }
    return sum / probabilities.length;
  }
}
