package dev.discount.core.metric;

import java.util.BitSet;

/**
 * The share of the catalogue that is offered to anybody at all.
 *
 * <p>The number of distinct items in all lists over the number of items in the catalogue [1].
 *
 * <p>[1] M. Ge, C. Delgado-Battenfeld and D. Jannach, RecSys 2010, section 3.1
 */
public final class CatalogueCoverage {

  private CatalogueCoverage() {}

  /**
   * Returns the coverage.
   *
   * @param items the offered items of all lists in a row, each in [0, catalogueSize); may repeat
   * @param catalogueSize the number of items there are, at least 1
   * @return the coverage, in [0, 1]
   */
  public static double of(int[] items, int catalogueSize) {
    if (catalogueSize < 1) {
      throw new IllegalArgumentException("catalogueSize must be >= 1, got " + catalogueSize);
    }
    BitSet offered = new BitSet(catalogueSize);
    for (int i = 0; i < items.length; i++) {
      if (items[i] < 0 || items[i] >= catalogueSize) {
        throw Checks.rule("items", i, "in [0, " + catalogueSize + ")", items[i]);
      }
      offered.set(items[i]);
    }
    return (double) offered.cardinality() / catalogueSize;
  }
}
