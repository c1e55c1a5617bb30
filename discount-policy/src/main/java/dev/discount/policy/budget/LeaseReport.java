package dev.discount.policy.budget;

/**
 * What an instance says about its lease. Can be sent as JSON.
 *
 * @param leaseId the lease
 * @param spentMinor all that was ever spent from it, in minor units
 * @param returnedMinor all that was ever given back, which the instance can no longer spend
 */
public record LeaseReport(long leaseId, long spentMinor, long returnedMinor) {}
