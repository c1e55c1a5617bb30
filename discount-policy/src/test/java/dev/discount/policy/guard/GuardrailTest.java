package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GuardrailTest {

  private static final DiscountLadder PERCENTS = DiscountLadder.ofBasisPoints(1_000, 2_000, 5_000);
  private static final DiscountLadder AMOUNTS = DiscountLadder.ofAmounts(100, 200, 500);

  private static long closed(Guardrail guardrail, DiscountLadder ladder, long price, long cost) {
    DecisionContext context =
        DecisionContext.of(ladder, new Offer("lamp", price, cost), new double[ladder.size()]);
    return guardrail.closedLevels(context) & ladder.allLevels();
  }

  @Test
  void minimumMargin_rate_isExactAtTheBound() {
    // Net 1000, 900, 800, 500 against cost 744: margins 256/1000, 156/900, 56/800 = 7 %, -244/500.
    assertEquals(0b1000, closed(MinimumMargin.ofRateBps(700), PERCENTS, 1_000, 744));
    assertEquals(0b1100, closed(MinimumMargin.ofRateBps(701), PERCENTS, 1_000, 744));
    assertEquals(0b1000, closed(MinimumMargin.ofRateBps(0), PERCENTS, 1_000, 744));
  }

  @Test
  void minimumMargin_amount_isExactAtTheBound() {
    assertEquals(0b1000, closed(MinimumMargin.ofAmountMinor(56), PERCENTS, 1_000, 744));
    assertEquals(0b1100, closed(MinimumMargin.ofAmountMinor(57), PERCENTS, 1_000, 744));
    assertEquals(0b1100, closed(new MinimumMargin(100, 57), PERCENTS, 1_000, 744));
  }

  @Test
  void minimumMargin_hugePrices_doNotOverflow() {
    long price = Long.MAX_VALUE;
    assertEquals(0b1000, closed(MinimumMargin.ofRateBps(1), PERCENTS, price, price / 10 * 7));
    assertEquals(0, closed(MinimumMargin.ofRateBps(10_000), PERCENTS, price, 0));
  }

  @Test
  void largestDiscount_percent_isComparedAsStated() {
    assertEquals(0b1000, closed(new LargestDiscount(2_000), PERCENTS, 999, 0));
    assertEquals(0b1100, closed(new LargestDiscount(1_999), PERCENTS, 999, 0));
    assertEquals(0b1110, closed(new LargestDiscount(0), PERCENTS, 999, 0));
    assertEquals(0, closed(new LargestDiscount(10_000), PERCENTS, 999, 0));
  }

  @Test
  void largestDiscount_amount_isComparedWithTheListPrice() {
    assertEquals(0b1000, closed(new LargestDiscount(2_000), AMOUNTS, 1_000, 0));
    assertEquals(0b1100, closed(new LargestDiscount(2_000), AMOUNTS, 999, 0));
    assertEquals(0b1110, closed(new LargestDiscount(5_000), AMOUNTS, 150, 0));
    assertEquals(0, closed(new LargestDiscount(0), AMOUNTS, 0, 0));
  }

  @Test
  void largestDiscount_namedArms_stayOpen() {
    assertEquals(0, closed(new LargestDiscount(0), DiscountLadder.ofNames("mail"), 1_000, 0));
  }

  @Test
  void allowedLevels_closesOthersOfTheItemOnly() {
    AllowedLevels guardrail = AllowedLevels.of(Map.of("lamp", Set.of(2), "vase", Set.of()));
    assertEquals(0b1010, closed(guardrail, PERCENTS, 1_000, 0));
    DecisionContext chair = DecisionContext.of(PERCENTS, new Offer("chair", 1, 0), new double[4]);
    assertEquals(0, guardrail.closedLevels(chair));
  }

  @Test
  void constructors_badValues_areRefused() {
    assertRefused(
        "rateBps must be in [0, 10000], got 10001", () -> MinimumMargin.ofRateBps(10_001));
    assertRefused("amountMinor must be >= 0, got -1", () -> MinimumMargin.ofAmountMinor(-1));
    assertRefused("depthBps must be in [0, 10000], got -1", () -> new LargestDiscount(-1));
    assertRefused(
        "level of item lamp must be in [0, 64), got 64",
        () -> AllowedLevels.of(Map.of("lamp", Set.of(64))));
    assertRefused(
        "levels of item lamp must be in [0, 4), got 4",
        () -> AllowedLevels.of(Map.of("lamp", Set.of(1, 4))).checkLadder(PERCENTS));
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
