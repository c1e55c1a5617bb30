package dev.discount.policy.budget;

/**
 * A pass that leaves undecided only what depends on the price of money within a range: customers
 * whose best level is the same at both ends get it, the others give their steps within the range.
 *
 * @param low the lower price, at least 0
 * @param high the higher price
 * @param levels the level of each customer after all steps of slope {@code high} and above, filled
 *     by the pass, shape {@code [customers]}
 */
record Bracket(double low, double high, byte[] levels) implements Sweep.Work<Bracket.Partial> {

  private static final int LEVEL_MASK = Population.MAX_LEVELS - 1;

  /** A price above any slope that two pairs of floats can have. */
  static final double ABOVE_ALL = 0x1p300;

  /**
   * Marks the level of a customer for whom the range of prices leaves more than one; the others'
   * level is the best at every price in it.
   */
  static final byte UNDECIDED = 0x40;

  /** What a partition gives: cost and value of its levels, and the steps left to take. */
  static final class Partial {
    final PreciseSum cost = new PreciseSum();
    final PreciseSum value = new PreciseSum();
    final Steps steps;

    Partial(int capacity) {
      this.steps = new Steps(capacity);
    }
  }

  /** Returns a bracket that leaves every step to take. */
  static Bracket everything(int customers) {
    return new Bracket(0, ABOVE_ALL, new byte[customers]);
  }

  private boolean isEverything() {
    return low == 0 && high == ABOVE_ALL;
  }

  @Override
  public Partial over(Sweep.Part part) {
    int levelCount = part.population().levels();
    Partial partial = null;
    while (part.next()) {
      if (partial == null) {
        partial = new Partial(isEverything() ? part.rest() * Math.min(4, levelCount) : 64);
      }
      float[] pairs = part.pairs();
      int undecided = isEverything() ? all(part) : decide(part, pairs, partial);
      for (int u = 0; u < undecided; u++) {
        byHull(part, part.marks()[u], pairs, partial);
      }
    }
    return partial == null ? new Partial(0) : partial;
  }

  private static int all(Sweep.Part part) {
    for (int i = 0; i < part.count(); i++) {
      part.marks()[i] = i;
    }
    return part.count();
  }

  /**
   * Gives customers the level that is best at both prices, marks the others and returns how many.
   * Going up while the next level is better finds the best at the low price for most customers;
   * holding it against all levels at both prices costs less than finding the best twice, since its
   * comparisons almost always end the same way.
   */
  private int decide(Sweep.Part part, float[] pairs, Partial partial) {
    int count = part.count();
    int width = 2 * part.population().levels();
    int first = part.first();
    int[] marks = part.marks();
    int marked = 0;
    PreciseSum cost = new PreciseSum();
    PreciseSum value = new PreciseSum();
    for (int i = 0, at = part.pairsFrom(); i < count; i++, at += width) {
      int chosen = climb(pairs, at, at + width);
      boolean decided = isBest(pairs, at, at + width, chosen);
      if (!decided) {
        chosen = bestAtLow(pairs, at, width);
        decided = isBest(pairs, at, at + width, chosen);
      }
      if (decided) {
        value.add(pairs[chosen]);
        cost.add(pairs[chosen + 1]);
        levels[first + i] = (byte) ((chosen - at) >> 1);
      } else {
        marks[marked++] = i;
      }
    }
    partial.cost.add(cost);
    partial.value.add(value);
    return marked;
  }

  /** Returns the place of the first level that is better at the low price than the next. */
  private int climb(float[] pairs, int from, int to) {
    int p = from;
    double worth = pairs[p] - low * pairs[p + 1];
    for (int next = p + 2; next < to; next += 2) {
      double above = pairs[next] - low * pairs[next + 1];
      if (!(above > worth)) {
        break;
      }
      worth = above;
      p = next;
    }
    return p;
  }

  /**
   * Returns whether no level is worth more than one at either price. A number that is not as a
   * population promises gives false, so that the hull finds it.
   */
  private boolean isBest(float[] pairs, int from, int to, int chosen) {
    double atLow = pairs[chosen] - low * pairs[chosen + 1];
    double atHigh = pairs[chosen] - high * pairs[chosen + 1];
    for (int p = from; p < to; p += 2) {
      double value = pairs[p];
      double cost = pairs[p + 1];
      if (!(value - low * cost <= atLow && value - high * cost <= atHigh)
          || !(cost < Double.POSITIVE_INFINITY)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the place of the level of the largest worth at the low price, the first of equals.
   * Worth and level share one long and the larger long wins without a branch. The bits that the
   * level takes are those beyond the 45th of the worth.
   */
  private int bestAtLow(float[] pairs, int at, int width) {
    long best = Long.MIN_VALUE >> 1;
    for (int p = 0; p < width; p += 2) {
      double worth = pairs[at + p] - low * pairs[at + p + 1];
      best = larger(best, key(worth, p >> 1));
    }
    return at + 2 * (LEVEL_MASK - (int) (best & LEVEL_MASK));
  }

  /** Returns a long in the order of worth, the first level the largest of equals. */
  private static long key(double worth, int level) {
    long bits = Double.doubleToRawLongBits(worth);
    long ordered = (bits ^ (bits >> 63 >>> 1)) >> 1;
    return (ordered | LEVEL_MASK) - level;
  }

  /** Returns the larger of two longs that are less than 2^63 apart. */
  private static long larger(long a, long b) {
    long difference = a - b;
    return a - (difference & (difference >> 63));
  }

  private void byHull(Sweep.Part part, int i, float[] pairs, Partial partial) {
    LevelHull hull = part.hull();
    int customer = part.first() + i;
    hull.fill(customer, pairs, part.pairsFrom() + 2 * i * part.population().levels());
    int place = 0;
    while (place + 1 < hull.size() && hull.slope(place) >= high) {
      place++;
    }
    levels[customer] = (byte) (UNDECIDED | hull.level(place));
    partial.cost.add(hull.cost(place));
    partial.value.add(hull.value(place));
    for (; place + 1 < hull.size() && hull.slope(place) > low; place++) {
      partial.steps.add(customer, hull, place);
    }
  }
}
