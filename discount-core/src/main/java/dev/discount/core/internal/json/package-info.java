/** Strict reading of JSON objects. Internal. */
@NullMarked
package dev.discount.core.internal.json;

import org.jspecify.annotations.NullMarked;
