package dev.discount.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests to be ranked by what their best levels are worth. Those that opt out are scored in a
 * batch of their own, by the other model; all are ranked together. Confined to one thread.
 */
final class ItemRanking {

  private final List<DecisionRequest> requests;
  private final RequestDecider[] deciders;
  private final int[] rows;
  private final double[] values;

  ItemRanking(List<DecisionRequest> requests) {
    this.requests = requests;
    this.deciders = new RequestDecider[requests.size()];
    this.rows = new int[requests.size()];
    this.values = new double[requests.size()];
  }

  /** Returns the places of the requests that opt out, or of those that do not. */
  int[] places(boolean optedOut) {
    return IntStream.range(0, requests.size())
        .filter(place -> requests.get(place).optedOut() == optedOut)
        .toArray();
  }

  /** Lets a decider score the requests at some places. */
  void rank(RequestDecider decider, int[] places) {
    decider.rank(requests, places, values);
    for (int row = 0; row < places.length; row++) {
      deciders[places[row]] = decider;
      rows[places[row]] = row;
    }
  }

  /** Decides the best requests, all of which are ranked. */
  List<Decision> best(int count) {
    List<Decision> best = new ArrayList<>();
    for (int place : TopPlaces.of(values, count)) {
      best.add(deciders[place].decision(requests.get(place), rows[place], place));
    }
    return best;
  }
}
