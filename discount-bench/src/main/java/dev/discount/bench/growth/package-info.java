/** How cost grows: time and memory against one quantity at a time, and the law they follow. */
@NullMarked
package dev.discount.bench.growth;

import org.jspecify.annotations.NullMarked;
