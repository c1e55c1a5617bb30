/** Models and deciders for a host's unit tests. */
@NullMarked
package dev.discount.policy.testing;

import org.jspecify.annotations.NullMarked;
