/** What a level is worth: expected profit, revenue, conversions or units, and optional terms. */
@NullMarked
package dev.discount.policy.value;

import org.jspecify.annotations.NullMarked;
