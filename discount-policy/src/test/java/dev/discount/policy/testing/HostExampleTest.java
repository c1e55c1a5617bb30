package dev.discount.policy.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.policy.Decider;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.ExpectedProfit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a host tests its own code: with fixed decisions, and with an engine on a stub model. */
class HostExampleTest {

  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(500, 1_000);

  /** A host's own class, which knows only the interface. */
  private record Checkout(Decider decider) {

    String banner(long visitId, String customer, Offer offer) {
      Decision decision =
          decider.decide(DecisionRequest.builder(visitId).customer(customer).offer(offer).build());
      return decision.levelIndex() == 0
          ? "Price " + decision.priceMinor()
          : "Today " + decision.level().label() + " off: " + decision.priceMinor();
    }

    List<String> shopWindow(long visitId, String customer, List<Offer> offers) {
      DecisionRequest request =
          DecisionRequest.builder(visitId).customer(customer).offer(offers.get(0)).build();
      return decider.topItems(request, offers, 2).stream()
          .map(decision -> decision.offer().itemId() + " " + decision.priceMinor())
          .toList();
    }
  }

  @Test
  void banner_fixedDecisions_saysPriceAndDiscount() {
    Checkout checkout = new Checkout(FixedDecider.of(LADDER, 2).withItem("book", 0));
    assertEquals(
        "Today 10% off: 9000", checkout.banner(1, "ann", new Offer("lamp", 10_000, 6_000)));
    assertEquals("Price 2000", checkout.banner(2, "ann", new Offer("book", 2_000, 1_500)));
  }

  @Test
  void shopWindow_fixedDecisions_largestMarginsFirst() {
    Checkout checkout = new Checkout(FixedDecider.of(LADDER, 1));
    List<Offer> offers =
        List.of(
            new Offer("book", 2_000, 1_500),
            new Offer("sofa", 50_000, 20_000),
            new Offer("lamp", 10_000, 6_000));
    assertEquals(List.of("sofa 47500", "lamp 9500"), checkout.shopWindow(3, "ann", offers));
  }

  @Test
  void banner_engineOnAStubModel_followsPolicyAndGuardrails() {
    Schema schema =
        Schema.builder()
            .field(Field.of("customer", Field.Kind.ID, Field.Role.CUSTOMER))
            .field(Field.of("item", Field.Kind.ID, Field.Role.ITEM))
            .build();
    DecisionEngine engine =
        DecisionEngine.builder(StubModel.of(schema, 0.10, 0.20, 0.40), LADDER)
            .policy(new ExpectedProfit())
            .guardrail(MinimumMargin.ofRateBps(1_500))
            .build();
    Checkout checkout = new Checkout(engine);
    assertEquals(
        "Today 10% off: 9000", checkout.banner(1, "ann", new Offer("lamp", 10_000, 6_000)));
    assertEquals("Today 5% off: 1900", checkout.banner(2, "ann", new Offer("book", 2_000, 1_600)));
  }

  @Test
  void of_badLevels_areRefused() {
    assertEquals(
        "level must be in [0, 3), got 3",
        assertThrows(IllegalArgumentException.class, () -> FixedDecider.of(LADDER, 3))
            .getMessage());
    assertEquals(
        "level must be in [0, 3), got -1",
        assertThrows(
                IllegalArgumentException.class,
                () -> FixedDecider.of(LADDER, 0).withItem("lamp", -1))
            .getMessage());
    assertEquals(
        "probabilities[1] must be in [0, 1], got 1.5",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    StubModel.of(
                        Schema.builder().field(Field.of("a", Field.Kind.NUMBER)).build(), 1, 1.5))
            .getMessage());
  }
}
