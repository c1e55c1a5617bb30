package dev.discount.policy;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What guardrails and request left of a ladder in one decision. Immutable; holds its arrays without
 * copying them.
 *
 * @param closedBy the place of the guardrail that closed each level, or a mark of {@link
 *     DecisionTerms}
 * @param openings what would open each level that a guardrail closed, in the order of the levels
 * @param referencePriceMinor the price that a reduction is measured against, -1 if none is known
 * @param reservation the handle of what a guardrail reserved, 0 if none did
 * @param tags one bit for each kind of field that could have moved the level, by ordinal
 */
@SuppressWarnings("ArrayRecordComponent")
record Closings(
    byte[] closedBy, Opening[] openings, long referencePriceMinor, long reservation, int tags) {

  static final long NO_REFERENCE = -1;
  static final Opening[] NO_OPENINGS = {};

  /** Returns the number of levels. */
  int levels() {
    return closedBy.length;
  }

  /** Returns what would open a level, null if no guardrail closed it. */
  @Nullable Opening opening(int level) {
    Objects.checkIndex(level, closedBy.length);
    if (closedBy[level] < 0 || openings.length == 0) {
      return null;
    }
    int place = 0;
    for (int before = 0; before < level; before++) {
      place += closedBy[before] >= 0 ? 1 : 0;
    }
    return openings[place];
  }

  /** Returns whether openings, reference price, reservation and tags are equal. */
  boolean sameOpenings(Closings that) {
    return tags == that.tags
        && reservation == that.reservation
        && Arrays.equals(openings, that.openings)
        && referencePriceMinor == that.referencePriceMinor;
  }
}
