package dev.discount.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.discount.core.DiscountLadder;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.Rows;
import dev.discount.nn.NetworkView;
import dev.discount.nn.ResponseNet;
import dev.discount.nn.ResponseNetConfig.Activation;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.TrainedModel;
import dev.discount.nn.onnx.OnnxExport;
import dev.discount.nn.onnx.OnnxExport.Form;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported models in ONNX Runtime against our scores, both within a derived bound of double. */
class OnnxExportDifferentialTest {

  private static final int ROWS = 70;

  static Stream<Arguments> models() {
    DiscountLadder percent = RivalLogs.PERCENT;
    DiscountLadder amounts = RivalLogs.AMOUNTS;
    return Stream.of(
        Arguments.of(percent, Head.MONOTONE, Activation.RELU, new Integer[] {40, 17}, 1),
        Arguments.of(percent, Head.MONOTONE, Activation.LEAKY_RELU, new Integer[] {9}, 1),
        Arguments.of(percent, Head.MONOTONE, Activation.TANH, new Integer[] {}, 1),
        Arguments.of(percent, Head.POINT, Activation.SIGMOID, new Integer[] {33, 5}, 1),
        Arguments.of(percent, Head.POINT, Activation.TANH, new Integer[] {16}, 3),
        Arguments.of(percent, Head.POINT, Activation.RELU, new Integer[] {}, 1),
        Arguments.of(amounts, Head.MONOTONE, Activation.SIGMOID, new Integer[] {20}, 2),
        Arguments.of(amounts, Head.MONOTONE, Activation.RELU, new Integer[] {}, 1),
        Arguments.of(amounts, Head.POINT, Activation.LEAKY_RELU, new Integer[] {20, 7}, 1),
        Arguments.of(RivalLogs.ARMS, Head.POINT, Activation.RELU, new Integer[] {16}, 1),
        Arguments.of(RivalLogs.NONE, Head.POINT, Activation.TANH, new Integer[] {16}, 1));
  }

  @ParameterizedTest
  @MethodSource("models")
  void write_everyHeadAndActivation_runtimeGivesTheScores(
      DiscountLadder ladder, Head head, Activation activation, Integer[] hidden, int members)
      throws Exception {
    TrainedModel model = RivalLogs.train(ladder, head, activation, members, hidden);
    Rows log = RivalLogs.rows(ladder, ROWS, 77);
    log.setText(0, 0, "nobody knows me");
    EncodedRows encoded = OnnxNetwork.encoder(model).newRows(ROWS);
    OnnxNetwork.encoder(model).encodeInto(log, encoded);
    assertTrue(encoded.unknownIds() > 0);
    float[] depths = depths(log, ladder);
    float[] ours = new float[ROWS * ladder.size()];
    model.newScorer(ladder).scoreInto(log, ours);
    for (Form form : Form.values()) {
      float[] given;
      try (OnnxNetwork network = OnnxNetwork.load(model, ladder, form)) {
        given = run(network, encoded, RivalLogs.priced(ladder) ? depths : null);
      }
      assertEquals(ours.length, given.length);
      double widest = 0;
      for (int i = 0; i < ours.length; i++) {
        var exact = mean(model, ladder, encoded, i, depths[i]);
        widest = Math.max(widest, exact.error());
        assertEquals(exact.value(), ours[i], exact.error(), "ours, element " + i);
        assertEquals(exact.value(), given[i], exact.error(), form + ", element " + i);
      }
      // A level, column or row in another's place would be seen.
      assertTrue(spread(given, ladder.size()) > 100 * widest, "bound " + widest);
    }
  }

  private static float[] depths(Rows log, DiscountLadder ladder) {
    float[] depths = new float[ROWS * ladder.size()];
    for (int row = 0; row < ROWS; row++) {
      long price = log.schema().priceMinor(log, row);
      for (int level = 0; level < ladder.size(); level++) {
        depths[row * ladder.size() + level] = (float) ladder.level(level).depth(price);
      }
    }
    return depths;
  }

  /** Returns the mean over a model's networks, with the bound of a mean of floats. */
  private static ForwardBound.Bounded mean(
      TrainedModel model, DiscountLadder ladder, EncodedRows rows, int element, float depth) {
    int row = element / ladder.size();
    int level = element % ladder.size();
    double value = 0;
    double error = 0;
    int members = model.networks().size();
    for (ResponseNet net : model.networks()) {
      NetworkView view = net.view(ladder);
      var exact = new ForwardBound(view).probability(rows, row, level, depth);
      value += exact.value() / members;
      error += exact.error() / members;
    }
    return new ForwardBound.Bounded(value, error + members * 0x1p-24);
  }

  /** Returns how far, at most, two levels of a row are apart, or two rows of one level. */
  private static double spread(float[] probabilities, int levels) {
    if (levels == 1) {
      float least = Float.MAX_VALUE;
      float most = 0;
      for (float p : probabilities) {
        least = Math.min(least, p);
        most = Math.max(most, p);
      }
      return most - least;
    }
    double widest = 0;
    for (int i = 0; i < probabilities.length; i++) {
      widest = Math.max(widest, Math.abs(probabilities[i] - probabilities[i / levels * levels]));
    }
    return widest;
  }

  private static float[] run(OnnxNetwork network, EncodedRows rows, float[] depths)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (int f = 0; f < network.indexNames().size(); f++) {
      long[] indexes = Arrays.stream(rows.indexes(f)).limit(ROWS).asLongStream().toArray();
      inputs.put(
          network.indexNames().get(f),
          OnnxTensor.createTensor(environment, LongBuffer.wrap(indexes), new long[] {ROWS}));
    }
    int width = network.numberWidth();
    float[] numbers = Arrays.copyOf(rows.numbers(), ROWS * width);
    inputs.put(
        OnnxExport.NUMBERS,
        OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), new long[] {ROWS, width}));
    if (depths != null) {
      long[] shape = {ROWS, network.ladder().size()};
      inputs.put(
          OnnxExport.DEPTHS, OnnxTensor.createTensor(environment, FloatBuffer.wrap(depths), shape));
    }
    try (OrtSession.Result result = network.session().run(inputs)) {
      OnnxTensor output = (OnnxTensor) result.get(OnnxExport.PROBABILITIES).orElseThrow();
      float[] given = new float[ROWS * network.ladder().size()];
      output.getFloatBuffer().get(given);
      return given;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }
}
