package shop.quickstart;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.ope.LoggedChoices;

/**
 * The probabilities with which a log's levels had been chosen: from its column, or, where it has
 * none, the share of the test rows at each level, which is right if levels were drawn at random
 * whoever the customer was. Immutable.
 */
final class Propensities {

  private final double[] byPlace;
  private final boolean stated;

  private Propensities(double[] byPlace, boolean stated) {
    this.byPlace = byPlace;
    this.stated = stated;
  }

  /**
   * Returns the propensities of the offers made to test rows.
   *
   * @param log the log
   * @param test the offers of the test rows, at least one
   */
  static Propensities of(Rows log, LoggedOffers test) {
    Schema schema = log.schema();
    boolean stated = schema.slot(Field.Role.PROPENSITY) != Schema.NONE;
    int[] rows = test.rows();
    double[] shares = LoggedChoices.frequencies(schema.ladder().size(), test.levels());
    double[] byPlace = new double[test.size()];
    for (int place = 0; place < byPlace.length; place++) {
      byPlace[place] = stated ? schema.propensity(log, rows[place]) : shares[test.level(place)];
    }
    return new Propensities(byPlace, stated);
  }

  /** Returns the probability with which the level of a row had been chosen, by place. */
  double of(int place) {
    return byPlace[place];
  }

  /** Returns whether the log states its propensities. */
  boolean stated() {
    return stated;
  }
}
