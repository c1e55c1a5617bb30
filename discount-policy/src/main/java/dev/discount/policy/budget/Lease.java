package dev.discount.policy.budget;

/**
 * A sum that a named instance of the host may spend by itself until some time. Every number only
 * grows while the lease lasts, so a message that is lost, repeated or late does no harm. Can be
 * sent as JSON.
 *
 * @param id the lease's id, above 0
 * @param instance the name of the instance
 * @param budget the name of the budget
 * @param currency the budget's currency, ISO 4217
 * @param grantedMinor all that was granted so far, in minor units
 * @param returnedMinor what of it the instance has given back
 * @param spentMinor what of it the instance has reported as spent
 * @param untilMillis when the instance has to stop, in milliseconds since 1970
 */
public record Lease(
    long id,
    String instance,
    String budget,
    String currency,
    long grantedMinor,
    long returnedMinor,
    long spentMinor,
    long untilMillis) {

  /** Returns what counts as gone though nobody has reported what became of it. */
  public long heldMinor() {
    return grantedMinor - returnedMinor - spentMinor;
  }
}
