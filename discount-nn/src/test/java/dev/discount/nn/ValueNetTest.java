package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.ValueModel;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.random.CounterRandom;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueNetTest {

  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1_000, 2_000, 4_000);
  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("segment", Field.Kind.CATEGORY))
          .field(Field.of("member", Field.Kind.FLAG))
          .field(Field.of("offer", Field.Kind.NUMBER, Field.Role.DISCOUNT))
          .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
          .field(Field.of("value", Field.Kind.NUMBER, Field.Role.VALUE))
          .ladder(LADDER)
          .build();
  private static final int ROWS = 4_000;
  private static final int[] TRAIN = TestLogs.range(0, 3_000);
  private static final int[] VALIDATION = TestLogs.range(3_000, ROWS);

  private static double mean(int segment, int member, int level) {
    return 30 + 12 * segment + 20 * member - 40 * depth(level);
  }

  private static double depth(int level) {
    return LADDER.level(level).depth(100);
  }

  /** Who does not buy has a value of 1000 in the log, which nothing may learn from. */
  private static Rows log() {
    Rows rows = new Rows(SCHEMA, ROWS);
    for (int i = 0; i < ROWS; i++) {
      int segment = CounterRandom.below(3, 5, 1, i);
      int member = CounterRandom.below(2, 5, 2, i);
      int level = CounterRandom.below(4, 5, 3, i);
      boolean bought = CounterRandom.unit(5, 4, i) < 0.2 + 0.8 * depth(level);
      rows.add();
      rows.setText(i, 0, "s" + segment);
      rows.setLong(i, 1, member);
      rows.setDouble(i, 2, 100 * depth(level));
      rows.setLong(i, 3, bought ? 1 : 0);
      double noise = 3 * CounterRandom.gaussian(5, 5, i);
      rows.setDouble(i, 4, bought ? Math.max(0, mean(segment, member, level) + noise) : 1_000);
    }
    return rows;
  }

  private static TrainingConfig config() {
    return TrainingConfig.of(SCHEMA).toBuilder()
        .network(ResponseNetConfig.ofDefaults().withHidden(16).withDropout(0))
        .epochs(12)
        .batchSize(64)
        .learningRate(0.01)
        .seed(3)
        .threads(1)
        .build();
  }

  private static TrainedModel train(TrainingConfig config) {
    return new Trainer(config).trainWithValues(log(), TRAIN, VALIDATION, TrainingListener.SILENT);
  }

  /** One row for each segment and membership. */
  private static Rows everybody() {
    Rows rows = new Rows(SCHEMA, 6);
    for (int i = 0; i < 6; i++) {
      rows.add();
      rows.setText(i, 0, "s" + i / 2);
      rows.setLong(i, 1, i % 2);
    }
    return rows;
  }

  private static float[] values(ResponseModel model) {
    ValueModel values = model.valueModel();
    assertNotNull(values);
    float[] out = new float[6 * LADDER.size()];
    values.newValueScorer(LADDER).scoreInto(everybody(), out);
    return out;
  }

  private static float[] curves(ResponseModel model) {
    float[] out = new float[6 * LADDER.size()];
    model.newScorer(LADDER).scoreInto(everybody(), out);
    return out;
  }

  @Test
  void predictsTheMeanOfPurchases_atEveryLevel_andNothingOfWhoDidNotBuy() {
    float[] got = values(train(config()));
    for (int i = 0; i < 6; i++) {
      for (int level = 0; level < LADDER.size(); level++) {
        double truth = mean(i / 2, i % 2, level);
        assertEquals(truth, got[i * 4 + level], 2.5, "row " + i + " level " + level);
      }
    }
  }

  @Test
  void secondPart_changesNoBitOfTheFirst() {
    TrainedModel plain =
        new Trainer(config()).train(log(), TRAIN, VALIDATION, TrainingListener.SILENT);
    TrainedModel both = train(config());
    assertNull(plain.valueModel());
    assertArrayEquals(curves(plain), curves(both));
    assertNotEquals(plain.version(), both.version());
    assertArrayEquals(
        curves(plain),
        curves(new Trainer(config()).train(log(), TRAIN, VALIDATION, TrainingListener.SILENT)));
  }

  @Test
  void forBatches_scoresTheSameBits_withTheFastestKernels() {
    for (int members = 1; members <= 2; members++) {
      TrainedModel model = train(config().toBuilder().members(members).epochs(2).build());
      ResponseModel batches = model.forBatches();
      assertEquals(model.version(), batches.version());
      assertEquals(model.schema(), batches.schema());
      for (int slot = 0; slot < SCHEMA.size(); slot++) {
        assertEquals(model.reads(slot), batches.reads(slot));
      }
      ModelScorer scorer = (ModelScorer) batches.newScorer(LADDER);
      assertSame(KernelsProvider.fastest(), scorer.kernels());
      assertArrayEquals(curves(model), curves(batches));
      assertArrayEquals(values(model), values(batches));
    }
    assertNull(
        new Trainer(config().toBuilder().epochs(1).build())
            .train(log(), TRAIN, VALIDATION, TrainingListener.SILENT)
            .forBatches()
            .valueModel());
  }

  @Test
  void savedModel_loadsWithItsSecondPart(@TempDir Path folder) {
    for (int members = 1; members <= 2; members++) {
      TrainedModel model = train(config().toBuilder().members(members).epochs(2).build());
      Path file = folder.resolve(members + ".safetensors");
      model.save(file);
      TrainedModel loaded = ResponseModels.load(file);
      assertEquals(model.version(), loaded.version());
      assertArrayEquals(values(model), values(loaded));
      assertArrayEquals(values(model), values(loaded.withFoldingLimit(0)), "folding");
      assertArrayEquals(curves(model), curves(loaded));
      String again = loaded.save(folder.resolve("again"));
      assertEquals(model.version(), again.substring(0, 16));
    }
  }

  @Test
  void threads_changeNoBit() {
    TrainingConfig one = config().toBuilder().epochs(2).build();
    assertEquals(train(one).version(), train(one.toBuilder().threads(3).build()).version());
  }

  @Test
  void namedArms_haveValuesToo() {
    Rows rows = TestLogs.rows(TestLogs.ARMS, 50, 1);
    assertEquals(
        "rows must have a field of role value to learn values from, got " + rows.schema(),
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new Trainer(TrainingConfig.of(rows.schema()))
                        .trainWithValues(
                            rows, TestLogs.range(0, 50), new int[0], TrainingListener.SILENT))
            .getMessage());
  }

  @Test
  void badValues_areNamed_missingOnesLeftOut() {
    Rows rows = log();
    int bought = 0;
    while (rows.doubleAt(bought, 3) == 0) {
      bought++;
    }
    int first = bought;
    rows.setMissing(first, 4);
    ValueTraining training =
        ValueTraining.of(rows, FeatureEncoder.fit(rows, TRAIN), TRAIN, VALIDATION);
    for (int row : training.log().train()) {
      assertTrue(row != first && rows.doubleAt(row, 3) == 1);
    }
    rows.setDouble(first, 4, -1);
    assertEquals(
        "value of row " + first + " must be >= 0 and finite, got -1.0",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new Trainer(config())
                        .trainWithValues(rows, TRAIN, VALIDATION, TrainingListener.SILENT))
            .getMessage());
  }
}
