/** Number crunching: one set of kernels, a scalar and a SIMD twin with equal bits. */
@NullMarked
package dev.discount.core.internal.kernel;

import org.jspecify.annotations.NullMarked;
