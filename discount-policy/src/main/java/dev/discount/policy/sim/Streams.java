package dev.discount.policy.sim;

/** The streams of a shop's random draws, one for each purpose. */
final class Streams {

  static final long DIRECTION = 1;
  static final long CUSTOMER = 2;
  static final long ITEM = 3;
  static final long ITEM_PRICE = 4;
  static final long ITEM_MARGIN = 5;
  static final long VISIT_CUSTOMER = 6;
  static final long VISIT_ITEM = 7;
  static final long VISIT_NOISE = 8;
  static final long VISIT_TIME = 9;
  static final long OFFER = 10;
  static final long PURCHASE = 11;
  static final long BASKET = 12;

  private Streams() {}
}
