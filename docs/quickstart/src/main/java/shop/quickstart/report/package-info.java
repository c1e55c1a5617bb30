/** What a run found, as data, and its renderings: a table, a page and a JSON file. */
@NullMarked
package shop.quickstart.report;

import org.jspecify.annotations.NullMarked;
