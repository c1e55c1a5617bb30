/** The decision: request, engine, session, policy, guardrail, and what comes out. */
@NullMarked
package dev.discount.policy;

import org.jspecify.annotations.NullMarked;
