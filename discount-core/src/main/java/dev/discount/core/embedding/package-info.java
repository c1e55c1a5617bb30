/** Embedding tables, and the indexes that turn ids into rows of them. */
@NullMarked
package dev.discount.core.embedding;

import org.jspecify.annotations.NullMarked;
