package dev.discount.policy.sim;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Field.Transform;
import dev.discount.core.data.Schema;

/** The columns of a shop's log, with their slots. */
final class ShopSchema {

  static final DiscountLadder LADDER =
      DiscountLadder.ofBasisPoints(200, 400, 600, 800, 1000, 1200, 1400);

  static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
          .field(Field.of("item", Kind.ID, Role.ITEM))
          .field(Field.of("segment", Kind.CATEGORY))
          .field(Field.of("mobile", Kind.FLAG))
          .field(Field.of("newsletter", Kind.FLAG))
          .field(Field.of("age", Kind.NUMBER))
          .field(Field.of("tenure_days", Kind.NUMBER).withTransform(Transform.LOG))
          .field(Field.of("sessions_90d", Kind.NUMBER).withTransform(Transform.LOG))
          .field(Field.of("spend_90d", Kind.NUMBER).withTransform(Transform.LOG))
          .field(Field.of("coupon_share", Kind.NUMBER))
          .field(Field.of("line", Kind.CATEGORY))
          .field(Field.of("rating", Kind.NUMBER))
          .field(Field.of("popularity", Kind.NUMBER).withTransform(Transform.LOG))
          .field(Field.of("banner", Kind.CATEGORY))
          .field(Field.of("weekend", Kind.FLAG))
          .field(Field.of("load_ms", Kind.NUMBER).withTransform(Transform.LOG))
          .field(Field.of("discount", Kind.NUMBER, Role.DISCOUNT))
          .field(Field.of("price", Kind.NUMBER, Role.PRICE))
          .field(Field.of("cost", Kind.NUMBER, Role.COST))
          .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
          .field(Field.of("value", Kind.NUMBER, Role.VALUE))
          .field(Field.of("propensity", Kind.NUMBER, Role.PROPENSITY))
          .field(Field.of("time", Kind.NUMBER, Role.TIME))
          .ladder(LADDER)
          .build();

  static final int CUSTOMER = SCHEMA.slot("customer");
  static final int ITEM = SCHEMA.slot("item");
  static final int SEGMENT = SCHEMA.slot("segment");
  static final int MOBILE = SCHEMA.slot("mobile");
  static final int NEWSLETTER = SCHEMA.slot("newsletter");
  static final int AGE = SCHEMA.slot("age");
  static final int TENURE_DAYS = SCHEMA.slot("tenure_days");
  static final int SESSIONS_90D = SCHEMA.slot("sessions_90d");
  static final int SPEND_90D = SCHEMA.slot("spend_90d");
  static final int COUPON_SHARE = SCHEMA.slot("coupon_share");
  static final int LINE = SCHEMA.slot("line");
  static final int RATING = SCHEMA.slot("rating");
  static final int POPULARITY = SCHEMA.slot("popularity");
  static final int BANNER = SCHEMA.slot("banner");
  static final int WEEKEND = SCHEMA.slot("weekend");
  static final int LOAD_MS = SCHEMA.slot("load_ms");
  static final int DISCOUNT = SCHEMA.slot("discount");
  static final int PRICE = SCHEMA.slot("price");
  static final int COST = SCHEMA.slot("cost");
  static final int BOUGHT = SCHEMA.slot("bought");
  static final int VALUE = SCHEMA.slot("value");
  static final int PROPENSITY = SCHEMA.slot("propensity");
  static final int TIME = SCHEMA.slot("time");

  private ShopSchema() {}

  /** Returns a level's discount as the log states it, in percent. */
  static int discountPercent(int level) {
    return LADDER.level(level) instanceof Level.PercentOff percent
        ? percent.basisPoints() / 100
        : 0;
  }
}
