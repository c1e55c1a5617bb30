/** A host that uses the library from its jars alone. */
@NullMarked
package shop.consumer;

import org.jspecify.annotations.NullMarked;
