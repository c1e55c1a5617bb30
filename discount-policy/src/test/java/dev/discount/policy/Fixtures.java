package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;

/** What the tests of this package share. */
final class Fixtures {

  static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(500, 1000, 2000);

  static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
          .field(Field.of("item", Kind.ID, Role.ITEM))
          .field(Field.of("age", Kind.NUMBER))
          .field(Field.of("segment", Kind.CATEGORY))
          .field(Field.of("mobile", Kind.FLAG))
          .field(Field.of("price", Kind.NUMBER, Role.PRICE))
          .field(Field.of("cost", Kind.NUMBER, Role.COST))
          .field(Field.of("discount", Kind.NUMBER, Role.DISCOUNT))
          .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
          .ladder(LADDER)
          .build();

  static final Offer OFFER = new Offer("lamp", 10_000, 6_000);

  private Fixtures() {}

  static DecisionRequest.Builder request(long decisionId) {
    return DecisionRequest.builder(decisionId).customer(7).offer(OFFER);
  }
}
