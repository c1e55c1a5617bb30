package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.testing.StubModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests are answered by a model as it is, evaluations and replays by it for batches. */
class BatchWorkTest {

  private static final StubModel REQUESTS = StubModel.of(SCHEMA, 0.1, 0.1, 0.1, 0.1);
  private static final StubModel BATCHES = StubModel.of(SCHEMA, 0.1, 0.2, 0.4, 0.9);

  /** Two models in one, to see which was asked. */
  private record TwoFaced(boolean reads) implements ResponseModel {
    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public String version() {
      return "two-faced";
    }

    @Override
    public boolean reads(int slot) {
      return reads;
    }

    @Override
    public ResponseScorer newScorer(DiscountLadder ladder) {
      return REQUESTS.newScorer(ladder);
    }

    @Override
    public ResponseModel forBatches() {
      return BATCHES;
    }
  }

  @Test
  void sweep_asksTheModelForBatches() {
    Rows rows = new Rows(SCHEMA, 1);
    rows.add();
    rows.setText(0, SCHEMA.slot("item"), "lamp");
    rows.setDouble(0, SCHEMA.slot("price"), 50);
    rows.setDouble(0, SCHEMA.slot("cost"), 30);
    double[] out = new double[LADDER.size()];
    PolicySweep.of(new TwoFaced(true), LADDER, new ExpectedProfit(), List.of())
        .distributeInto(rows, new int[1], out);
    assertArrayEquals(new double[] {0, 0, 0, 1}, out);
  }

  @Test
  void repeater_asksTheModelForBatches_alsoThatOfRequestsThatOptedOut() {
    DecisionEngine engine =
        DecisionEngine.builder(new TwoFaced(true), LADDER)
            .policy(new ExpectedProfit())
            .withoutPersonalData(new TwoFaced(false))
            .build();
    assertEquals(
        0,
        engine
            .decide(DecisionRequest.builder(1).offer(new Offer("lamp", 5_000, 3_000)).build())
            .levelIndex());
    DecisionRepeater repeater = engine.newRepeater();
    DecisionRepeater optedOut = repeater.optedOut();
    assertNotNull(optedOut);
    for (DecisionRepeater each : List.of(repeater, optedOut)) {
      each.rows().add();
      each.score();
      each.offer("lamp", 5_000, 3_000);
      each.decision(1, 0, "");
      each.stopped(0, DecisionTrace.OPEN);
      assertEquals(3, each.repeat(0, LADDER.allLevels(), 0).levelIndex());
    }
  }
}
