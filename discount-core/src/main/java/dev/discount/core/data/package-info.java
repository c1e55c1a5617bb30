/** Rows in: schema, raw rows, row sources, and the encoder that turns them into numbers. */
@NullMarked
package dev.discount.core.data;

import org.jspecify.annotations.NullMarked;
