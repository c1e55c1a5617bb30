package shop.quickstart;

import dev.discount.core.data.Rows;

/**
 * Purchases estimated from a log by inverse propensity: what came of the offered level, weighted by
 * how much likelier or unlikelier the policy would have offered it. Immutable.
 */
final class LoggedDemand implements Demand {

  private final Rows log;
  private final LoggedOffers offers;
  private final Propensities propensities;
  private final int[] rows;

  LoggedDemand(Rows log, LoggedOffers offers, Propensities propensities) {
    this.log = log;
    this.offers = offers;
    this.propensities = propensities;
    this.rows = offers.rows();
  }

  @Override
  public int size() {
    return offers.size();
  }

  @Override
  public double purchases(int place, int level, double chance) {
    return level == offers.level(place)
        ? chance / propensities.of(place) * offers.outcome(place)
        : 0;
  }

  @Override
  public long listPriceMinor(int place) {
    return log.schema().priceMinor(log, rows[place]);
  }

  @Override
  public long unitCostMinor(int place) {
    return log.schema().costMinor(log, rows[place]);
  }
}
