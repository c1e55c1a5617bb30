package dev.discount.policy.value;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.Valuation;
import dev.discount.policy.rule.HighestValue;
import dev.discount.policy.testing.StubModel;

/** What the tests of this package share: 10 % and 20 % off 100.00 that cost 60.00. */
final class ValueFixtures {

  static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1_000, 2_000);

  static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("item", Kind.ID, Role.ITEM))
          .field(Field.of("quantity", Kind.NUMBER).withFeature(false))
          .field(Field.of("lifetime", Kind.NUMBER))
          .field(Field.of("return_rate", Kind.NUMBER))
          .field(Field.of("pressure", Kind.NUMBER))
          .field(Field.of("fresh", Kind.FLAG))
          .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
          .build();

  static final double[] CURVE = {0.25, 0.375, 0.5};

  /** Purchases of 120.00, 130.00 and 70.00, the last less than the item alone. */
  static final StubModel MODEL =
      StubModel.of(SCHEMA, CURVE)
          .withValues((rows, row, level) -> new double[] {120, 130, 70}[level]);

  private ValueFixtures() {}

  static DecisionEngine engine(Valuation valuation) {
    return DecisionEngine.builder(MODEL, LADDER)
        .policy(new HighestValue())
        .valuation(valuation)
        .build();
  }

  static DecisionSession session(Valuation valuation) {
    DecisionSession session = engine(valuation).newSession();
    session.offer(new Offer("lamp", 10_000, 6_000));
    return session;
  }

  static void number(DecisionSession session, String field, double value) {
    session.number(SCHEMA.slot(field), value);
  }
}
