/**
 * The building blocks of a network, each with its backward pass written by hand. Internal to the
 * module: a contributor adds to it, a host does not see it.
 */
@NullMarked
package dev.discount.nn.layer;

import org.jspecify.annotations.NullMarked;
