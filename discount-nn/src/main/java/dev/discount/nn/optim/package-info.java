/**
 * How weights move along a gradient: optimisers, learning-rate schedules, clipping. Internal to the
 * module.
 */
@NullMarked
package dev.discount.nn.optim;

import org.jspecify.annotations.NullMarked;
