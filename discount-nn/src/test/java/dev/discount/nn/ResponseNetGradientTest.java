package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.nn.ResponseNetConfig.Activation;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.layer.Dense;
import dev.discount.nn.layer.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hand-written backpropagation of whole networks against central differences of a second
 * implementation in double, for every activation, head, kind of level and depth of network.
 */
class ResponseNetGradientTest {

  private static final int ROWS = 48;
  private static final double STEP = 1e-5;

  static Stream<Arguments> networks() {
    List<Arguments> cases = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      cases.add(Arguments.of(TestLogs.PERCENT, Head.MONOTONE, activation, new Integer[] {7, 5}));
      cases.add(Arguments.of(TestLogs.PERCENT, Head.POINT, activation, new Integer[] {17}));
    }
    cases.add(Arguments.of(TestLogs.AMOUNTS, Head.MONOTONE, Activation.TANH, new Integer[] {6}));
    cases.add(Arguments.of(TestLogs.AMOUNTS, Head.POINT, Activation.TANH, new Integer[] {6}));
    cases.add(Arguments.of(TestLogs.ARMS, Head.POINT, Activation.SIGMOID, new Integer[] {6, 4}));
    cases.add(Arguments.of(TestLogs.PERCENT, Head.MONOTONE, Activation.RELU, new Integer[] {}));
    cases.add(
        Arguments.of(
            DiscountLadder.ofBasisPoints(), Head.MONOTONE, Activation.TANH, new Integer[] {6}));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradients_everyWeight_equalCentralDifferences(
      DiscountLadder ladder, Head head, Activation activation, Integer[] hidden) {
    checkGradients(
        ladder,
        ResponseNetConfig.ofDefaults()
            .withHidden(hidden)
            .withActivation(activation)
            .withHead(head)
            .withDropout(0)
            .withIdWidth(3));
  }

  /** Ids of width 6 put the numbers beyond the embedded columns' padding. */
  @ParameterizedTest
  @ValueSource(ints = {3, 6})
  void gradients_dropoutOfInputsAndHiddenUnits_equalCentralDifferences(int idWidth) {
    checkGradients(
        TestLogs.PERCENT,
        ResponseNetConfig.ofDefaults()
            .withHidden(17, 9)
            .withActivation(Activation.TANH)
            .withDropout(0.3)
            .withInputDropout(0.3)
            .withIdWidth(idWidth));
  }

  private static void checkGradients(DiscountLadder ladder, ResponseNetConfig shape) {
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(shape)
            .unknownShare(0)
            .batchSize(ROWS)
            .build();
    Rows log = TestLogs.rows(ladder, ROWS, 5);
    int[] rows = TestLogs.range(0, ROWS);
    FeatureEncoder encoder = FeatureEncoder.fit(log, rows);
    MemoryLog encoded = MemoryLog.of(log, encoder, rows, new int[0]);
    TrainingData data = encoded.data();
    Trainer trainer = new Trainer(config, KernelsProvider.scalar());
    Network network = trainer.startingNetwork(encoder, encoded.summary().totals(), 3);
    DoubleNetwork oracle = new DoubleNetwork(network);
    try (WorkerTeam team = new WorkerTeam(1)) {
      TrainingStep step =
          new TrainingStep(
              network,
              encoded,
              config,
              3,
              new TrainingStep.Compute(
                  KernelsProvider.scalar(), team, new boolean[network.layout().tables()]));
      double loss = step.computeGradients(rows, 0, ROWS);
      oracle.useMasks(step);
      assertEquals(oracle.loss(data, rows), loss, 1e-6);
      Checker checker = new Checker(oracle, data, rows);
      checkLayers(step, checker);
      checkTables(step, checker);
      checker.finish();
    }
  }

  private static void checkLayers(TrainingStep step, Checker checker) {
    for (int l = 0; l < step.layers().length; l++) {
      Dense.Gradient gradient = step.layers()[l].gradient();
      for (int j = 0; j < checker.oracle.biases[l].length; j++) {
        checker.check("bias " + l, checker.oracle.biases[l], j, gradient.bias()[j]);
        for (int i = 0; i < checker.oracle.weights[l].length; i++) {
          float given = gradient.weights().values()[gradient.weights().offset(i) + j];
          checker.check("weight " + l, checker.oracle.weights[l][i], j, given);
        }
      }
      for (int i = 0; i < checker.oracle.weights[l].length; i++) {
        for (int j = gradient.weights().columns(); j < gradient.weights().stride(); j++) {
          assertEquals(0f, gradient.weights().values()[gradient.weights().offset(i) + j]);
        }
      }
    }
  }

  private static void checkTables(TrainingStep step, Checker checker) {
    for (int f = 0; f < step.embeddings().length; f++) {
      Embedding embedding = step.embeddings()[f];
      boolean[] met = new boolean[checker.oracle.tables[f].length];
      int column = checker.oracle.network.layout().tableColumns()[f];
      for (int group = 0; group < embedding.groups().size(); group++) {
        int first = embedding.groups().firstRow(group);
        int row = embedding.indexes()[first];
        met[row] = true;
        for (int j = 0; j < embedding.table().width(); j++) {
          int at = step.inputGradient().offset(first) + column + j;
          checker.check(
              "table " + f, checker.oracle.tables[f][row], j, step.inputGradient().values()[at]);
        }
      }
      for (int row = 0; row < met.length; row++) {
        if (!met[row]) {
          checker.check("unread row of table " + f, checker.oracle.tables[f][row], 0, 0);
        }
      }
    }
  }

  /** Compares single derivatives and remembers how large they were. */
  private static final class Checker {

    /*
     * The float gradient of a mean of 48 rows errs by a few hundred roundings of its largest
     * terms, about 1e-5 of the largest derivative of its kind; the central difference by 1e-9. A
     * wrong factor, sign or missing term is off by a good part of the derivative itself.
     */
    private static final double ABSOLUTE = 2e-7;
    private static final double RELATIVE = 2e-4;

    final DoubleNetwork oracle;
    private final TrainingData data;
    private final int[] rows;
    private double largest;
    private int aboveNoise;

    Checker(DoubleNetwork oracle, TrainingData data, int[] rows) {
      this.oracle = oracle;
      this.data = data;
      this.rows = rows;
    }

    void check(String what, double[] values, int j, float given) {
      double old = values[j];
      values[j] = old + STEP;
      double above = oracle.loss(data, rows);
      values[j] = old - STEP;
      double below = oracle.loss(data, rows);
      values[j] = old;
      double expected = (above - below) / (2 * STEP);
      assertEquals(expected, given, ABSOLUTE + RELATIVE * Math.abs(expected), what + ", " + j);
      largest = Math.max(largest, Math.abs(expected));
      aboveNoise += Math.abs(expected) > 100 * ABSOLUTE ? 1 : 0;
    }

    void finish() {
      assertTrue(largest > 1e-3, "derivatives must not all be tiny, largest " + largest);
      assertTrue(aboveNoise > 50, "derivatives above noise must be many, got " + aboveNoise);
    }
  }
}
