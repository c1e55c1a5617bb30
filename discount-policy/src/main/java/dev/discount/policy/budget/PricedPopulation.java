package dev.discount.policy.budget;

import java.util.Currency;
import java.util.Optional;

/** Another population with a statement of its currency. */
final class PricedPopulation implements Population {

  private final Population population;
  private final Currency stated;

  PricedPopulation(Population population, Currency stated) {
    this.population = population;
    this.stated = stated;
  }

  Population population() {
    return population;
  }

  @Override
  public int customers() {
    return population.customers();
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
  public Optional<Currency> currency() {
    return Optional.of(stated);
  }

  @Override
  public void readInto(int firstCustomer, int count, float[] out) {
    population.readInto(firstCustomer, count, out);
  }

  @Override
  public void groupsInto(int firstCustomer, int count, byte[] out) {
    population.groupsInto(firstCustomer, count, out);
  }
}
