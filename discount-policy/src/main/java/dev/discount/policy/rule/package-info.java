/** Policies: how a level is chosen among those that are open. */
@NullMarked
package dev.discount.policy.rule;

import org.jspecify.annotations.NullMarked;
