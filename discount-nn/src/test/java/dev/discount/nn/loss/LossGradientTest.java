package dev.discount.nn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.kernel.KernelsProvider;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Losses against their definitions in double, derivatives against central differences. */
class LossGradientTest {

  private static final double STEP = 1e-6;
  private static final int ROWS = 41;

  @Test
  void binaryCrossEntropy_weighted_equalsDefinition() {
    assertLoss(
        new BinaryCrossEntropy(),
        (z, y) -> {
          double p = 1 / (1 + Math.exp(-z));
          return -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
        });
  }

  @Test
  void meanSquaredError_weighted_equalsDefinition() {
    assertLoss(new MeanSquaredError(), (z, y) -> (z - y) * (z - y));
  }

  private static void assertLoss(Loss loss, DoubleBinaryOperator definition) {
    LossRows rows = new LossRows(ROWS + 3);
    double expectedSum = 0;
    for (int i = 0; i < ROWS; i++) {
      rows.outputs()[i] = (i - 20) * 0.3f;
      rows.targets()[i] = i % 3 == 0 ? 0.25f : i % 2;
      rows.weights()[i] = 0.1f + i * 0.05f;
    }
    loss.evaluate(KernelsProvider.fastest(), rows, 0, 17);
    loss.evaluate(KernelsProvider.fastest(), rows, 17, ROWS);
    for (int i = 0; i < ROWS; i++) {
      double z = rows.outputs()[i];
      double y = rows.targets()[i];
      double w = rows.weights()[i];
      double expected = w * definition.applyAsDouble(z, y);
      assertEquals(expected, rows.losses()[i], 3e-6 * (1 + Math.abs(expected)), "row " + i);
      double slope =
          (definition.applyAsDouble(z + STEP, y) - definition.applyAsDouble(z - STEP, y))
              / (2 * STEP);
      assertEquals(w * slope, rows.gradients()[i], 3e-6 * (1 + Math.abs(w * slope)), "row " + i);
      expectedSum += rows.losses()[i];
    }
    assertEquals(expectedSum, rows.sum(ROWS));
    assertEquals(0f, rows.losses()[ROWS]);
  }

  @Test
  void binaryCrossEntropy_hugeLogits_staysFinite() {
    LossRows rows = new LossRows(4);
    float[] logits = {1e30f, -1e30f, 1e30f, -1e30f};
    System.arraycopy(logits, 0, rows.outputs(), 0, 4);
    rows.targets()[0] = 1;
    rows.targets()[3] = 1;
    Arrays.fill(rows.weights(), 1);
    new BinaryCrossEntropy().evaluate(KernelsProvider.fastest(), rows, 0, 4);
    assertEquals(0f, rows.losses()[0]);
    assertTrue(rows.losses()[1] >= 0 && rows.losses()[1] < 1e-30f);
    assertEquals(1e30f, rows.losses()[2]);
    assertEquals(1e30f, rows.losses()[3]);
  }
}
