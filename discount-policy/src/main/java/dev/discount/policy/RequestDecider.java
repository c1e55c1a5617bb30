package dev.discount.policy;

import dev.discount.core.Offer;
import dev.discount.core.data.Rows;
import java.util.List;

/**
 * Answers requests of the easy door with immutable decisions, one at a time or ranked in a batch.
 * Confined to one thread at a time; kept idle in a {@link SessionPool}.
 */
final class RequestDecider {

  private final RowDecider decider;
  private final RowWriter writer;
  private final Rows rows;

  RequestDecider(EngineState state) {
    this.decider = new RowDecider(state);
    this.writer = new RowWriter(state.model.schema(), state.withheld);
    this.rows = decider.rows();
  }

  /** Decides one request. */
  Decision decide(DecisionRequest request) {
    rows.clear();
    rows.add();
    writer.write(request, rows, 0);
    decider.score();
    return decision(request, 0, 0);
  }

  /**
   * Scores some requests of a list in one batch, and states what each is worth at the level that it
   * would get now.
   *
   * @param requests the list
   * @param places the places of those requests in the list, which become the rows 0, 1, ...
   * @param values receives the values at those places
   */
  void rank(List<DecisionRequest> requests, int[] places, double[] values) {
    rows.clear();
    for (int row = 0; row < places.length; row++) {
      rows.add();
    }
    for (int row = 0; row < places.length; row++) {
      writer.write(requests.get(places[row]), rows, row);
    }
    decider.score();
    for (int row = 0; row < places.length; row++) {
      DecisionRequest request = requests.get(places[row]);
      state(request);
      decider.rehearse(row, request.allowedLevels(), places[row]);
      values[places[row]] = decider.context().value(decider.levelIndex());
    }
  }

  /**
   * Decides a request whose row is scored.
   *
   * @param row the row's index
   * @param place the request's place in its list, part of the draw
   */
  Decision decision(DecisionRequest request, int row, int place) {
    state(request);
    decider.choose(row, request.allowedLevels(), place);
    DecisionContext context = decider.context();
    ChoiceRule choice = decider.choice();
    DecisionTerms terms = decider.state().terms;
    int levels = terms.ladder().size();
    int columns = Decision.COLUMNS + terms.value().columns();
    double[] numbers = new double[columns * levels];
    context.copyInto(numbers, Decision.PURCHASE * levels);
    choice.copyInto(numbers, Decision.CHANCE * levels);
    if (columns > Decision.COLUMNS) {
      context.copyTermsInto(numbers, Decision.COLUMNS * levels);
    }
    Closings closings = choice.closings(context, decider.tags());
    return new Decision(terms, request, decider.levelIndex(), numbers, closings);
  }

  private void state(DecisionRequest request) {
    Offer offer = request.offer();
    DecisionContext context = decider.context();
    context.offer(offer.itemId(), offer.listPriceMinor(), offer.unitCostMinor());
    context.decision(request.decisionId(), request.timeMillis(), request.campaign());
  }
}
