/** Response networks, their training, and models of several of them. */
@NullMarked
package dev.discount.nn;

import org.jspecify.annotations.NullMarked;
