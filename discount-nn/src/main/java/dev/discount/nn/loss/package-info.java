/** What a network is trained to make small, with derivatives. Internal to the module. */
@NullMarked
package dev.discount.nn.loss;

import org.jspecify.annotations.NullMarked;
