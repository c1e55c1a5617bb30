package dev.discount.policy;

import java.util.Arrays;

/** The places of the largest values of an array, largest first, equals in order of place. */
final class TopPlaces {

  private TopPlaces() {}

  static int[] of(double[] values, int count) {
    Integer[] places = new Integer[values.length];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, (a, b) -> Double.compare(values[b], values[a]));
    return Arrays.stream(places).limit(count).mapToInt(Integer::intValue).toArray();
  }
}
