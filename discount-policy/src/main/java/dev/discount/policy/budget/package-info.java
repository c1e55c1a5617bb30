/**
 * The best use of a sum of money: which customer gets which level when not all can have the best.
 */
@NullMarked
package dev.discount.policy.budget;

import org.jspecify.annotations.NullMarked;
