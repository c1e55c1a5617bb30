package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers which discount, if any, a customer gets on an offer. What a host's code depends on:
 * {@link DecisionEngine} in production, {@code dev.discount.policy.testing.FixedDecider} in its
 * unit tests. Safe for concurrent use.
 */
public interface Decider {

  /** Returns the levels that can be decided. */
  DiscountLadder ladder();

  /**
   * Decides one offer.
   *
   * @param request the customer, the offer and the features
   * @throws IllegalArgumentException if the request does not fit the model's schema
   */
  Decision decide(DecisionRequest request);

  /**
   * Decides every request and returns the best, by expected profit at the chosen level; equals stay
   * in the order given.
   *
   * @param requests one for each item, with the item's own features
   * @param count the largest number of decisions to return, at least 1
   * @throws IllegalArgumentException if a request does not fit the model's schema
   */
  List<Decision> topItems(List<DecisionRequest> requests, int count);

  /**
   * Decides many offers to one customer and returns the best, by expected profit at the chosen
   * level; equals stay in the order given.
   *
   * @param customer the customer and the features that hold for all offers; its own offer is not
   *     ranked
   * @param offers the items
   * @param count the largest number of decisions to return, at least 1
   * @throws IllegalArgumentException if the request does not fit the model's schema
   */
  default List<Decision> topItems(DecisionRequest customer, List<Offer> offers, int count) {
    List<DecisionRequest> requests = new ArrayList<>(offers.size());
    for (Offer offer : offers) {
      requests.add(customer.withOffer(offer));
    }
    return topItems(requests, count);
  }
}
