/** The counter-based generator: every draw is a pure function of seed, stream and index. */
@NullMarked
package dev.discount.core.internal.random;

import org.jspecify.annotations.NullMarked;
