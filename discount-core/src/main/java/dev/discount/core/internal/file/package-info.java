/** Files that are either old or new, never half written. */
@NullMarked
package dev.discount.core.internal.file;

import org.jspecify.annotations.NullMarked;
