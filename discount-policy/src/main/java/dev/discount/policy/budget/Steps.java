package dev.discount.policy.budget;

import java.util.Arrays;

/**
 * Steps from one level of a customer's hull to the next, each with what it costs, what it is worth
 * and its slope, the value for a unit of cost. Confined to one thread while it grows.
 */
final class Steps {

  private static final int LEVEL_BITS = 6;
  private static final int LEVEL_MASK = (1 << LEVEL_BITS) - 1;

  /** The slope's bits, whose order is that of the slopes as these are positive. */
  long[] slopes;

  /** The customer and the level before and after the step. */
  long[] places;

  double[] costs;
  double[] values;
  int size;

  Steps(int capacity) {
    slopes = new long[capacity];
    places = new long[capacity];
    costs = new double[capacity];
    values = new double[capacity];
  }

  /** Adds the step from a place of a hull to the next. */
  void add(int customer, LevelHull hull, int place) {
    if (size == slopes.length) {
      grow();
    }
    slopes[size] = Double.doubleToRawLongBits(hull.slope(place));
    places[size] = place(customer, hull.level(place), hull.level(place + 1));
    costs[size] = hull.cost(place + 1) - hull.cost(place);
    values[size] = hull.value(place + 1) - hull.value(place);
    size++;
  }

  private void grow() {
    int capacity = Math.max(16, slopes.length * 2);
    slopes = Arrays.copyOf(slopes, capacity);
    places = Arrays.copyOf(places, capacity);
    costs = Arrays.copyOf(costs, capacity);
    values = Arrays.copyOf(values, capacity);
  }

  private static long place(int customer, int from, int to) {
    return ((long) customer << (2 * LEVEL_BITS)) | (from << LEVEL_BITS) | to;
  }

  /** Copies a step of another list to a place of this one. */
  void copy(int to, Steps from, int at) {
    slopes[to] = from.slopes[at];
    places[to] = from.places[at];
    costs[to] = from.costs[at];
    values[to] = from.values[at];
  }

  double slope(int step) {
    return Double.longBitsToDouble(slopes[step]);
  }

  int customer(int step) {
    return (int) (places[step] >>> (2 * LEVEL_BITS));
  }

  int from(int step) {
    return (int) (places[step] >>> LEVEL_BITS) & LEVEL_MASK;
  }

  int to(int step) {
    return (int) places[step] & LEVEL_MASK;
  }
}
