package dev.discount.policy.budget;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes over a population: cut into partitions by its size alone, a partial result for each, and
 * the partial results in order of the partitions, so that nothing depends on the number of threads.
 */
final class Sweep {

  /** The work of a pass on one partition. */
  interface Work<P> {
    /**
     * Reads a partition and returns what it gives.
     *
     * @param part the partition, not begun
     */
    P over(Part part);
  }

  private static final int BLOCK = 1024;
  private static final int PARTITIONS = 512;

  private final Population population;
  private final Crew crew;
  private final int partitionCustomers;
  private final int partitions;
  private final @Nullable Part[] parts;

  Sweep(Population population, Crew crew) {
    this.population = population;
    this.crew = crew;
    int blocks = (population.customers() - 1) / BLOCK + 1;
    int blocksEach = (blocks - 1) / PARTITIONS + 1;
    this.partitionCustomers = blocksEach * BLOCK;
    this.partitions = (blocks - 1) / blocksEach + 1;
    this.parts = new Part[crew.threads()];
  }

  Population population() {
    return population;
  }

  Crew crew() {
    return crew;
  }

  /** Runs a pass and returns the partial results in order. */
  <P> List<P> run(Work<P> work) {
    List<@Nullable P> partials = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      partials.add(null);
    }
    crew.run(
        partitions,
        (worker, task) -> {
          Part part = parts[worker];
          if (part == null) {
            part = new Part(population, BLOCK);
            parts[worker] = part;
          }
          long from = (long) task * partitionCustomers;
          long to = Math.min(from + partitionCustomers, population.customers());
          part.begin((int) from, (int) to);
          partials.set(task, work.over(part));
        });
    List<P> all = new ArrayList<>(partitions);
    for (P partial : partials) {
      if (partial != null) {
        all.add(partial);
      }
    }
    return all;
  }

  /**
   * A partition, block by block: read into arrays that the next partition uses again, or where the
   * population is an array, in its place.
   */
  static final class Part {
    private final Population population;
    private final int block;
    private final int width;
    private final boolean inPlace;
    private final float[] numbers;
    private final float[] pairs;
    private final byte[] groups;
    private final int[] marks;
    private final LevelHull hull;
    private int first;
    private int count;
    private int end;

    private Part(Population population, int block) {
      this.population = population;
      this.block = Math.min(block, population.customers());
      this.width = population.levels() * population.columns();
      float[] array = array(population);
      this.inPlace = array != null;
      this.numbers = array != null ? array : new float[this.block * width];
      this.pairs =
          population.columns() == 2 ? numbers : new float[this.block * population.levels() * 2];
      this.groups = new byte[this.block];
      this.marks = new int[this.block];
      this.hull = new LevelHull(population);
    }

    private void begin(int from, int to) {
      first = from;
      count = 0;
      end = to;
    }

    /** Reads the next block and returns whether there was one. */
    boolean next() {
      first += count;
      count = Math.min(block, end - first);
      if (count <= 0) {
        return false;
      }
      if (!inPlace) {
        population.readInto(first, count, numbers);
      }
      return true;
    }

    private static float @Nullable [] array(Population population) {
      if (population instanceof ArrayPopulation array) {
        return array.numbers();
      }
      if (population instanceof GroupedPopulation grouped) {
        return array(grouped.population());
      }
      return population instanceof PricedPopulation priced ? array(priced.population()) : null;
    }

    Population population() {
      return population;
    }

    /** Returns the first customer of the block. */
    int first() {
      return first;
    }

    /** Returns the number of customers of the block. */
    int count() {
      return count;
    }

    /** Returns the number of customers from the block's first to the partition's end. */
    int rest() {
      return end - first;
    }

    /** Returns numbers that hold the block's, shape {@code [count, levels, columns]}. */
    float[] numbers() {
      return numbers;
    }

    /** Returns where the block begins in {@link #numbers}. */
    int numbersFrom() {
      return inPlace ? first * width : 0;
    }

    /** Returns where the block begins in {@link #pairs}. */
    int pairsFrom() {
      return population.columns() == 2 ? numbersFrom() : 0;
    }

    /** Returns value and cost alone, shape {@code [count, levels, 2]}. */
    float[] pairs() {
      int columns = population.columns();
      for (int from = numbersFrom(), to = 0;
          columns > 2 && to < 2 * count * population.levels();
          to += 2) {
        pairs[to] = numbers[from];
        pairs[to + 1] = numbers[from + 1];
        from += columns;
      }
      return pairs;
    }

    /** Returns room for marks on the block's customers, shape {@code [>= count]}. */
    int[] marks() {
      return marks;
    }

    /** Reads and returns the block's groups, shape {@code [count]}. */
    byte[] groups() {
      population.groupsInto(first, count, groups);
      return groups;
    }

    /** Returns the worker's own hull. */
    LevelHull hull() {
      return hull;
    }
  }
}
