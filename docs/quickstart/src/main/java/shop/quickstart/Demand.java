package shop.quickstart;

/**
 * The purchases of a population under a policy, customer by customer: known by a simulator, or
 * estimated from a log. Immutable.
 */
interface Demand {

  /** Returns the number of customers, one offer each. */
  int size();

  /**
   * Returns the purchases that an offer is worth.
   *
   * @param place the customer
   * @param level the level
   * @param chance the probability with which the policy chooses the level
   * @return the expected number of purchases at this level, or an unbiased estimate of it
   */
  double purchases(int place, int level, double chance);

  /** Returns the list price of what a customer is offered, in minor units. */
  long listPriceMinor(int place);

  /** Returns what the offered unit costs the shop, in minor units. */
  long unitCostMinor(int place);
}
