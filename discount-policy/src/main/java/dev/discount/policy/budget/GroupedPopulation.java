package dev.discount.policy.budget;

import java.util.Currency;
import java.util.Optional;

/** Another population with a group for each customer. */
final class GroupedPopulation implements Population {

  private final Population population;
  private final int groups;
  private final byte[] groupOf;

  GroupedPopulation(Population population, int groups, byte[] groupOf) {
    Requirements.groups(groups);
    if (groupOf.length != population.customers()) {
      throw new IllegalArgumentException(
          "groupOf must have length " + population.customers() + ", got " + groupOf.length);
    }
    for (int i = 0; i < groupOf.length; i++) {
      if ((groupOf[i] & 0xFF) >= groups) {
        throw new IllegalArgumentException(
            "groupOf[" + i + "] must be in [0, " + groups + "), got " + (groupOf[i] & 0xFF));
      }
    }
    this.population = population;
    this.groups = groups;
    this.groupOf = groupOf;
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
    return groups;
  }

  @Override
  public Optional<Currency> currency() {
    return population.currency();
  }

  @Override
  public void readInto(int firstCustomer, int count, float[] out) {
    population.readInto(firstCustomer, count, out);
  }

  @Override
  public void groupsInto(int firstCustomer, int count, byte[] out) {
    System.arraycopy(groupOf, firstCustomer, out, 0, count);
  }
}
