package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeJoinTest {

  private static final int DECISIONS = 2_000;
  private static final Schema SCHEMA = Shop.SCHEMA;

  @TempDir private Path folder;
  private final MemoryKeys keys = new MemoryKeys();

  private void writeLog(int decisions) {
    try (DecisionLog log = DecisionLog.open(folder, Shop.config(), keys)) {
      DecisionEngine engine =
          DecisionEngine.builder(Shop.MODEL, Shop.LADDER)
              .policy(new EpsilonGreedy(new ExpectedProfit(), 0.3))
              .log(log)
              .build();
      new Thread(log).start();
      DecisionSession session = engine.newSession();
      for (long id = 0; id < decisions; id++) {
        session.reset();
        session.customer(id % 60);
        session.offer("sku, \"" + id % 11 + '"', 1_000 + id, 600);
        session.number(SCHEMA.slot("age"), 20 + id / 7.0);
        session.timeMillis(1_000 * id);
        session.decide(id);
      }
    }
  }

  private JoinReport join(OutcomeJoin.Config config, List<Purchase> purchases, Writer out) {
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      return new OutcomeJoin(SCHEMA, config, out).join(reader, purchases);
    }
  }

  private static Purchase purchase(long id, long decision, long after, long delay) {
    long time = 1_000 * decision + after;
    return new Purchase(id, decision, 0, time, time + delay, 700 + decision);
  }

  @Test
  void join_purchasesOfEveryKind_eachCountedOnceAndRowsReadBack() throws IOException {
    writeLog(DECISIONS);
    List<Purchase> purchases = new ArrayList<>();
    int joined = 0;
    for (long d = 0; d < DECISIONS; d += 10) {
      purchases.add(purchase(d, d, 5_000, 0));
      joined++;
    }
    for (long d = 0; d < DECISIONS; d += 20) {
      purchases.add(purchase(d, d, 5_000, 1_000)); // the same purchase, told again
      purchases.add(purchase(100_000 + d, d, 9_000, 30_000)); // another of the same customer
      joined++;
    }
    for (long d = 5; d < 105; d += 10) {
      purchases.add(purchase(200_000 + d, d, 20_000, 0)); // after the window
      purchases.add(purchase(300_000 + d, d, -1, 10)); // before its decision
      purchases.add(purchase(400_000 + d, d, 9_000, 200_000)); // told too late
      purchases.add(new Purchase(500_000 + d, 1L << 40, 0, 1_000 * d, 1_000 * d, 1));
    }
    purchases.sort(Comparator.comparingLong(Purchase::arrivedMillis));
    Path csv = folder.resolve("rows.csv");
    JoinReport report;
    try (Writer out = Files.newBufferedWriter(csv)) {
      report = join(new OutcomeJoin.Config(10_000, 40_000, 500), purchases, out);
    }
    assertEquals(new JoinReport(DECISIONS, 200, 0, 0, 0, joined, 100, 20, 10, 10), report);
    assertEquals(
        purchases.size(),
        report.joined()
            + report.duplicates()
            + report.outsideWindow()
            + report.late()
            + report.unknown());
    checkRows(CsvRows.read(csv, SCHEMA));
  }

  private void checkRows(Rows rows) {
    assertEquals(DECISIONS, rows.size());
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      for (int d = 0; d < DECISIONS; d++) {
        assertTrue(reader.next());
        DecisionRecord record = reader.record();
        assertEquals(record.levelIndex(), SCHEMA.level(rows, d));
        assertEquals(record.propensity(), SCHEMA.propensity(rows, d));
        assertEquals(1_000 + d, SCHEMA.priceMinor(rows, d));
        assertEquals(600, SCHEMA.costMinor(rows, d));
        assertEquals(20 + d / 7.0, rows.doubleAt(d, SCHEMA.slot("age")));
        assertEquals(1_000.0 * d, rows.doubleAt(d, SCHEMA.slot("when")));
        assertEquals(d % 60, rows.longAt(d, SCHEMA.slot("customer")));
        assertEquals("sku, \"" + d % 11 + '"', rows.textAt(d, SCHEMA.slot("item")));
        assertEquals(d % 10 == 0 ? 1 : 0, SCHEMA.outcome(rows, d));
        double value = d % 10 != 0 ? 0 : d % 20 == 0 ? 2 * (700 + d) / 100.0 : (700 + d) / 100.0;
        assertEquals(value, SCHEMA.value(rows, d));
      }
    }
  }

  @Test
  void join_moreOpenThanStated_writesTheOldestEarlyAndCountsThem() {
    writeLog(100);
    StringWriter out = new StringWriter();
    List<Purchase> purchases = List.of(purchase(1, 0, 0, 60_000), purchase(2, 99, 0, 1_000));
    JoinReport report = join(new OutcomeJoin.Config(1_000_000, 0, 50), purchases, out);
    assertEquals(100, report.rows());
    assertEquals(50, report.closedEarly());
    assertEquals(1, report.late());
    assertEquals(1, report.joined());
    assertEquals(101, out.toString().lines().count());
  }

  @Test
  void join_destroyedKey_writesTheRowWithoutThePersonalFields() {
    writeLog(120);
    assertTrue(keys.destroy("7"));
    StringWriter out = new StringWriter();
    JoinReport report = join(new OutcomeJoin.Config(0, 0, 10), List.of(), out);
    assertEquals(2, report.erased());
    assertTrue(out.toString().lines().skip(8).findFirst().orElseThrow().startsWith(","));
  }

  @Test
  void add_sameDecisionTwice_isCounted() {
    writeLog(10);
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      OutcomeJoin join =
          new OutcomeJoin(SCHEMA, new OutcomeJoin.Config(0, 0, 10), new StringWriter());
      assertTrue(reader.next());
      join.add(reader.record());
      join.add(reader.record());
      assertEquals(1, join.finish().repeatedDecisions());
    }
  }

  @Test
  void purchase_impossibleNumbers_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Purchase(1, 1, 0, 10, 9, 1));
    assertThrows(IllegalArgumentException.class, () -> new Purchase(1, 1, 0, 10, 10, -1));
    assertThrows(IllegalArgumentException.class, () -> new Purchase(1, 1, -1, 10, 10, 1));
    assertThrows(IllegalArgumentException.class, () -> new OutcomeJoin.Config(-1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new OutcomeJoin.Config(0, 0, 0));
  }

  @Test
  void export_jsonAndCsv_oneLineForEachDecision() {
    Shop.write(folder, keys, 0, 40);
    StringWriter json = new StringWriter();
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      assertEquals(40, LogExport.jsonLines(reader, json));
    }
    List<String> lines = json.toString().lines().toList();
    assertEquals(40, lines.size());
    assertTrue(lines.get(1).startsWith("{\"sequence\":1,\"decisionId\":\"-7046029254386353131\""));
    assertTrue(lines.get(9).contains("\"segment\":\"a\\ud83d\\ude00\\ud800é\""), lines.get(9));
    assertTrue(lines.get(6).contains("\"closedBy\":{\"3\":\"request\""), lines.get(6));
    StringWriter csv = new StringWriter();
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      assertEquals(40, LogExport.csv(reader, List.of("age", "mobile"), csv));
    }
    List<String> rows = csv.toString().lines().toList();
    assertEquals(41, rows.size());
    assertTrue(rows.get(0).endsWith(",personalErased,age,mobile"));
    assertTrue(rows.get(2).endsWith(",false,19,1"), rows.get(2));
  }
}
