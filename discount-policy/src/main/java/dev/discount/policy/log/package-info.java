/**
 * The log of decisions: what was asked, what was decided and why, in files that show what was
 * altered; decisions made again from it; and the purchases that came later joined to it.
 */
@NullMarked
package dev.discount.policy.log;

import org.jspecify.annotations.NullMarked;
