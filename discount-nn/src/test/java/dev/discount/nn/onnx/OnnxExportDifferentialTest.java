package dev.discount.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Rows;
import dev.discount.core.io.ModelFile;
import dev.discount.nn.ResponseNetConfig;
import dev.discount.nn.ResponseNetConfig.Activation;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.TestLogs;
import dev.discount.nn.TrainedModel;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import dev.discount.nn.onnx.OnnxExport.Form;
import dev.discount.nn.onnx.OnnxInterpreter.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported graphs, run by a second implementation in double, against the scores of the model. */
class OnnxExportDifferentialTest {

  /* As in ResponseNetDifferentialTest: float scores against double ones of the same weights. */
  private static final double BOUND = 2e-6;
  private static final int ROWS = 60;

  @TempDir Path folder;

  static Stream<Arguments> models() {
    DiscountLadder percent = TestLogs.PERCENT;
    DiscountLadder none = DiscountLadder.ofBasisPoints();
    return Stream.of(
        Arguments.of(percent, Head.MONOTONE, Activation.RELU, new Integer[] {20, 9}, 1),
        Arguments.of(percent, Head.MONOTONE, Activation.TANH, new Integer[] {17}, 1),
        Arguments.of(percent, Head.MONOTONE, Activation.RELU, new Integer[] {}, 1),
        Arguments.of(percent, Head.POINT, Activation.LEAKY_RELU, new Integer[] {33, 5}, 1),
        Arguments.of(percent, Head.POINT, Activation.SIGMOID, new Integer[] {16}, 2),
        Arguments.of(percent, Head.POINT, Activation.RELU, new Integer[] {}, 1),
        Arguments.of(TestLogs.AMOUNTS, Head.MONOTONE, Activation.SIGMOID, new Integer[] {20}, 1),
        Arguments.of(TestLogs.AMOUNTS, Head.MONOTONE, Activation.RELU, new Integer[] {}, 3),
        Arguments.of(TestLogs.AMOUNTS, Head.POINT, Activation.RELU, new Integer[] {20, 7}, 1),
        Arguments.of(TestLogs.AMOUNTS, Head.POINT, Activation.RELU, new Integer[] {}, 1),
        Arguments.of(TestLogs.ARMS, Head.POINT, Activation.LEAKY_RELU, new Integer[] {16}, 1),
        Arguments.of(none, Head.MONOTONE, Activation.RELU, new Integer[] {16}, 1),
        Arguments.of(none, Head.POINT, Activation.RELU, new Integer[] {}, 1));
  }

  private static TrainedModel train(
      DiscountLadder ladder, Head head, Activation activation, Integer[] hidden, int members) {
    ResponseNetConfig shape =
        ResponseNetConfig.ofDefaults()
            .withHidden(hidden)
            .withHead(head)
            .withActivation(activation)
            .withIdWidth(7);
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(shape)
            .epochs(3)
            .batchSize(64)
            .learningRate(5e-3)
            .members(members)
            .build();
    Rows log = TestLogs.rows(ladder, 900, 8);
    return new Trainer(config)
        .train(log, TestLogs.range(0, 900), new int[0], TrainingListener.SILENT);
  }

  @ParameterizedTest
  @MethodSource("models")
  void write_everyHead_graphGivesTheScores(
      DiscountLadder ladder, Head head, Activation activation, Integer[] hidden, int members)
      throws IOException {
    TrainedModel model = train(ladder, head, activation, hidden, members);
    for (DiscountLadder asked : new DiscountLadder[] {ladder, other(ladder)}) {
      Rows log = TestLogs.rows(ladder, ROWS, 77);
      log.setText(0, 0, "nobody knows me");
      float[] expected = new float[ROWS * asked.size()];
      model.newScorer(asked).scoreInto(log, expected);
      for (Form form : Form.values()) {
        Path file = folder.resolve("model.onnx");
        OnnxExport.write(model, asked, form, file);
        OnnxReader.Model graph = OnnxReader.model(Files.readAllBytes(file));
        Tensor given =
            OnnxInterpreter.run(graph, inputs(model, log, asked)).get(OnnxExport.PROBABILITIES);
        assertEquals(asked.size(), given.dim(1));
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], given.values()[i], BOUND, form + ", element " + i);
        }
        if (asked.size() > 1) {
          assertTrue(spread(given) > 0.01, "levels must matter");
        }
      }
    }
  }

  /** Returns a ladder that the model was not trained for, where one can be answered. */
  private static DiscountLadder other(DiscountLadder ladder) {
    if (ladder.size() == 1) {
      return ladder;
    }
    return ladder.ordered()
        ? DiscountLadder.ofBasisPoints(250, 700, 1000, 4000)
        : DiscountLadder.ofNames("gift");
  }

  private static double spread(Tensor probabilities) {
    double widest = 0;
    int levels = probabilities.dim(1);
    for (int i = 0; i < probabilities.values().length; i++) {
      double base = probabilities.values()[i / levels * levels];
      widest = Math.max(widest, Math.abs(probabilities.values()[i] - base));
    }
    return widest;
  }

  /** Returns a log as the exported graph reads it. */
  private Map<String, Tensor> inputs(TrainedModel model, Rows log, DiscountLadder ladder) {
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    FeatureEncoder encoder = FeatureEncoder.readFrom(ModelFile.read(file));
    EncodedRows encoded = encoder.newRows(ROWS);
    encoder.encodeInto(log, encoded);
    assertTrue(encoded.unknownIds() > 0);
    Map<String, Tensor> inputs = new HashMap<>();
    for (int f = 0; f < encoder.embeddedFields(); f++) {
      double[] indexes = Arrays.stream(encoded.indexes(f)).limit(ROWS).asDoubleStream().toArray();
      String field = model.schema().field(encoder.embeddedSlot(f)).name();
      inputs.put(OnnxExport.index(field), new Tensor(new long[] {ROWS}, indexes));
    }
    int width = encoder.numberWidth();
    double[] numbers = new double[ROWS * width];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = encoded.numbers()[i];
    }
    inputs.put(OnnxExport.NUMBERS, new Tensor(new long[] {ROWS, width}, numbers));
    double[] depths = new double[ROWS * ladder.size()];
    for (int row = 0; row < ROWS; row++) {
      long price = model.schema().priceMinor(log, row);
      for (int level = 0; level < ladder.size(); level++) {
        depths[row * ladder.size() + level] = (float) ladder.level(level).depth(price);
      }
    }
    inputs.put(OnnxExport.DEPTHS, new Tensor(new long[] {ROWS, ladder.size()}, depths));
    return inputs;
  }
}
