package dev.discount.policy.budget;

import java.util.List;

/**
 * A pass that recomputes a choice from the population: its value, its cost and what customers would
 * take at a price of money. Only undecided customers are asked again for their best level: that of
 * the others was compared with all levels at both ends of a range in which the price lies.
 *
 * @param levels the level of each customer, marked where undecided
 * @param price the price of money, at least 0
 */
record Audit(byte[] levels, double price) implements Sweep.Work<Audit.Partial> {

  /** The sums of a partition. */
  static final class Partial {
    private final PreciseSum value = new PreciseSum();
    private final PreciseSum cost = new PreciseSum();
    private final PreciseSum surplus = new PreciseSum();

    double value() {
      return value.value();
    }

    double cost() {
      return cost.value();
    }

    /** Returns the sum over the customers of the largest value less price times cost. */
    double surplus() {
      return surplus.value();
    }
  }

  /** Runs the pass and adds up. */
  static Partial of(Sweep sweep, byte[] levels, double price) {
    List<Partial> partials = sweep.run(new Audit(levels, price));
    Partial sum = new Partial();
    for (Partial partial : partials) {
      sum.value.add(partial.value);
      sum.cost.add(partial.cost);
      sum.surplus.add(partial.surplus);
    }
    return sum;
  }

  @Override
  public Partial over(Sweep.Part part) {
    Partial partial = new Partial();
    while (part.next()) {
      block(part, partial);
    }
    return partial;
  }

  private void block(Sweep.Part part, Partial partial) {
    float[] pairs = part.pairs();
    int from = part.pairsFrom();
    int count = part.count();
    int first = part.first();
    int levelCount = part.population().levels();
    PreciseSum surplus = new PreciseSum();
    PreciseSum value = new PreciseSum();
    PreciseSum cost = new PreciseSum();
    for (int i = 0; i < count; i++) {
      int at = from + 2 * i * levelCount;
      byte level = levels[first + i];
      int chosen = at + 2 * (level & ~Bracket.UNDECIDED);
      value.add(pairs[chosen]);
      cost.add(pairs[chosen + 1]);
      double worth = pairs[chosen] - price * pairs[chosen + 1];
      boolean decided = (level & Bracket.UNDECIDED) == 0;
      surplus.add(decided ? worth : best(pairs, at, levelCount, price));
    }
    partial.surplus.add(surplus);
    partial.value.add(value);
    partial.cost.add(cost);
  }

  private static double best(float[] pairs, int at, int levelCount, double price) {
    double best = Double.NEGATIVE_INFINITY;
    for (int p = at; p < at + 2 * levelCount; p += 2) {
      best = Math.max(best, pairs[p] - price * pairs[p + 1]);
    }
    return best;
  }
}
