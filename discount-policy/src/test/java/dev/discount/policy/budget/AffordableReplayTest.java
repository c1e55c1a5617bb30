package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRecorder;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.log.DecisionLog;
import dev.discount.policy.log.DecisionLogConfig;
import dev.discount.policy.log.DecisionLogReader;
import dev.discount.policy.log.FileCustomerKeys;
import dev.discount.policy.log.Replay;
import dev.discount.policy.log.ReplayReport;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.testing.StubModel;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions under a budget are made again from what they had read, not from what is left now. */
class AffordableReplayTest {

  private static final int DECISIONS = 600;
  private static final Schema SCHEMA =
      Schema.builder().field(Field.of("weekend", Field.Kind.FLAG)).build();

  @TempDir private Path folder;

  private static DecisionEngine engine(
      BudgetAccount account, @Nullable DecisionRecorder log, double exploring) {
    DecisionEngine.Builder builder =
        DecisionEngine.builder(
                StubModel.of(SCHEMA, 0.1, 0.2, 0.4), DiscountLadder.ofBasisPoints(1_000, 3_000))
            .policy(new EpsilonGreedy(new ExpectedProfit(), exploring))
            .guardrail(Affordable.of(account))
            .seed(3);
    return log == null ? builder.build() : builder.log(log).build();
  }

  private static BudgetAccount account(long minor) {
    return BudgetLedger.builder().budget("total", Journals.euro(minor)).build().account("total");
  }

  @Test
  void replay_whenTheMoneyIsGone_everyDecisionBitForBit() {
    BudgetAccount account = account(300_000);
    try (FileCustomerKeys keys = FileCustomerKeys.open(folder.resolve("keys"))) {
      try (DecisionLog log = DecisionLog.open(folder, DecisionLogConfig.ofDefaults(), keys)) {
        DecisionSession session = engine(account, log, 0.3).newSession();
        for (int id = 0; id < DECISIONS; id++) {
          session.offer("lamp", 10_000, 1_000);
          session.timeMillis(1_000 + id);
          session.decide(id);
          if (id % 3 == 0) {
            account.ledger().release(session.reservation());
          }
        }
      }
      assertTrue(account.freeMinor(0) < 1_000);
      try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
        ReplayReport report = new Replay(engine(account(1), null, 0.3)).run(reader);
        assertEquals(DECISIONS, report.decisions());
        assertEquals(Map.of(), report.byField(), report.examples().toString());
      }
      try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
        long reserved = 0;
        long closed = 0;
        while (reader.next()) {
          long handle = reader.record().state()[1];
          reserved += handle > 0 ? 1 : 0;
          closed += reader.record().levelIndex() == 0 ? 1 : 0;
          assertEquals(reader.record().levelIndex() > 0, handle > 0);
        }
        assertTrue(reserved > 100 && closed > 50, reserved + " " + closed);
      }
    }
  }
}
