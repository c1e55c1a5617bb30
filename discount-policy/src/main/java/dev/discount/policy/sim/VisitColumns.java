package dev.discount.policy.sim;

/**
 * Who came for what and when.
 *
 * @param customers the customers, by index from 0
 * @param items the items, by index from 0
 * @param days the times in days, rising
 * @param firstVisit the number of the first visit; visits are numbered on, and no two of a shop
 *     share a number
 */
record VisitColumns(int[] customers, int[] items, double[] days, long firstVisit) {

  int size() {
    return customers.length;
  }
}
