/** A small host application: from a purchase log to discount decisions, and a report of the run. */
@NullMarked
package shop.quickstart;

import org.jspecify.annotations.NullMarked;
