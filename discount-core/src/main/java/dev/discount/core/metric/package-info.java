/** How good predictions and decisions are: one class per metric, each with its definition. */
@NullMarked
package dev.discount.core.metric;

import org.jspecify.annotations.NullMarked;
