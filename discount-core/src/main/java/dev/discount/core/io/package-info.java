/** The model file: checked, portable bytes that other safetensors readers can open. */
@NullMarked
package dev.discount.core.io;

import org.jspecify.annotations.NullMarked;
