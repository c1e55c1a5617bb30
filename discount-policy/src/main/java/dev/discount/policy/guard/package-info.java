/** Guardrails: which levels must not be chosen. */
@NullMarked
package dev.discount.policy.guard;

import org.jspecify.annotations.NullMarked;
