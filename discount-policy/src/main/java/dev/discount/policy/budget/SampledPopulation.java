package dev.discount.policy.budget;

/**
 * Runs of neighbouring customers at equal distances: a sample whose reading costs what its size
 * says.
 */
final class SampledPopulation implements Population {

  static final int RUN = 16;

  private final Population population;
  private final int runs;

  /**
   * Makes a sample.
   *
   * @param population where from
   * @param runs the number of runs, of which {@code population} has at least as many
   */
  SampledPopulation(Population population, int runs) {
    this.population = population;
    this.runs = runs;
  }

  /** Returns the number of customers for which one of the sample stands. */
  double weight() {
    return (double) population.customers() / customers();
  }

  /** Returns the number of customers from whom the sample is taken. */
  int sampledCustomers() {
    return population.customers();
  }

  @Override
  public int customers() {
    return runs * RUN;
  }

  @Override
  public int levels() {
    return population.levels();
  }

  @Override
  public int columns() {
    return population.columns();
  }

  @Override
  public int groups() {
    return population.groups();
  }

  @Override
  public void readInto(int firstCustomer, int count, float[] out) {
    int width = levels() * columns();
    float[] run = new float[RUN * width];
    for (int done = 0; done < count; ) {
      int customer = firstCustomer + done;
      int skip = customer % RUN;
      int here = Math.min(RUN - skip, count - done);
      population.readInto(place(customer), here, run);
      System.arraycopy(run, 0, out, done * width, here * width);
      done += here;
    }
  }

  @Override
  public void groupsInto(int firstCustomer, int count, byte[] out) {
    byte[] one = new byte[1];
    for (int i = 0; i < count; i++) {
      population.groupsInto(place(firstCustomer + i), 1, one);
      out[i] = one[0];
    }
  }

  /** Returns the customer behind one of the sample. */
  private int place(int customer) {
    long last = (long) population.customers() - RUN;
    long run = customer / RUN;
    long from = runs == 1 ? 0 : run * last / (runs - 1);
    return (int) from + customer % RUN;
  }
}
