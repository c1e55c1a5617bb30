package dev.discount.policy;

/**
 * What guardrails and request left of a ladder in one decision. Immutable; holds its arrays without
 * copying them.
 *
 * @param closedBy the place of the guardrail that closed each level, or a mark of {@link
 *     DecisionTerms}
 * @param openings what would open each level that a guardrail closed, in the order of the levels
 * @param referencePriceMinor the price that a reduction is measured against, -1 if none is known
 * @param tags one bit for each kind of field that could have moved the level, by ordinal
 */
@SuppressWarnings("ArrayRecordComponent")
record Closings(byte[] closedBy, Opening[] openings, long referencePriceMinor, int tags) {

  static final long NO_REFERENCE = -1;
  static final Opening[] NO_OPENINGS = {};

  Closings withTags(int newTags) {
    return new Closings(closedBy, openings, referencePriceMinor, newTags);
  }
}
