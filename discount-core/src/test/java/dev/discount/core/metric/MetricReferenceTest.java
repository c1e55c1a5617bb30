package dev.discount.core.metric;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares with the values that {@code src/test/reference/metrics.py} wrote with scikit-learn 1.2.1
 * and, for calibration error and coverage, with exact fractions in plain Python 3.11.
 */
class MetricReferenceTest {

  /** Sums of a thousand terms below 37 in another order: 1000 * 2^-53 * 37, relative to about 1. */
  private static final double BOUND = 5e-12;

  private record Sample(
      float[] probabilities, float[] outcomes, float[] weights, int[] levels, double[] values) {

    int[] items() {
      int[] items = new int[values.length];
      for (int i = 0; i < items.length; i++) {
        items[i] = (int) (Math.rint(100 * values[i]) % 700);
      }
      return items;
    }
  }

  private static final Map<String, ToDoubleFunction<Sample>> METRICS =
      Map.ofEntries(
          Map.entry("Accuracy", s -> Accuracy.of(s.probabilities, s.outcomes, 0.5f)),
          Map.entry(
              "Accuracy.weighted", s -> Accuracy.of(s.probabilities, s.outcomes, 0.5f, s.weights)),
          Map.entry("Precision", s -> Precision.of(s.probabilities, s.outcomes, 0.5f)),
          Map.entry(
              "Precision.weighted",
              s -> Precision.of(s.probabilities, s.outcomes, 0.5f, s.weights)),
          Map.entry("Recall", s -> Recall.of(s.probabilities, s.outcomes, 0.5f)),
          Map.entry(
              "Recall.weighted", s -> Recall.of(s.probabilities, s.outcomes, 0.5f, s.weights)),
          Map.entry("F1", s -> F1.of(s.probabilities, s.outcomes, 0.5f)),
          Map.entry("F1.weighted", s -> F1.of(s.probabilities, s.outcomes, 0.5f, s.weights)),
          Map.entry("AreaUnderRoc", s -> AreaUnderRoc.of(s.probabilities, s.outcomes)),
          Map.entry(
              "AreaUnderRoc.weighted",
              s -> AreaUnderRoc.of(s.probabilities, s.outcomes, s.weights)),
          Map.entry("LogLoss", s -> LogLoss.of(s.probabilities, s.outcomes)),
          Map.entry("LogLoss.weighted", s -> LogLoss.of(s.probabilities, s.outcomes, s.weights)),
          Map.entry("BrierScore", s -> BrierScore.of(s.probabilities, s.outcomes)),
          Map.entry(
              "BrierScore.weighted", s -> BrierScore.of(s.probabilities, s.outcomes, s.weights)),
          Map.entry(
              "ExpectedCalibrationError",
              s -> ExpectedCalibrationError.of(s.probabilities, s.outcomes)),
          Map.entry(
              "ExpectedCalibrationError.levels",
              s -> ExpectedCalibrationError.of(s.probabilities, s.outcomes, s.levels)),
          Map.entry("ConversionRate", s -> ConversionRate.of(s.outcomes)),
          Map.entry("ConversionRate.weighted", s -> ConversionRate.of(s.outcomes, s.weights)),
          Map.entry("AverageOrderValue", s -> AverageOrderValue.of(s.outcomes, s.values)),
          Map.entry("CatalogueCoverage", s -> CatalogueCoverage.of(s.items(), 700)));

  @TestFactory
  Stream<DynamicTest> everyMetric_sampleOfTheScript_agrees() throws IOException {
    Sample sample = sample();
    return expected().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertEquals(
                            entry.getValue(),
                            Objects.requireNonNull(METRICS.get(entry.getKey()))
                                .applyAsDouble(sample),
                            BOUND * Math.max(1, entry.getValue()))));
  }

  @Test
  void reference_coversEveryMetric() throws IOException {
    assertEquals(METRICS.keySet(), expected().keySet());
  }

  private static Sample sample() throws IOException {
    List<String[]> rows = cells("metric-rows.csv");
    rows.remove(0);
    int n = rows.size();
    Sample sample = new Sample(new float[n], new float[n], new float[n], new int[n], new double[n]);
    for (int i = 0; i < n; i++) {
      String[] row = rows.get(i);
      sample.probabilities[i] = Float.parseFloat(row[0]);
      sample.outcomes[i] = Float.parseFloat(row[1]);
      sample.weights[i] = Float.parseFloat(row[2]);
      sample.levels[i] = Integer.parseInt(row[3]);
      sample.values[i] = Double.parseDouble(row[4]);
    }
    return sample;
  }

  private static Map<String, Double> expected() throws IOException {
    Map<String, Double> values = new HashMap<>();
    for (String[] row : cells("metric-values.csv")) {
      values.put(row[0], Double.valueOf(row[1]));
    }
    return values;
  }

  private static List<String[]> cells(String name) throws IOException {
    try (InputStream in = MetricReferenceTest.class.getResourceAsStream(name)) {
      String text = new String(Objects.requireNonNull(in, name).readAllBytes(), US_ASCII);
      List<String[]> cells = new ArrayList<>();
      text.lines().forEach(line -> cells.add(line.split(",", -1)));
      return cells;
    }
  }
}
