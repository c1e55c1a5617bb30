package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.OFFER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.DiscountLadder;
import org.junit.jupiter.api.Test;

class DecisionContextTest {

  private static final DecisionContext CONTEXT =
      DecisionContext.of(LADDER, OFFER, 0.1, 0.2, 0.3, 0.4);

  @Test
  void of_statesPricesAndProfits() {
    assertEquals(9_500, CONTEXT.netPriceMinor(1));
    assertEquals(0.2 * 3_500, CONTEXT.expectedProfitMinor(1));
    assertEquals(0b1111, CONTEXT.openLevels());
    assertEquals("lamp", CONTEXT.itemId());
    assertEquals(10_000, CONTEXT.listPriceMinor());
    assertEquals(6_000, CONTEXT.unitCostMinor());
  }

  @Test
  void nearestOpen_prefersItselfThenShallowerThenDeeper() {
    assertEquals(2, CONTEXT.nearestOpen(2));
    assertEquals(1, CONTEXT.withOpenLevels(0b1011).nearestOpen(2));
    assertEquals(0, CONTEXT.withOpenLevels(0b1001).nearestOpen(2));
    assertEquals(3, CONTEXT.withOpenLevels(0b1000).nearestOpen(2));
    assertEquals(2, CONTEXT.withOpenLevels(0b1100).nearestOpen(0));
  }

  @Test
  void nearestOpen_namedArms_fallsToLevelZero() {
    DecisionContext context =
        DecisionContext.of(DiscountLadder.ofNames("mail", "gift"), OFFER, 0.1, 0.2, 0.3);
    assertEquals(0, context.withOpenLevels(0b011).nearestOpen(2));
    assertEquals(1, context.withOpenLevels(0b010).nearestOpen(2));
  }

  @Test
  void nearestOpen_sixtyFourLevels_isRightAtBothEnds() {
    int[] steps = new int[63];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i + 1;
    }
    DecisionContext context =
        DecisionContext.of(DiscountLadder.ofBasisPoints(steps), OFFER, new double[64]);
    assertEquals(63, context.nearestOpen(63));
    assertEquals(62, context.withOpenLevels(Long.MAX_VALUE).nearestOpen(63));
    assertEquals(63, context.withOpenLevels(Long.MIN_VALUE).nearestOpen(0));
  }

  @Test
  void of_badProbabilities_areRefused() {
    assertEquals(
        "purchaseProbabilities must have length 4, got 1",
        assertThrows(IllegalArgumentException.class, () -> DecisionContext.of(LADDER, OFFER, 0.5))
            .getMessage());
    assertEquals(
        "purchaseProbabilities[1] must be in [0, 1], got NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> DecisionContext.of(LADDER, OFFER, 0.5, Double.NaN, 0, 0))
            .getMessage());
    assertEquals(
        "newOpenLevels must have a level of the ladder, got 16",
        assertThrows(IllegalArgumentException.class, () -> CONTEXT.withOpenLevels(16))
            .getMessage());
  }
}
