package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.OFFER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static dev.discount.policy.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.Offer;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.testing.StubModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every bad input of a decision has its message. */
class DecisionRequestTest {

  private static final DecisionEngine ENGINE =
      DecisionEngine.builder(StubModel.of(SCHEMA, 0.1, 0.1, 0.1, 0.1), LADDER)
          .policy(new ExpectedProfit())
          .build();

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  private static void assertRefused(String message, DecisionRequest request) {
    assertRefused(message, () -> ENGINE.decide(request));
    assertRefused(message, () -> ENGINE.topItems(request, List.of(OFFER), 1));
  }

  @Test
  void number_notFinite_isRefused() {
    assertRefused("age must be finite, got NaN", () -> request(1).number("age", Double.NaN));
    assertRefused(
        "age must be finite, got -Infinity",
        () -> request(1).number("age", Double.NEGATIVE_INFINITY));
  }

  @Test
  void decide_unknownField_isRefused() {
    assertRefused(
        "request must name fields of the model's schema, got aeg",
        request(1).number("aeg", 30).build());
  }

  @Test
  void decide_wrongKind_isRefused() {
    assertRefused(
        "segment must be set as a key or text, got a number",
        request(1).number("segment", 3).build());
    assertRefused(
        "age must be set as a number, got a text", request(1).category("age", "old").build());
    assertRefused("age must be set as a number, got a key", request(1).category("age", 3).build());
    assertRefused("age must be set as a number, got a flag", request(1).flag("age", true).build());
    assertRefused(
        "mobile must be set as a flag, got a text", request(1).category("mobile", "yes").build());
    assertRefused("mobile must be 0 or 1, got 0.5", request(1).number("mobile", 0.5).build());
  }

  @Test
  void decide_fieldKnownOnlyLater_isRefused() {
    assertRefused(
        "bought must be known before the decision, got a field of role outcome",
        request(1).flag("bought", true).build());
    assertRefused(
        "discount must be known before the decision, got a field of role discount",
        request(1).number("discount", 5).build());
  }

  @Test
  void decide_priceByName_isRefused() {
    assertRefused(
        "price must be stated by the offer, got a value for it",
        request(1).number("price", 5).build());
  }

  @Test
  void offer_costAbovePrice_isRefused() {
    assertRefused(
        "unitCostMinor must be in [0, listPriceMinor=100], got 101",
        () -> new Offer("lamp", 100, 101));
  }

  @Test
  void build_withoutOffer_isRefused() {
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class, () -> DecisionRequest.builder(1).customer(1).build());
    assertEquals("offer must be stated, got none", error.getMessage());
  }

  @Test
  void allowedLevels_outOfRange_isRefused() {
    assertRefused("levels[1] must be in [0, 64), got 64", () -> request(1).allowedLevels(2, 64));
  }

  @Test
  void topItems_countZero_isRefused() {
    assertRefused(
        "count must be >= 1, got 0", () -> ENGINE.topItems(request(1).build(), List.of(OFFER), 0));
  }

  @Test
  void builder_withoutPolicy_isRefused() {
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () -> DecisionEngine.builder(StubModel.of(SCHEMA, 0.1, 0.1, 0.1, 0.1), LADDER).build());
    assertEquals("policy must be stated, got none", error.getMessage());
  }

  @Test
  void builder_emptyPool_isRefused() {
    assertRefused(
        "sessions must be >= 1, got 0",
        () -> DecisionEngine.builder(StubModel.of(SCHEMA, 0.1), LADDER).poolSize(0));
  }

  @Test
  void values_cannotBeChanged() {
    DecisionRequest request = request(1).number("age", 3).build();
    assertThrows(UnsupportedOperationException.class, () -> request.values().put("age", 4.0));
    DecisionRequest.Builder builder = request(1).number("age", 3);
    DecisionRequest built = builder.build();
    builder.number("age", 4);
    assertEquals(3.0, built.values().get("age"));
  }

  @Test
  void customer_textOfANumber_isTheNumber() {
    Decision byNumber = ENGINE.decide(request(1).customer(12).build());
    Decision byText = ENGINE.decide(request(1).customer("12").build());
    assertEquals(byNumber, byText);
  }
}
