/** How fast, against whom, against which limit: the scoreboard, its guard and the JMH classes. */
@NullMarked
package dev.discount.bench;

import org.jspecify.annotations.NullMarked;
