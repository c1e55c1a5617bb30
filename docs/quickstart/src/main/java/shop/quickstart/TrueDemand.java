package shop.quickstart;

import dev.discount.core.DiscountLadder;
import dev.discount.policy.sim.Visits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Purchases by the simulator's own probabilities. Immutable. */
final class TrueDemand implements Demand {

  /** One chosen visit. */
  private record Place(Visits visits, int visit) {}

  private final List<Place> places;

  private TrueDemand(List<Place> places) {
    this.places = places;
  }

  /**
   * Returns the demand of chosen visits.
   *
   * @param visits the visits
   * @param chosen which of them, by index
   */
  static TrueDemand of(Visits visits, int[] chosen) {
    return new TrueDemand(
        Arrays.stream(chosen).mapToObj(visit -> new Place(visits, visit)).toList());
  }

  /** Returns the demand of these visits followed by others. */
  TrueDemand followedBy(TrueDemand others) {
    return new TrueDemand(Stream.concat(places.stream(), others.places.stream()).toList());
  }

  @Override
  public int size() {
    return places.size();
  }

  @Override
  public double purchases(int place, int level, double chance) {
    Place at = places.get(place);
    return chance * at.visits().purchaseProbability(at.visit(), level);
  }

  @Override
  public long listPriceMinor(int place) {
    Place at = places.get(place);
    return at.visits().listPriceMinor(at.visit());
  }

  @Override
  public long unitCostMinor(int place) {
    Place at = places.get(place);
    return at.visits().unitCostMinor(at.visit());
  }

  /**
   * Returns the choices of who knows every purchase probability, but not who will buy: the level of
   * the largest expected profit, the smallest of equals.
   *
   * @param ladder the levels
   * @return the probability of each level, shape {@code [size, ladder.size()]}
   */
  double[] oracleChances(DiscountLadder ladder) {
    double[] chances = new double[size() * ladder.size()];
    for (int place = 0; place < size(); place++) {
      int best = 0;
      for (int level = 1; level < ladder.size(); level++) {
        if (profitMinor(ladder, place, level) > profitMinor(ladder, place, best)) {
          best = level;
        }
      }
      chances[place * ladder.size() + best] = 1;
    }
    return chances;
  }

  private double profitMinor(DiscountLadder ladder, int place, int level) {
    long netMinor = ladder.level(level).netPriceMinor(listPriceMinor(place));
    return purchases(place, level, 1) * (netMinor - unitCostMinor(place));
  }
}
