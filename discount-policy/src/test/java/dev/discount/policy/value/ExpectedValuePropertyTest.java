package dev.discount.policy.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Offer;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.DecisionSession;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ExpectedValuePropertyTest {

  @Property(tries = 500)
  void terms_addUpToTheValueToTheLastBit_andTheBestIsChosen(
      @ForAll @IntRange(max = 255) int asked,
      @ForAll @DoubleRange(min = 0, max = 10) double quantity,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll @DoubleRange(min = -1, max = 1) double pressure) {
    ExpectedValue valuation = valuation(asked, share, pressure);
    DecisionSession session = ValueFixtures.session(valuation);
    ValueFixtures.number(session, "quantity", quantity);
    int chosen = session.decide(7);
    Decision decision =
        ValueFixtures.engine(valuation)
            .decide(
                DecisionRequest.builder(7)
                    .offer(new Offer("lamp", 10_000, 6_000))
                    .number("quantity", quantity)
                    .build());
    for (int level = 0; level < ValueFixtures.LADDER.size(); level++) {
      double sum = session.term(level, 0);
      for (int t = 1; t < valuation.terms().size(); t++) {
        sum += session.term(level, t);
      }
      assertEquals(sum, session.value(level));
      assertEquals(sum, decision.value(level));
      assertTrue(session.value(chosen) >= sum);
    }
    assertEquals(chosen, decision.levelIndex());
  }

  private static ExpectedValue valuation(int asked, double share, double pressure) {
    boolean mix = (asked & 1) != 0;
    Objective objective = mix ? new Objective(share, 1 - share, 3, share) : Objective.PROFIT;
    ExpectedValueBuilder builder =
        ExpectedValue.builder(objective).quantity(Stated.field("quantity", 1));
    if ((asked & 2) != 0) {
      builder.basket(share);
    }
    if ((asked & 4) != 0) {
      builder.lifetime(Stated.constant(30), share);
    }
    if ((asked & 8) != 0) {
      builder.returns(Stated.constant(share), 120, share);
    }
    if ((asked & 16) != 0) {
      builder.stock(Stated.constant(pressure), share, share);
    }
    if ((asked & 32) != 0) {
      builder.newProduct(Stated.constant(share), 250);
    }
    return (asked & 64) != 0 ? builder.incremental().build() : builder.build();
  }
}
