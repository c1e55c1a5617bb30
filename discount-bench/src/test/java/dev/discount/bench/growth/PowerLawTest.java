package dev.discount.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.bench.growth.Axis.Point;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerLawTest {

  private static final double[] X = {1, 2, 4, 8, 16, 32, 64};

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0, 1, 2.25})
  void fit_powerOfX_findsItsExponentAndNoBend(double exponent) {
    PowerLaw law = PowerLaw.fit(X, Arrays.stream(X).map(x -> 3 * Math.pow(x, exponent)).toArray());
    assertEquals(exponent, law.exponent(), 1e-12);
    assertFalse(law.bends());
  }

  @Test
  void fit_flatThenLinear_bendsWhereItDoes() {
    PowerLaw law = PowerLaw.fit(X, Arrays.stream(X).map(x -> Math.max(1, x / 8)).toArray());
    assertEquals(8, law.bend());
    assertEquals(0, law.before(), 1e-12);
    assertEquals(1, law.after(), 1e-12);
  }

  @Test
  void fit_noiseOfAFewPercent_doesNotBend() {
    double[] noisy = {1.03, 1.98, 4.1, 7.9, 16.3, 31.5, 64.9};
    assertFalse(PowerLaw.fit(X, noisy).bends());
    assertEquals(1, PowerLaw.fit(X, noisy).exponent(), 0.02);
  }

  @Test
  void fit_onePointOrUnequalLengths_throws() {
    assertThrows(IllegalArgumentException.class, () -> PowerLaw.fit(new double[1], new double[1]));
    assertThrows(IllegalArgumentException.class, () -> PowerLaw.fit(X, new double[2]));
  }

  @Test
  void markdown_axis_hasATableAndTheLaws() {
    List<Point> points =
        List.of(
            new Point(1000, 2e-9, 4e3), new Point(10_000, 2e-8, 4e4), new Point(1e5, 2e-7, 4e5));
    String text = new Axis("Gathering", "rows", "row", points).markdown();
    assertTrue(text.startsWith("\n### Gathering against rows\n\n| rows | time a row | memory |\n"));
    assertTrue(text.contains("| 10,000 | 20.0 ns | 40.0 kB |\n"), text);
    assertTrue(text.contains("Time: grows with the power 1.00 of the rows, without a bend."), text);
    assertTrue(text.contains("Memory: grows with the power 1.00"), text);
    String timeOnly =
        new Axis("Work", "levels", "row", List.of(new Point(2, 1e-6, Double.NaN), points.get(0)))
            .markdown();
    assertFalse(timeOnly.contains("emory"), timeOnly);
  }
}
