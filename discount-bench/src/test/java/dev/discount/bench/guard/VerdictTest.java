package dev.discount.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.bench.Machine;
import dev.discount.bench.guard.GuardRecord.Figure;
import dev.discount.bench.guard.Verdict.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  private static final double THIRD = 1 / 3.0;

  private static GuardRecord record(String cpu, int jdk, String simd, Map<String, Figure> figures) {
    return new GuardRecord(new Machine(cpu, 2, jdk, "vm " + jdk, simd), cpu + jdk, figures);
  }

  private static GuardRecord record(String cpu, int jdk, double perSecond) {
    return record(cpu, jdk, "panama-512", Map.of("a", new Figure(perSecond, 10)));
  }

  private static Outcome outcome(GuardRecord measured, GuardRecord recorded, double tolerance) {
    Verdict verdict = Verdict.of(measured, List.of(recorded), tolerance);
    assertEquals(1, verdict.findings().size());
    Outcome outcome = verdict.findings().get(0).outcome();
    assertEquals(outcome == Outcome.HELD || outcome == Outcome.GAINED, verdict.passes());
    return outcome;
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 0.3333, HELD",
    "900, 0.3333, HELD",
    "670, 0.3333, HELD",
    "660, 0.3333, LOST",
    "100, 0.3333, LOST",
    "510, 0.5, HELD",
    "490, 0.5, LOST",
    "1490, 0.3333, HELD",
    "1510, 0.3333, GAINED"
  })
  void of_shareOfRecordedRatio_isHeldWithinTheTolerance(
      double perSecond, double tolerance, Outcome expected) {
    GuardRecord recorded = record("amd-9", 17, 1000);
    assertEquals(expected, outcome(record("amd-9", 17, perSecond), recorded, tolerance));
  }

  @Test
  void of_slowMachine_isNoLoss() {
    GuardRecord recorded = record("amd-9", 17, 1000);
    GuardRecord halfTheClock = record("amd-9", 17, "panama-512", Map.of("a", new Figure(500, 5)));
    GuardRecord lossBehindFastClock =
        record("amd-9", 17, "panama-512", Map.of("a", new Figure(1000, 20)));
    assertEquals(Outcome.HELD, outcome(halfTheClock, recorded, THIRD));
    assertEquals(Outcome.LOST, outcome(lossBehindFastClock, recorded, THIRD));
  }

  @Test
  void of_figureMissingOnEitherSide_fails() {
    GuardRecord both =
        record("amd-9", 17, "s", Map.of("a", new Figure(1, 1), "b", new Figure(1, 1)));
    GuardRecord one = record("amd-9", 17, "s", Map.of("a", new Figure(1, 1)));
    Verdict notMeasured = Verdict.of(one, List.of(both), THIRD);
    Verdict notRecorded = Verdict.of(both, List.of(one), THIRD);
    assertFalse(notMeasured.passes());
    assertFalse(notRecorded.passes());
    assertEquals(Outcome.HELD, notMeasured.findings().get(0).outcome());
    assertEquals(Outcome.NOT_MEASURED, notMeasured.findings().get(1).outcome());
    assertEquals(Outcome.NOT_RECORDED, notRecorded.findings().get(1).outcome());
    assertTrue(notMeasured.text().contains("b"), notMeasured.text());
    assertTrue(notMeasured.text().contains("NOT MEASURED"), notMeasured.text());
    assertTrue(notRecorded.text().contains("NOT IN THE RECORD"), notRecorded.text());
  }

  @Test
  void of_speedThatIsNoNumber_isLost() {
    GuardRecord measured =
        record("amd-9", 17, "panama-512", Map.of("a", new Figure(Double.NaN, 10)));
    assertEquals(Outcome.LOST, outcome(measured, record("amd-9", 17, 1000), THIRD));
  }

  @Test
  void of_noRecord_failsAndSaysHowToMakeOne() {
    Verdict verdict = Verdict.of(record("amd-9", 17, 1000), List.of(), THIRD);
    assertFalse(verdict.passes());
    assertTrue(verdict.text().contains("-Dguard.record"), verdict.text());
  }

  @Test
  void of_severalRecords_takesTheNearestByProcessorThenByJdk() {
    GuardRecord other256 = record("amd-8", 17, "panama-256", Map.of());
    GuardRecord otherVendor = record("intel-6", 17, 1);
    GuardRecord sameVendor = record("amd-8", 17, 1);
    GuardRecord same11 = record("amd-9", 11, 1);
    GuardRecord same25 = record("amd-9", 25, 1);
    GuardRecord measured = record("amd-9", 22, 1);
    assertEquals(other256, taken(measured, other256));
    assertEquals(otherVendor, taken(measured, other256, otherVendor));
    assertEquals(sameVendor, taken(measured, other256, otherVendor, sameVendor));
    assertEquals(same11, taken(measured, other256, otherVendor, sameVendor, same11));
    assertEquals(same25, taken(measured, same11, sameVendor, same25));
  }

  private static GuardRecord taken(GuardRecord measured, GuardRecord... records) {
    return Verdict.of(measured, List.of(records), THIRD).record();
  }

  @Test
  void of_recordOfAnotherProcessor_saysWhichAndGivesTheToleranceTwice() {
    GuardRecord recorded = record("intel-6", 25, 1000);
    Verdict held = Verdict.of(record("amd-9", 17, 260), List.of(recorded), 0.5);
    Verdict lost = Verdict.of(record("amd-9", 17, 240), List.of(recorded), 0.5);
    assertTrue(held.passes());
    assertFalse(lost.passes());
    assertEquals(List.of("a"), lost.lost());
    assertEquals(
        "Compared with the record of intel-6, JDK 25, panama-512, commit intel-625: a figure keeps"
            + " at least 25 % of its ratio to the calibration.\n"
            + "a                              24 %  LOST: must keep 25 %\n",
        lost.text());
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-0.5", "NaN"})
  void of_toleranceOutOfRange_throws(double tolerance) {
    GuardRecord measured = record("amd-9", 17, 1);
    var thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> Verdict.of(measured, List.of(measured), tolerance));
    assertEquals("tolerance must be in (0, 1), got " + tolerance, thrown.getMessage());
  }
}
