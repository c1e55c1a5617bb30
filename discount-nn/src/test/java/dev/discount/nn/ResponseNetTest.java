package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.nn.ResponseNetConfig.Head;
import org.junit.jupiter.api.Test;

class ResponseNetTest {

  private static final int[] NO_ROWS = {};

  private static TrainedModel train(DiscountLadder ladder, Head head, int members) {
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(ResponseNetConfig.ofDefaults().withHead(head).withHidden(8))
            .epochs(2)
            .members(members)
            .build();
    Rows log = TestLogs.rows(ladder, 500, 3);
    return new Trainer(config).train(log, TestLogs.range(0, 500), NO_ROWS, TrainingListener.SILENT);
  }

  @Test
  void newScorer_unfitLadder_namesTheRule() {
    TrainedModel plain = train(DiscountLadder.ofBasisPoints(), Head.MONOTONE, 1);
    TrainedModel percent = train(TestLogs.PERCENT, Head.MONOTONE, 1);
    TrainedModel arms = train(TestLogs.ARMS, Head.POINT, 1);
    assertRefused(plain, TestLogs.PERCENT, "ladder must have level none alone");
    assertRefused(percent, TestLogs.ARMS, "ladder must be of a kind this model was trained for");
    assertRefused(arms, TestLogs.PERCENT, "ladder must be of a kind this model was trained for");
    assertRefused(arms, DiscountLadder.ofNames("mail", "card"), "got Named[id=card]");
  }

  private static void assertRefused(TrainedModel model, DiscountLadder ladder, String rule) {
    var thrown = assertThrows(IllegalArgumentException.class, () -> model.newScorer(ladder));
    assertTrue(thrown.getMessage().contains(rule), thrown.getMessage());
  }

  @Test
  void newScorer_armsInAnotherOrder_scoresEachArmTheSame() {
    TrainedModel model = train(TestLogs.ARMS, Head.POINT, 1);
    Rows rows = TestLogs.rows(TestLogs.ARMS, 20, 5);
    float[] trained = new float[60];
    model.newScorer(TestLogs.ARMS).scoreInto(rows, trained);
    float[] swapped = new float[60];
    model.newScorer(DiscountLadder.ofNames("gift", "mail")).scoreInto(rows, swapped);
    for (int row = 0; row < 20; row++) {
      assertEquals(trained[row * 3], swapped[row * 3]);
      assertEquals(trained[row * 3 + 1], swapped[row * 3 + 2]);
      assertEquals(trained[row * 3 + 2], swapped[row * 3 + 1]);
    }
  }

  @Test
  void newScorer_amountsForAModelOfPercentages_scoresByDepth() {
    for (Head head : Head.values()) {
      TrainedModel model = train(TestLogs.PERCENT, head, 1);
      Rows rows = TestLogs.rows(TestLogs.PERCENT, 30, 5);
      int price = rows.schema().slot(Field.Role.PRICE);
      for (int row = 0; row < 30; row++) {
        rows.setDouble(row, price, 20);
      }
      float[] percent = new float[60];
      float[] amount = new float[60];
      model.newScorer(DiscountLadder.ofBasisPoints(1_000)).scoreInto(rows, percent);
      model.newScorer(DiscountLadder.ofAmounts(200)).scoreInto(rows, amount);
      assertArrayEquals(percent, amount);
      rows.setMissing(3, price);
      model.newScorer(DiscountLadder.ofAmounts(200)).scoreInto(rows, amount);
      assertEquals(percent[6], amount[7], "without a price an amount is answered as none");
    }
  }

  @Test
  void scoreInto_shortOut_namesTheRule() {
    ResponseScorer scorer = train(TestLogs.PERCENT, Head.MONOTONE, 1).newScorer(TestLogs.PERCENT);
    Rows rows = TestLogs.rows(TestLogs.PERCENT, 3, 5);
    var thrown =
        assertThrows(IllegalArgumentException.class, () -> scorer.scoreInto(rows, new float[14]));
    assertEquals(
        "out must hold rows * levels = 15 probabilities, got length 14", thrown.getMessage());
  }

  @Test
  void scoreInto_missingAndNonFinite_areDefined() {
    TrainedModel model = train(TestLogs.PERCENT, Head.MONOTONE, 2);
    Rows rows = new Rows(model.schema(), 2);
    rows.add();
    rows.add();
    rows.setDouble(1, 3, Double.POSITIVE_INFINITY);
    float[] out = new float[10];
    model.newScorer(TestLogs.PERCENT).scoreInto(rows, out);
    for (float p : out) {
      assertTrue(p > 0 && p < 1, "got " + p);
    }
  }

  @Test
  void ensemble_score_isTheMeanOfItsNetworks() {
    TrainedModel model = train(TestLogs.PERCENT, Head.MONOTONE, 3);
    Rows rows = TestLogs.rows(TestLogs.PERCENT, 50, 5);
    float[] mean = new float[250];
    model.newScorer(TestLogs.PERCENT).scoreInto(rows, mean);
    float[] sum = new float[250];
    float[] one = new float[250];
    float[] first = new float[250];
    for (ResponseNet net : model.networks()) {
      net.newScorer(TestLogs.PERCENT).scoreInto(rows, one);
      for (int i = 0; i < 250; i++) {
        sum[i] += one[i];
      }
      if (net == model.networks().get(0)) {
        System.arraycopy(one, 0, first, 0, 250);
      }
    }
    boolean differ = false;
    for (int i = 0; i < 250; i++) {
      assertEquals(sum[i] / 3, mean[i]);
      differ |= Math.abs(mean[i] - first[i]) > 1e-4;
    }
    assertTrue(differ, "members must differ");
  }

  @Test
  void vectorInto_idOfARow_isItsEmbedding() {
    ResponseNet net = (ResponseNet) train(TestLogs.PERCENT, Head.MONOTONE, 1);
    Rows rows = TestLogs.rows(TestLogs.PERCENT, 4, 5);
    assertEquals(32, net.vectorWidth(0));
    assertEquals(5, net.vectorWidth(1));
    float[] vector = new float[5];
    float[] again = new float[5];
    net.vectorInto(1, rows, 0, vector);
    rows.setLong(1, 1, rows.longAt(0, 1));
    net.vectorInto(1, rows, 1, again);
    assertArrayEquals(vector, again);
    rows.setMissing(1, 1);
    net.vectorInto(1, rows, 1, again);
    assertTrue(vector[0] != again[0]);
    assertThrows(IllegalArgumentException.class, () -> net.vectorWidth(3));
  }

  @Test
  void knots_percentLadder_areTheOfferedDepths() {
    ResponseNet net = (ResponseNet) train(TestLogs.PERCENT, Head.MONOTONE, 1);
    assertArrayEquals(new float[] {0, 0.05f, 0.1f, 0.2f, 0.3f}, net.knots());
    ResponseNet amounts = (ResponseNet) train(TestLogs.AMOUNTS, Head.MONOTONE, 1);
    assertEquals(0f, amounts.knots()[0]);
    assertTrue(amounts.knots().length <= 8);
    for (int k = 1; k < amounts.knots().length; k++) {
      assertTrue(amounts.knots()[k] > amounts.knots()[k - 1]);
    }
    assertEquals(0, ((ResponseNet) train(TestLogs.ARMS, Head.POINT, 1)).knots().length);
  }
}
