/**
 * The SIMD twin of the kernels; the only published package that knows {@code jdk.incubator.vector}.
 */
@NullMarked
package dev.discount.core.internal.kernel.panama;

import org.jspecify.annotations.NullMarked;
