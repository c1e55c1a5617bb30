package dev.discount.policy.budget;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Currency;
import java.util.Optional;

/**
 * What each level is worth and costs for each customer: the input of a {@link BudgetSolver}, which
 * reads it in ranges, several times and from several threads. Implementations are immutable and
 * safe for concurrent use.
 *
 * <p>Numbers are float32 in columns: column 0 is the value (what is maximised), column 1 the cost
 * (what is limited), further columns are the host's, such as revenue. Value and cost may have any
 * sign; everything is finite, except that a level closed to a customer has value negative infinity.
 * Every customer needs an open level.
 */
public interface Population {

  /** The column of the value. */
  int VALUE = 0;

  /** The column of the cost. */
  int COST = 1;

  /** The most levels a population may have. */
  int MAX_LEVELS = 64;

  /** Returns the number of customers, at least 1. */
  int customers();

  /** Returns the number of levels of each customer, from 1 to {@link #MAX_LEVELS}. */
  int levels();

  /** Returns the number of columns, at least 2. */
  default int columns() {
    return 2;
  }

  /** Returns the number of groups customers belong to, from 1 to 256. */
  default int groups() {
    return 1;
  }

  /** Returns the currency of the costs, empty if none was stated. */
  default Optional<Currency> currency() {
    return Optional.empty();
  }

  /**
   * Reads the numbers of a range of customers.
   *
   * @param firstCustomer the first customer
   * @param count the number of customers
   * @param out the numbers, shape {@code [count, levels, columns]}
   */
  void readInto(int firstCustomer, int count, float[] out);

  /**
   * Reads the groups of a range of customers, each in [0, groups) as an unsigned byte.
   *
   * @param firstCustomer the first customer
   * @param count the number of customers
   * @param out the groups, shape {@code [>= count]}
   */
  default void groupsInto(int firstCustomer, int count, byte[] out) {
    Arrays.fill(out, 0, count, (byte) 0);
  }

  /**
   * Returns a population in memory.
   *
   * @param levels the number of levels
   * @param numbers value and cost of each level, shape {@code [customers, levels, 2]}; not copied
   *     and not to be changed
   * @throws IllegalArgumentException if the length is not a multiple of {@code 2 * levels}
   */
  static Population of(int levels, float[] numbers) {
    return of(levels, 2, numbers);
  }

  /**
   * Returns a population in memory with columns of the host's.
   *
   * @param levels the number of levels
   * @param columns the number of columns, at least 2
   * @param numbers the numbers, shape {@code [customers, levels, columns]}; not copied and not to
   *     be changed
   * @throws IllegalArgumentException if the length is not a multiple of {@code levels * columns}
   */
  static Population of(int levels, int columns, float[] numbers) {
    return new ArrayPopulation(levels, columns, numbers);
  }

  /**
   * Returns a population in a file of little-endian float32 pairs (value, cost), customers one
   * after another, without a header. The file is mapped, not read, and must not be changed while
   * the population is in use.
   *
   * @param levels the number of levels
   * @param file the file
   * @throws dev.discount.core.data.DataFormatException if the file does not hold whole customers
   * @throws java.io.UncheckedIOException if the file cannot be mapped
   */
  static Population open(int levels, Path file) {
    return FilePopulation.open(levels, file);
  }

  /**
   * Returns this population with customers in groups, such as categories, campaigns or segments.
   *
   * @param groups the number of groups, from 1 to 256
   * @param groupOf the group of each customer as an unsigned byte, shape {@code [customers]}; not
   *     copied and not to be changed
   * @throws IllegalArgumentException if there is not one group in [0, groups) for each customer
   */
  default Population withGroups(int groups, byte[] groupOf) {
    return new GroupedPopulation(this, groups, groupOf);
  }

  /**
   * Returns this population with a statement of the currency whose minor units its costs are in.
   *
   * @param currency the currency
   */
  default Population inCurrency(Currency currency) {
    return new PricedPopulation(this, currency);
  }
}
