/** What a policy is worth, estimated from a log of another policy's decisions. */
@NullMarked
package dev.discount.policy.ope;

import org.jspecify.annotations.NullMarked;
