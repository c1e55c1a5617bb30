package shop.quickstart.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import shop.quickstart.report.RunReport.Trial;

class PolicyTableTest {

  @Test
  void text_simulated_linesUpAndMarksTheBestFlat() {
    Trial trial = SampleReports.simulated().trial();
    List<String> lines = PolicyTable.of(trial, trial.populations().get(0)).text().lines().toList();
    assertEquals(2 + trial.policies().size(), lines.size());
    assertTrue(lines.get(0).endsWith("of oracle's gain"));
    assertEquals("-".repeat(lines.get(0).length()), lines.get(1));
    assertEquals("flat 6% (best flat)", lines.get(5).split("  ")[0]);
    assertTrue(lines.get(10).startsWith("expected profit "));
    assertTrue(lines.get(10).endsWith("+90.0 [+77.5, +102.5]              90 %"), lines.get(10));
    assertEquals(lines.get(0).length(), lines.get(10).length());
  }

  @Test
  void of_logged_hasNoOracleColumn() {
    Trial trial = SampleReports.logged().trial();
    Table table = PolicyTable.of(trial, trial.populations().get(0));
    assertEquals(6, table.headings().size());
    assertEquals(
        List.of("no discount", "0.0 %", "4,200.0", "1,680.0", "0.0", "-120.0 [-132.5, -107.5]"),
        table.rows().get(0));
  }

  @Test
  void of_partOfThePopulation_leavesTheOtherFlatLevelsOut() {
    Trial trial = SampleReports.simulated().trial();
    Table table = PolicyTable.of(trial, trial.populations().get(1));
    assertEquals(
        List.of(
            "flat 6% (best flat)",
            "threshold ladder",
            "similarity to discount",
            "expected profit",
            "expected profit, 10 % exploring",
            "oracle"),
        table.rows().stream().map(row -> row.get(0)).toList());
  }
}
