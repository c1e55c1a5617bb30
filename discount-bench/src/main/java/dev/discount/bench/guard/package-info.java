/**
 * The guard of the hot path's speed: a few benchmarks, each beside what the machine did in the same
 * process and at the same time, against a record that is checked in.
 */
@NullMarked
package dev.discount.bench.guard;

import org.jspecify.annotations.NullMarked;
