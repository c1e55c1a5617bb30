/** What the machine can do at best, measured through {@code jdk.incubator.vector}. */
@NullMarked
package dev.discount.bench.panama;

import org.jspecify.annotations.NullMarked;
