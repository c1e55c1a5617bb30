package shop.quickstart.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryJsonTest {

  @TempDir Path folder;

  @Test
  void write_simulated_hasTheFiguresOfTheRun() throws IOException {
    RunReport report = SampleReports.simulated();
    JsonNode summary = written(report);
    assertEquals(123_456, summary.get("rows").intValue());
    assertEquals(100_000, summary.get("trainRows").intValue());
    assertEquals(12_000, summary.get("testRows").intValue());
    assertEquals(0.234567, summary.get("logLoss").doubleValue());
    assertEquals(0.78912, summary.get("auc").doubleValue());
    assertEquals(0.004321, summary.get("ece").doubleValue());
    assertEquals(31.25, summary.get("trainSeconds").doubleValue());
    assertEquals(212_345.6, summary.get("samplesPerSecond").doubleValue());
    assertEquals("panama-512", summary.get("backend").textValue());
    assertEquals("17.0.15", summary.get("java").textValue());
    assertEquals(7_654_321L, summary.get("modelBytes").longValue());
    assertEquals("0".repeat(64), summary.get("modelSha256").textValue());
    assertEquals(1.8, summary.get("bestFlat").doubleValue(), 1e-12);
    assertEquals(1.9, summary.get("oracle").doubleValue(), 1e-12);
    assertEquals("flat 6%", summary.get("bestFlatPolicy").textValue());
    assertEquals(
        List.of("12%", "14%"),
        List.of(
            summary.get("levelsWithoutSupport").get(0).textValue(),
            summary.get("levelsWithoutSupport").get(1).textValue()));
    JsonNode policy = summary.get("policies").get(8);
    assertEquals("expected profit", policy.get("name").textValue());
    assertEquals(1.893, policy.get("value").doubleValue(), 1e-12);
    assertEquals(0.0125, policy.get("standardError").doubleValue());
    assertEquals(1.89, policy.get("trueValue").doubleValue(), 1e-12);
    assertEquals(3, summary.get("populations").size());
  }

  @Test
  void write_logged_leavesOutWhatIsNotKnown() throws IOException {
    JsonNode summary = written(SampleReports.logged());
    assertFalse(summary.has("oracle"));
    assertFalse(summary.get("policies").get(0).has("trueValue"));
    assertEquals(1.803, summary.get("bestFlat").doubleValue(), 1e-12);
  }

  @Test
  void write_withBudget_hasThePoliciesAtEqualSpend() throws IOException {
    JsonNode equalSpend = written(SampleReports.withBudget()).get("equalSpend");
    assertEquals(400, equalSpend.get("customers").intValue());
    assertEquals(200, equalSpend.get("budgetPer1000").doubleValue());
    assertEquals(1.75, equalSpend.get("nextUnitBuys").doubleValue());
    JsonNode ours = equalSpend.get("policies").get(0);
    assertEquals(199.5, ours.get("spentPer1000").doubleValue());
    assertFalse(ours.has("firstEarnsMorePer1000"));
    JsonNode flat = equalSpend.get("policies").get(1);
    assertEquals("flat 6%", flat.get("name").textValue());
    assertEquals(3_887.5, flat.get("profitPer1000").doubleValue());
    assertEquals(139.25, flat.get("firstEarnsMoreLowerPer1000").doubleValue());
    assertFalse(written(SampleReports.simulated()).has("equalSpend"));
  }

  @Test
  void write_plain_hasNoPolicies() throws IOException {
    JsonNode summary = written(SampleReports.plain());
    assertFalse(summary.has("policies"));
    assertFalse(summary.has("bestFlat"));
    assertTrue(summary.has("auc"));
  }

  private JsonNode written(RunReport report) throws IOException {
    Path file = folder.resolve("summary.json");
    SummaryJson.write(report, file);
    return new ObjectMapper().readTree(file.toFile());
  }
}
