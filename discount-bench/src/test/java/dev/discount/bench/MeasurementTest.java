package dev.discount.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.bench.Figure.Limit;
import dev.discount.bench.Figure.Must;
import dev.discount.bench.Figure.Unit;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  private static final Figure RATE =
      new Figure("rate", Unit.GFLOPS, 1, MachineLimits::fmaPeak, Must.NONE);
  private static final Figure TIME = new Figure("time", Unit.MICROS, 1, m -> 2, Must.NONE);

  @Test
  void median_rounds_isTheMiddleOrTheMeanOfTheTwo() {
    assertEquals(5, Stopwatch.median(9, 5, 1));
    assertEquals(4, Stopwatch.median(9, 3, 5, 1));
    assertTrue(Double.isNaN(Stopwatch.median()));
    Measurement measured = Measured.of(RATE, Contender.OURS, 90, 40, 70);
    assertEquals(70, measured.median());
    assertEquals(40, measured.min());
    assertEquals(90, measured.max());
  }

  @Test
  void limitRatio_rateAndTime_isHighWhereGood() {
    assertEquals(0.7, Measured.of(RATE, Contender.OURS, 90, 40, 70).limitRatio());
    assertEquals(0.5, Measured.of(TIME, Contender.OURS, 4).limitRatio());
    Figure none = new Figure("none", Unit.MICROS, 1, Limit.NONE, Must.NONE);
    assertTrue(Double.isNaN(Measured.of(none, Contender.OURS, 4).limitRatio()));
  }

  /**
   * Ratios are taken inside rounds: a round in which the machine was slow counts like any other.
   */
  @Test
  void ratioTo_slowRounds_isTheMedianOfRatiosNotTheRatioOfMedians() {
    Measurement ours = Measured.of(RATE, Contender.OURS, 20, 200, 30);
    Measurement rival = Measured.of(RATE, "rival", 10, 100, 10);
    assertEquals(2, ours.ratioTo(rival));
    Measurement quick = Measured.of(TIME, Contender.OURS, 1, 10, 3);
    Measurement slow = Measured.of(TIME, "rival", 4, 40, 3);
    assertEquals(4, quick.ratioTo(slow));
  }
}
