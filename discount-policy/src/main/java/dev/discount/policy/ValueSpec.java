package dev.discount.policy;

import java.util.List;

/**
 * What a decision says about how its levels were valued. Immutable.
 *
 * @param objective the valuation's code
 * @param unit the unit of a value
 * @param version the valuation's version
 * @param terms the names of the terms
 * @param stored whether a decision holds the terms; the expected profit follows from the rest
 */
record ValueSpec(
    String objective, String unit, String version, List<String> terms, boolean stored) {

  static final ValueSpec PROFIT = of(ProfitAlone.INSTANCE);

  static ValueSpec of(Valuation valuation) {
    return new ValueSpec(
        valuation.code(),
        valuation.unit(),
        valuation.version(),
        List.copyOf(valuation.terms()),
        !(valuation instanceof ProfitAlone));
  }

  /** Returns the number of terms that a decision holds. */
  int columns() {
    return stored ? terms.size() : 0;
  }
}
