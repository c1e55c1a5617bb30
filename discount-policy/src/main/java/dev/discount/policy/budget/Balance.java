package dev.discount.policy.budget;

import java.util.Currency;

/**
 * Where the money of a budget is, in minor units: {@code budget = free + reserved + spent}.
 *
 * @param budget the budget's name
 * @param currency its currency
 * @param budgetMinor all of it
 * @param freeMinor what can be reserved; negative while the budget has been lowered below what is
 *     reserved and spent
 * @param reservedMinor what is reserved or leased, and neither spent nor given back
 * @param spentMinor what is spent
 */
public record Balance(
    String budget,
    Currency currency,
    long budgetMinor,
    long freeMinor,
    long reservedMinor,
    long spentMinor) {}
