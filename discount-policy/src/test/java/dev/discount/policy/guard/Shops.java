package dev.discount.policy.guard;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.Guardrail;
import dev.discount.policy.testing.StubModel;
import java.util.Arrays;

/** A small shop with a customer, an item, a code and a segment, for the tests of guardrails. */
final class Shops {

  static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1_000, 2_000, 5_000);

  static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
          .field(Field.of("item", Kind.ID, Role.ITEM))
          .field(Field.of("code", Kind.CATEGORY))
          .field(Field.of("segment", Kind.CATEGORY))
          .field(Field.of("age", Kind.NUMBER))
          .build();

  /** 2026-06-01T00:00Z. */
  static final long START_MILLIS = 1_780_272_000_000L;

  private Shops() {}

  static DecisionEngine engine(DiscountPolicy policy, Guardrail... guardrails) {
    return engine(LADDER, policy, guardrails);
  }

  static DecisionEngine engine(
      DiscountLadder ladder, DiscountPolicy policy, Guardrail... guardrails) {
    double[] probabilities = new double[ladder.size()];
    Arrays.setAll(probabilities, level -> (level + 1.0) / (ladder.size() + 1));
    DecisionEngine.Builder builder =
        DecisionEngine.builder(StubModel.of(SCHEMA, probabilities), ladder).policy(policy);
    for (Guardrail guardrail : guardrails) {
      builder.guardrail(guardrail);
    }
    return builder.build();
  }

  static DecisionRequest.Builder request(long customer, long seconds) {
    return DecisionRequest.builder(customer * 1_000_003 + seconds)
        .customer(customer)
        .offer(new Offer("lamp", 10_000, 4_000))
        .timeMillis(START_MILLIS + seconds * 1_000);
  }
}
