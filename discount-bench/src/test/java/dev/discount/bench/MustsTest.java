package dev.discount.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.bench.Figure.Must;
import dev.discount.bench.Figure.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MustsTest {

  private static Figure figure(String name, Unit unit, Must must) {
    return new Figure(name, unit, 1, MachineLimits::fmaPeak, must);
  }

  private static List<String> outcomes(Measurement ours, Measurement... others) {
    return Musts.outcomes(ours, List.of(others)).stream().map(Object::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "MICROS, 4.01, 4 MISSED",
    "MICROS, 4, 4 reached",
    "GFLOPS, 3.99, 4 MISSED",
    "GFLOPS, 4, 4 reached",
    "MICROS, NaN, 4 MISSED"
  })
  void outcomes_median_goesByTheUnit(Unit unit, double value, String expected) {
    Figure figure = figure("f", unit, Must.of(4));
    assertEquals(List.of(expected), outcomes(Measured.of(figure, Contender.OURS, value)));
  }

  @ParameterizedTest
  @CsvSource({"0.06, 0.06", "1, 1", "2.5, 2.5", "20, 20", "500, 500", "1000000, '1,000,000'"})
  void outcomes_numbers_areWrittenInFull(double must, String expected) {
    Figure figure = figure("f", Unit.MICROS, Must.of(must));
    Measurement ours = Measured.of(figure, Contender.OURS, 0);
    assertEquals(List.of(expected + " reached"), outcomes(ours));
  }

  @Test
  void outcomes_shareOfLimit_isHeldAgainstTheMachine() {
    Figure figure = figure("f", Unit.GFLOPS, Must.shareOfLimit(0.85));
    assertEquals(List.of("85 % reached"), outcomes(Measured.of(figure, Contender.OURS, 85)));
    assertEquals(List.of("85 % MISSED"), outcomes(Measured.of(figure, Contender.OURS, 84)));
  }

  @Test
  void outcomes_percentilesAndBytes_areMissedOneByOne() {
    Figure figure = figure("f", Unit.MICROS, Must.of(5).p99(15).p999(50).bytes(0));
    assertEquals(
        List.of("5 reached", "p99 15 MISSED", "p99.9 50 reached", "B/call 0 reached"),
        outcomes(Measured.of(figure, new Sample(3, 16, 40, 0.01))));
    assertEquals(
        List.of("5 reached", "p99 15 MISSED", "p99.9 50 MISSED", "B/call 0 MISSED"),
        outcomes(Measured.of(figure, new Sample(3, Double.NaN, 60, 96))));
  }

  @Test
  void outcomes_rivals_areAskedByNameAndLeftOutWhereMissing() {
    Figure one = figure("f", Unit.MICROS, Must.of(5).times(2.5, "pinned"));
    Measurement ours = Measured.of(one, Contender.OURS, 4);
    assertEquals(List.of("5 reached"), outcomes(ours, ours));
    assertEquals(
        List.of("5 reached", "2.5 x pinned MISSED"),
        outcomes(ours, ours, Measured.of(one, "A pinned", 9), Measured.of(one, "A ordinary", 50)));
    Figure best = figure("f", Unit.MICROS, Must.NONE.times(2, ""));
    Measurement all = Measured.of(best, Contender.OURS, 4);
    assertEquals(
        List.of("2 x best rival MISSED"),
        outcomes(all, all, Measured.of(best, "A", 40), Measured.of(best, "B", 7)));
    assertEquals(
        List.of("2 x best rival reached"),
        outcomes(all, all, Measured.of(best, "A", 40), Measured.of(best, "B", 8)));
    assertEquals(List.of(), outcomes(all, Measured.of(one, "A", 1)));
  }

  @Test
  void outcomes_pointsBelow_compareSharesOfTwoFigures() {
    Figure wide = figure("wide", Unit.GFLOPS, Must.pointsBelow(0.15, "plain"));
    Figure plain = figure("plain", Unit.GFLOPS, Must.NONE);
    Measurement reference = Measured.of(plain, Contender.OURS, 60);
    assertEquals(
        List.of("15 % below plain reached"),
        outcomes(Measured.of(wide, Contender.OURS, 46), reference));
    assertEquals(
        List.of("15 % below plain MISSED"),
        outcomes(Measured.of(wide, Contender.OURS, 44), reference));
    assertEquals(List.of(), outcomes(Measured.of(wide, Contender.OURS, 44)));
  }
}
