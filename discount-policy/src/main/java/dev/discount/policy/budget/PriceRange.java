package dev.discount.policy.budget;

/**
 * A range of prices in which the shadow price of a budget probably lies, from the exact path of a
 * sample.
 */
final class PriceRange {

  /*
   * The sample's cost at a price is a sum over runs of neighbouring customers; the spread of the
   * runs' sums gives its standard error, however alike neighbours are. Three of them to each side
   * miss once in some four hundred populations, and a miss costs time only.
   */

  private static final int RUNS = 1024;
  private static final int SMALLEST = 4 * RUNS * SampledPopulation.RUN;
  private static final double STANDARD_ERRORS = 3;

  /** Keeps steps at an end of the range clear of its rounding: floats have 24 bits, doubles 53. */
  private static final double WIDER = 0x1p-20;

  private PriceRange() {}

  /** Returns the bracket to try first. */
  static Bracket first(Population population, double budget, BudgetSolver solver) {
    int customers = population.customers();
    if (customers < SMALLEST) {
      return Bracket.everything(customers);
    }
    try {
      return around(new SampledPopulation(population, RUNS), budget, solver);
    } catch (IllegalArgumentException e) {
      // A bad number, which a pass over all customers will find again and name by its customer.
      return Bracket.everything(customers);
    }
  }

  private static Bracket around(SampledPopulation sample, double budget, BudgetSolver solver) {
    BudgetPath path = solver.path(sample);
    double share = budget / sample.weight();
    double margin = STANDARD_ERRORS * standardError(sample, path, share);
    double most = share - margin;
    double low = path.shadowPrice(Math.max(share + margin, path.leastCost()));
    double high = most < path.leastCost() ? Bracket.ABOVE_ALL : path.shadowPrice(most);
    return new Bracket(below(low), above(high), new byte[sample.sampledCustomers()]);
  }

  /** Returns the bracket of all prices above one that was too narrow. */
  static Bracket higher(Bracket narrow) {
    return new Bracket(below(narrow.high()), Bracket.ABOVE_ALL, narrow.levels());
  }

  /** Returns the bracket of all prices below one that was too narrow. */
  static Bracket lower(Bracket narrow) {
    return new Bracket(0, above(narrow.low()), narrow.levels());
  }

  private static double below(double price) {
    return price * (1 - WIDER);
  }

  private static double above(double price) {
    return price >= Bracket.ABOVE_ALL ? Bracket.ABOVE_ALL : price * (1 + WIDER);
  }

  /** Returns the standard error of the sample's cost where it is near a budget. */
  private static double standardError(SampledPopulation sample, BudgetPath path, double budget) {
    byte[] levels = path.levels(Math.max(budget, path.leastCost()));
    int columns = sample.columns();
    int width = sample.levels() * columns;
    float[] numbers = new float[SampledPopulation.RUN * width];
    double sum = 0;
    double squares = 0;
    for (int customer = 0; customer < levels.length; customer += SampledPopulation.RUN) {
      sample.readInto(customer, SampledPopulation.RUN, numbers);
      double run = 0;
      for (int i = 0; i < SampledPopulation.RUN; i++) {
        run += numbers[i * width + (levels[customer + i] & ~Bracket.UNDECIDED) * columns + 1];
      }
      sum += run;
      squares += run * run;
    }
    return Math.sqrt(Math.max(0, squares - sum * sum / RUNS));
  }
}
