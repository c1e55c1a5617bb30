/** A simulated shop whose purchase probabilities are known. */
@NullMarked
package dev.discount.policy.sim;

import org.jspecify.annotations.NullMarked;
