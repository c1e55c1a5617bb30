/** The nouns of a discount decision: levels, ladders, offers, money, and the response model. */
@NullMarked
package dev.discount.core;

import org.jspecify.annotations.NullMarked;
