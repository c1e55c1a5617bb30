package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.nn.ResponseNetConfig.Activation;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.TrainingConfig.Optimizer;
import dev.discount.nn.TrainingConfig.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingConfigTest {

  @Test
  void ofOptions_everyOption_isRead() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("hidden", "48, 24");
    options.put("activation", "leakyRelu");
    options.put("head", "point");
    options.put("dropout", "0.25");
    options.put("inputDropout", "0.05");
    options.put("idWidth", "20");
    options.put("categoryWidth", "7");
    options.put("maxKnots", "5");
    options.put("epochs", "11");
    options.put("batchSize", "512");
    options.put("optimizer", "adamW");
    options.put("learningRate", "2e-3");
    options.put("momentum", "0.8");
    options.put("l2", "1e-6");
    options.put("weightDecay", "0.02");
    options.put("clipNorm", "5");
    options.put("schedule", "COSINE");
    options.put("warmUpSteps", "100");
    options.put("patience", "4");
    options.put("unknownShare", "0.03");
    options.put("seed", "-9");
    options.put("threads", "2");
    ResponseNetConfig network =
        new ResponseNetConfig(
            List.of(48, 24), Activation.LEAKY_RELU, Head.POINT, 0.25, 0.05, 20, 7, 5);
    TrainingConfig expected =
        new TrainingConfig(
            network,
            11,
            512,
            Optimizer.ADAMW,
            2e-3,
            0.8,
            1e-6,
            0.02,
            5,
            Schedule.COSINE,
            100,
            4,
            0.03,
            50_000,
            1,
            -9,
            2);
    options.put("windowRows", "50000");
    TrainingConfig given = TrainingConfig.ofOptions(options);
    assertEquals(expected, given);
    assertEquals(
        given.toBuilder().threads(1).build(),
        TrainingConfig.ofOptions(TrainingOptions.write(given)));
  }

  @Test
  void ofOptions_nothing_isTheDefault() {
    assertEquals(TrainingConfig.ofDefaults(), TrainingConfig.ofOptions(Map.of()));
    assertEquals(
        TrainingConfig.ofDefaults(),
        TrainingConfig.ofOptions(TrainingOptions.write(TrainingConfig.ofDefaults())));
  }

  @Test
  void ofOptions_presetAndChange_changesThePreset() {
    TrainingConfig given =
        TrainingConfig.ofOptions(Map.of("preset", "collaborativeFiltering", "epochs", "3"));
    assertEquals(TrainingConfig.collaborativeFiltering().toBuilder().epochs(3).build(), given);
  }

  @Test
  void ofOptions_emptyHidden_isALogisticRegression() {
    assertEquals(List.of(), TrainingConfig.ofOptions(Map.of("hidden", "")).network().hidden());
  }

  @Test
  void collaborativeFiltering_isWhatTheArticlesHave() {
    TrainingConfig preset = TrainingConfig.collaborativeFiltering();
    assertEquals(List.of(128, 128), preset.network().hidden());
    assertEquals(64, preset.network().idWidth());
    assertEquals(0.2, preset.network().dropout());
    assertEquals(Activation.RELU, preset.network().activation());
    assertEquals(1e-4, preset.l2());
    assertEquals(1e-3, preset.learningRate());
    assertEquals(Optimizer.ADAM, preset.optimizer());
    assertEquals(256, preset.batchSize());
    assertEquals(10, preset.epochs());
  }

  @Test
  void of_schema_takesItsOptionsAndEnsemble() {
    Schema schema =
        Schema.builder()
            .field(Field.of("x", Field.Kind.NUMBER))
            .field(Field.of("y", Field.Kind.FLAG, Field.Role.OUTCOME))
            .training(Map.of("epochs", "4"))
            .ensemble(3)
            .build();
    assertEquals(
        TrainingConfig.ofDefaults().toBuilder().epochs(4).members(3).build(),
        TrainingConfig.of(schema));
  }

  @Test
  void ofOptions_badInput_namesTheRule() {
    assertMessage(
        Map.of("epoch", "3"),
        "training option must be one of [activation, batchSize, categoryWidth, clipNorm, dropout,"
            + " epochs, head, hidden, idWidth, inputDropout, l2, learningRate, maxKnots, momentum,"
            + " optimizer, patience, preset, schedule, seed, threads, unknownShare, warmUpSteps,"
            + " weightDecay, windowRows], got epoch");
    assertMessage(Map.of("epochs", "many"), "epochs must be a whole number, got many");
    assertMessage(Map.of("epochs", "0"), "epochs must be >= 1, got 0");
    assertMessage(Map.of("batchSize", "65537"), "batchSize must be in [1, 65536], got 65537");
    assertMessage(Map.of("dropout", "1"), "dropout must be in [0, 1), got 1.0");
    assertMessage(Map.of("dropout", "NaN"), "dropout must be in [0, 1), got NaN");
    assertMessage(Map.of("learningRate", "NaN"), "learningRate must be > 0 and finite, got NaN");
    assertMessage(Map.of("l2", "-1"), "l2 must be >= 0 and finite, got -1.0");
    assertMessage(Map.of("clipNorm", "NaN"), "clipNorm must be > 0, got NaN");
    assertMessage(Map.of("hidden", "64,,3"), "hidden must be a whole number, got ");
    assertMessage(Map.of("hidden", "64,0"), "hidden[1] must be >= 1, got 0");
    assertMessage(
        Map.of("optimizer", "lion"), "optimizer must be one of [sgd, adam, adamw], got lion");
    assertMessage(
        Map.of("preset", "best"),
        "preset must be one of [collaborativeFiltering, default], got best");
  }

  private static void assertMessage(Map<String, String> options, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> TrainingConfig.ofOptions(options))
            .getMessage());
  }

  @Test
  void widthOfCategory_rule_growsToItsLimit() {
    ResponseNetConfig config = ResponseNetConfig.ofDefaults();
    assertEquals(2, config.widthOfCategory(1));
    assertEquals(4, config.widthOfCategory(5)); // 1.6 * 5^0.56 = 3.94
    assertEquals(6, config.widthOfCategory(10)); // 5.81
    assertEquals(16, config.widthOfCategory(61)); // 15.99
    assertEquals(16, config.widthOfCategory(1_000_000));
    assertEquals(9, config.withCategoryWidth(9).widthOfCategory(1_000_000));
  }
}
