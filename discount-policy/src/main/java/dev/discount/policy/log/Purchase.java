package dev.discount.policy.log;

/**
 * A purchase that followed a decision, as a shop's orders tell it. Immutable.
 *
 * @param purchaseId the id of the purchase; a second one with the same id is a duplicate
 * @param decisionId the id of the decision it followed
 * @param place the decision's place in its batch, 0 outside batches
 * @param timeMillis when it was made, in milliseconds since 1970
 * @param arrivedMillis when it became known, in milliseconds since 1970, not before it was made
 * @param valueMinor what was paid, in minor units, not negative
 */
public record Purchase(
    long purchaseId,
    long decisionId,
    int place,
    long timeMillis,
    long arrivedMillis,
    long valueMinor) {

  /** Checks the numbers. */
  public Purchase {
    if (place < 0) {
      throw new IllegalArgumentException("place must be >= 0, got " + place);
    }
    if (arrivedMillis < timeMillis) {
      throw new IllegalArgumentException(
          "arrivedMillis must be >= timeMillis=" + timeMillis + ", got " + arrivedMillis);
    }
    if (valueMinor < 0) {
      throw new IllegalArgumentException("valueMinor must be >= 0, got " + valueMinor);
    }
  }
}
